/** whytop and those who do the same in a terminal: how each is started, and what its screen says. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whytop } from './session.ts';

export interface TerminalProgram {
	name: string;
	/** The command that starts it; its first word is looked for on PATH. */
	command(kubeconfig: string): readonly string[];
	/** How to get it. */
	source: string;
	hasPodRows(text: string): boolean;
	/** Its title counts so many pods. */
	counts(text: string, pods: number): boolean;
	/** Keys that lead to the list of pods. */
	toPods: readonly string[];
	/** Keys that lead to an order by CPU; measured is the last. */
	sortByCpu: readonly string[];
	/** Above so many pods it is not measured unless that size is asked for. */
	most: number;
}

const hasReadyColumn = (text: string): boolean => /\S+-\S+ .*\d+\/\d+ +[A-Z]\w+/.test(text);
const shiftRight = '\x1b[1;2C';

export const programs: readonly TerminalProgram[] = [
	{
		name: 'whytop',
		command: (kubeconfig) => [process.execPath, whytop, '--kubeconfig', kubeconfig, '-A'],
		source: '',
		hasPodRows: (text) => /│[▸ ].{2}\S+ +\S+-\S+ /.test(text),
		counts: (text, pods) => new RegExp(`2 PODS ${pods}(?!.*loading)`, 'i').test(text.split('\n')[3] ?? ''),
		toPods: ['2'],
		sortByCpu: ['N', 'C'],
		most: Number.POSITIVE_INFINITY,
	},
	{
		name: 'sofka',
		command: (kubeconfig) => ['sofka', '--kubeconfig', kubeconfig, '-A', '--readonly', 'pods'],
		source: 'cargo install sofka',
		hasPodRows: hasReadyColumn,
		counts: (text, pods) => text.includes(`pods [${pods}]`),
		toPods: [],
		sortByCpu: ['S', 'cpu', '\r'],
		most: Number.POSITIVE_INFINITY,
	},
	{
		name: 'k9s',
		command: (kubeconfig) => ['k9s', '--kubeconfig', kubeconfig, '-A', '--readonly', '-c', 'pods'],
		source: 'go install github.com/derailed/k9s@latest',
		hasPodRows: hasReadyColumn,
		counts: (text, pods) => text.includes(`pods(all)[${pods.toLocaleString('en')}]`),
		toPods: [],
		sortByCpu: [...Array.from({ length: 6 }, () => shiftRight), 'O'],
		most: 50_000,
	},
];

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
