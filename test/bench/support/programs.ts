/** whytop and those who do the same in a terminal: how each is started, what its screen says and which keys it has. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whytop } from './session.ts';

export interface TerminalProgram {
	name: string;
	/** The command that starts it; its first word is looked for on PATH. */
	command(kubeconfig: string): readonly string[];
	/** How to get it. */
	source: string;
	/** A row of a pod: its namespace and its name. */
	row: RegExp;
	/** Its title counts so many pods. */
	counts(text: string, pods: number): boolean;
	/** Keys that lead to the list of pods. */
	toPods: readonly string[];
	/** The key that leads to the first row. */
	toTop: string;
	/** Keys that lead to an order by name, and by CPU; measured is the last. */
	byName: readonly string[];
	byCpu: readonly string[];
	/** Sorted by CPU, the highest first; and the key that turns the order round. */
	isHighestFirst(text: string): boolean;
	turn: string;
	/** So long after a key other rows can still come, ms. */
	patience: number;
	/** Above so many pods it is not measured unless that size is asked for. */
	most: number;
	/** Above so many pods one start is enough. */
	quickUpTo: number;
}

export const programs: readonly TerminalProgram[] = [
	{
		name: 'whytop',
		command: (kubeconfig) => [process.execPath, whytop, '--kubeconfig', kubeconfig, '-A'],
		source: '',
		row: /│[▸ ].{2}(\S+ +\S+-\S+) /,
		counts: (text, pods) => new RegExp(`2 PODS ${pods}(?!.*loading)`, 'i').test(text.split('\n')[3] ?? ''),
		toPods: ['2'],
		toTop: 'g',
		byName: ['N'],
		byCpu: ['C'],
		isHighestFirst: (text) => /2 PODS .*CPU▼/i.test(text),
		turn: 'C',
		patience: 700,
		most: Number.POSITIVE_INFINITY,
		quickUpTo: Number.POSITIVE_INFINITY,
	},
	{
		name: 'sofka',
		command: (kubeconfig) => ['sofka', '--kubeconfig', kubeconfig, '-A', '--readonly', 'pods'],
		source: 'cargo install sofka',
		row: /^│[▌ ] (\S+ +\S+) .*\d+\/\d+ +[A-Z]\w+/,
		counts: (text, pods) => text.includes(`pods [${pods}]`),
		toPods: [],
		toTop: 'g',
		byName: ['S', 'name', '\r'],
		byCpu: ['S', 'cpu', '\r'],
		isHighestFirst: (text) => text.includes('CPU ↓'),
		turn: 'I',
		patience: 1000,
		most: Number.POSITIVE_INFINITY,
		quickUpTo: 50_000,
	},
	{
		name: 'k9s',
		command: (kubeconfig) => ['k9s', '--kubeconfig', kubeconfig, '-A', '--readonly', '-c', 'pods'],
		source: 'go install github.com/derailed/k9s@v0.50.16',
		row: /^│ (\S+ +\S+) .*\d+\/\d+ +[A-Z]\w+/,
		counts: (text, pods) => text.includes(`pods(all)[${pods.toLocaleString('en')}]`),
		toPods: [],
		toTop: 'g',
		byName: ['N'],
		byCpu: ['C'],
		isHighestFirst: (text) => text.includes('CPU↓'),
		turn: 'C',
		// It looks at what was typed every two seconds.
		patience: 3000,
		most: 50_000,
		quickUpTo: 10_000,
	},
];

/** The pods on the screen, a line each. */
export function rowsOf(program: TerminalProgram, text: string): string {
	return text
		.split('\n')
		.flatMap((line) => program.row.exec(line)?.[1] ?? [])
		.join('\n');
}

/** Folders for their settings and logs, and no look for a newer version: nothing but the cluster is asked. */
export function settings(folder: string): Record<string, string> {
	mkdirSync(join(folder, 'k9s'), { recursive: true });
	writeFileSync(join(folder, 'k9s', 'config.yaml'), 'k9s:\n  skipLatestRevCheck: true\n');
	mkdirSync(join(folder, 'sofka'), { recursive: true });
	writeFileSync(join(folder, 'sofka', 'config.toml'), 'update_check = false\n');
	const kinds = ['CONFIG', 'STATE', 'DATA', 'CACHE'];
	return {
		K9S_CONFIG_DIR: join(folder, 'k9s'),
		...Object.fromEntries(kinds.map((kind) => [`XDG_${kind}_HOME`, folder])),
	};
}
