/** A program in a real terminal: a pseudo terminal of this machine, drawn by an emulator. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IPty, spawn } from '@lydell/node-pty';
import { build, type Plugin } from 'esbuild';
import { Emulator } from '../ui/emulator.ts';

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export interface Program {
	/** The bundle to run with Node. */
	path: string;
	folder: string;
	remove(): void;
}

/** As in `build.ts`: Ink imports React's developer tools behind a condition; they are not installed. */
const withoutDeveloperTools: Plugin = {
	name: 'without-developer-tools',
	setup(bundler) {
		bundler.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({ path, namespace: 'empty' }));
		bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {};' }));
	},
};

/** Bundles the screen's test program into a folder of its own. */
export async function bundleProgram(): Promise<Program> {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-terminal-'));
	const path = join(folder, 'program.mjs');
	await build({
		entryPoints: [new URL('program/main.ts', import.meta.url).pathname],
		outfile: path,
		bundle: true,
		platform: 'node',
		format: 'esm',
		jsx: 'automatic',
		define: { 'process.env.NODE_ENV': '"production"' },
		plugins: [withoutDeveloperTools],
		banner: { js: 'import{createRequire as r}from"node:module";const require=r(import.meta.url);' },
		logLevel: 'error',
	});
	return { path, folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export class Terminal {
	readonly screen: Emulator;
	/** All that was written, for what an emulator does not keep. */
	bytes = '';
	exitCode: number | undefined;
	readonly #pty: IPty;
	#taken: Promise<void> = Promise.resolve();

	constructor(file: string, words: string[], folder: string, columns = 80, rows = 24) {
		this.screen = new Emulator(columns, rows);
		const environment: Record<string, string | undefined> = {
			...process.env,
			TERM: 'xterm-256color',
			LANG: 'C.UTF-8',
			PS1: 'prompt> ',
			TMPDIR: folder,
		};
		// With CI set, even to nothing, Ink would not draw.
		for (const name of [
			'CI',
			'CONTINUOUS_INTEGRATION',
			'NO_COLOR',
			'FORCE_COLOR',
			'NODE_OPTIONS',
			'INK_SCREEN_READER',
		]) {
			delete environment[name];
		}
		this.#pty = spawn(file, words, { cols: columns, rows, env: environment as Record<string, string>, cwd: folder });
		this.#pty.onData((data) => {
			this.bytes += data;
			this.#taken = this.screen.write(data);
		});
		this.#pty.onExit(({ exitCode, signal }) => {
			this.exitCode = signal ? 128 + signal : exitCode;
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	type(keys: string): void {
		this.#pty.write(keys);
	}

	resize(columns: number, rows: number): void {
		this.screen.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	/** The terminal stops reading, and goes on. */
	pause(): void {
		this.#pty.pause();
	}

	resume(): void {
		this.#pty.resume();
	}

	async until(condition: () => boolean, what: string): Promise<void> {
		const deadline = Date.now() + 60_000;
		while (!condition()) {
			if (Date.now() > deadline) {
				throw new Error(`waited in vain for ${what}; the screen shows:\n${this.screen.text()}`);
			}
			await sleep(10);
			await this.#taken;
		}
	}

	/** Waits until the screen shows the text. */
	async shows(text: RegExp): Promise<void> {
		await this.until(() => text.test(this.screen.text()), String(text));
	}

	kill(): void {
		if (this.exitCode === undefined) {
			this.#pty.kill('SIGKILL');
		}
		this.screen.dispose();
	}
}
