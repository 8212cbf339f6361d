import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { bundleProgram, type Program, Terminal } from './pty.ts';

const firstRow = /▸.*web-/;

/** Bytes written, or calls that wrote or tried to, since a process began. */
function countOf(pid: number, counter: 'wchar' | 'syscw'): number {
	return Number(new RegExp(`${counter}: (\\d+)`).exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1]);
}

/** Presses keys that change the screen until the program can write no more of it. */
async function fillsUp(terminal: Terminal, pid: number): Promise<void> {
	const start = countOf(pid, 'wchar');
	let last = start;
	for (let same = 0, key = 0; same < 10 || last === start; key++) {
		terminal.type(key % 2 === 0 ? 'G' : 'g');
		await new Promise((resolve) => setTimeout(resolve, 50));
		const now = countOf(pid, 'wchar');
		same = now === last ? same + 1 : 0;
		last = now;
	}
}

describe('the screen in a real terminal', { timeout: 300_000 }, () => {
	let program: Program;
	const open: Terminal[] = [];

	before(async () => {
		program = await bundleProgram();
	});

	after(() => {
		for (const terminal of open) {
			terminal.kill();
		}
		program.remove();
	});

	/** The program under a shell without job control that tells how it left the terminal. */
	async function start(...words: string[]): Promise<Terminal> {
		const script =
			'node=$1; program=$2; shift 2; echo "pid is $$"; "$node" "$program" "$@"; echo "code $?"; stty -a; sleep 30';
		const terminal = new Terminal('sh', ['-c', script, 'sh', process.execPath, program.path, ...words], program.folder);
		open.push(terminal);
		await terminal.shows(firstRow);
		return terminal;
	}

	/** Process id of the program: the only child of its shell. */
	function childOf(terminal: Terminal): number {
		return Number(readFileSync(`/proc/${terminal.pid}/task/${terminal.pid}/children`, 'utf8').trim());
	}

	async function isWhole(terminal: Terminal, code: number): Promise<void> {
		await terminal.shows(new RegExp(`code ${code}\\b[\\s\\S]*echoke`));
		const { screen } = terminal;
		assert.equal(screen.isAlternate, false);
		assert.equal(screen.isCursorHidden, false);
		assert.equal(screen.terminal.modes.bracketedPasteMode, false);
		assert.equal(screen.terminal.modes.mouseTrackingMode, 'none');
		assert.equal(screen.terminal.modes.wraparoundMode, true);
		const settings = screen.text();
		for (const setting of ['icanon', 'echo', 'isig', 'icrnl', 'opost']) {
			assert.match(settings, new RegExp(`(?<![-\\w])${setting}\\b`), settings);
		}
		// What stood there before the program still does.
		assert.match(settings, /pid is \d+/);
	}

	test('starts, takes keys, and is right after each of four sizes', async () => {
		const terminal = await start();
		assert.equal(terminal.screen.isAlternate, true);
		terminal.type('jjj');
		await terminal.shows(/▸.*web-0003/);
		for (const [columns, rows] of [
			[200, 60],
			[120, 40],
			[40, 10],
			[80, 24],
		] as const) {
			terminal.resize(columns, rows);
			terminal.type('j');
			terminal.type('k');
			await terminal.until(() => {
				const lines = terminal.screen.lines();
				const hasCursor = lines.some((line) => /▸.*web-0003/.test(line));
				return hasCursor && /enter open/.test(lines[rows - 2] ?? '') && lines[rows - 1] === '';
			}, `${columns}×${rows}`);
		}
		terminal.type('q');
		await isWhole(terminal, 0);
	});

	for (const [signal, code] of [
		['SIGTERM', 143],
		['SIGHUP', 129],
		['SIGINT', 130],
	] as const) {
		test(`${signal} ends it with ${code} and a whole terminal`, async () => {
			const terminal = await start();
			terminal.type('/we');
			await terminal.shows(/\/we/);
			process.kill(childOf(terminal), signal);
			await isWhole(terminal, code);
		});
	}

	test('an exception in a pane ends it with 70, a whole terminal, and one message', async () => {
		const terminal = await start();
		terminal.type(':boom');
		await isWhole(terminal, 70);
		assert.match(terminal.screen.text(), /whytop has a fault and had to stop: a pane is broken/);
		assert.doesNotMatch(terminal.bytes, /\n\s+at /);
		const report = readdirSync(program.folder).find((name) => name.startsWith('whytop-crash-')) ?? '';
		assert.match(readFileSync(join(program.folder, report), 'utf8'), /a pane is broken\n\s+at /);
	});

	test('an unhandled rejection ends it likewise', async () => {
		const terminal = await start('--reject');
		await isWhole(terminal, 70);
		assert.match(terminal.screen.text(), /nobody caught this/);
	});

	test('ctrl-z and SIGTSTP give the terminal to the shell, fg brings the screen back, kill ends it while stopped', async () => {
		const terminal = new Terminal('bash', ['--norc', '--noprofile', '-i'], program.folder);
		open.push(terminal);
		await terminal.shows(/prompt>/);
		terminal.type(`${process.execPath} ${program.path}\r`);
		await terminal.shows(firstRow);
		terminal.type('jj');
		await terminal.shows(/▸.*web-0002/);
		const pid = childOf(terminal);
		const stops = [() => terminal.type('\x1a'), () => process.kill(pid, 'SIGTSTP'), () => terminal.type('\x1a')];
		for (const [round, stop] of stops.entries()) {
			stop();
			await terminal.until(
				() => !terminal.screen.isAlternate && /Stopped/.test(terminal.screen.text()),
				`the shell after stop ${round}`,
			);
			assert.equal(terminal.screen.isCursorHidden, false);
			terminal.type(`echo shell ${round}\r`);
			await terminal.shows(new RegExp(`^shell ${round}$`, 'm'));
			terminal.type('fg\r');
			await terminal.until(
				() =>
					terminal.screen.isAlternate && terminal.screen.isCursorHidden && /▸.*web-0002/.test(terminal.screen.text()),
				`the screen after stop ${round}`,
			);
		}
		terminal.type('j');
		await terminal.shows(/▸.*web-0003/);
		terminal.type('\x1a');
		await terminal.until(() => !terminal.screen.isAlternate, 'the shell');
		terminal.type('kill %1\r');
		await terminal.until(() => !existsSync(`/proc/${pid}`), 'the end of the stopped program');
		terminal.type('exit\r');
		await terminal.until(() => terminal.exitCode !== undefined, 'the end of the shell');
	});

	test('a terminal that has stopped reading does not keep it from ending', async () => {
		const terminal = await start();
		terminal.resize(200, 60);
		await terminal.until(() => /enter open/.test(terminal.screen.lines()[58] ?? ''), 'the larger screen');
		const pid = childOf(terminal);
		terminal.pause();
		await fillsUp(terminal, pid);
		const before = countOf(pid, 'syscw');
		process.kill(pid, 'SIGTERM');
		// It tries to give the terminal back, again and again.
		await terminal.until(() => countOf(pid, 'syscw') > before + 5, 'its attempts to write');
		terminal.resume();
		await terminal.until(() => !existsSync(`/proc/${pid}`), 'the end of the program');
		await isWhole(terminal, 143);
		// What was half sent is cancelled before the terminal is given back past what was queued.
		assert.match(terminal.bytes, /\x18\x1b\[\?2026l/);
	});
});
