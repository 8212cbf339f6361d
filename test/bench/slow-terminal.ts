/**
 * A terminal that reads 20 KB a second while all rows change: does the program stay alive, is the newest state shown, and
 * do keys still lead out? Every second new samples come, and pages are turned meanwhile.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Demo } from '../../source/demo/options.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods } from './support/screen.ts';
import { Session, whytop } from './support/session.ts';
import { table } from './support/table.ts';

const bytesASecond = 20_000;
/** The line carries something so often, ms. */
const slice = 50;
const pages = 12;

/**
 * Lets the terminal read as much as the line carries, until it is over. While the program is leaving it pauses for a
 * moment only: a fifth of a second after the end, node-pty throws away what nobody has read.
 */
async function readSlowly(session: Session, stage: () => 'reading' | 'leaving' | 'over'): Promise<void> {
	while (stage() !== 'over') {
		const before = session.bytes;
		session.resume();
		await sleep(2);
		session.pause();
		const until = performance.now() + ((session.bytes - before) / bytesASecond) * 1000;
		do {
			await sleep(slice);
		} while (performance.now() < until && stage() === 'reading');
	}
	session.resume();
}

/** The title says which rows are shown: `1–41 of 10003`. */
const isFirstPage = (session: Session): boolean => /2 PODS .*? 1–\d+ of \d+/.test(session.screen.text());

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-bench-'));
	const probe = join(folder, 'gap');
	const program = [
		'/usr/bin/env',
		`WHYTOP_PROBE=${probe}`,
		'WHYTOP_PROBE_FROM=3000',
		process.execPath,
		'--import',
		fileURLToPath(new URL('support/probe.mjs', import.meta.url)),
		whytop,
	];
	const session = new Session(['--kubeconfig', kubeconfig, '--refresh', '1s'], { program });
	try {
		await session.when(hasAllPods, 'all pods');
		await session.press('2');
		await session.rest(300, 3000);
		let stage: 'reading' | 'leaving' | 'over' = 'reading';
		const started = { at: performance.now(), bytes: session.bytes };
		const reading = readSlowly(session, () => stage);
		const answers: number[] = [];
		for (let index = 0; index < pages; index++) {
			answers.push((await session.press('\x1b[6~', 10_000)).first);
			await sleep(500);
		}
		const rate = (session.bytes - started.bytes) / ((performance.now() - started.at) / 1000);
		const back = performance.now();
		session.type('g');
		while (!isFirstPage(session) && performance.now() - back < 10_000) {
			await sleep(20);
		}
		const newest = performance.now() - back;
		stage = 'leaving';
		const quit = performance.now();
		session.type('q');
		while (session.exitCode === undefined && performance.now() - quit < 10_000) {
			await sleep(20);
		}
		const ended = performance.now() - quit;
		stage = 'over';
		await reading;
		await session.rest(200, 2000);
		return table(
			`A terminal that reads ${bytesASecond / 1000} KB a second, ${pods} pods, all rows change every second`,
			[
				{
					what: 'longest gap of the event loop',
					unit: 'ms',
					values: [Number(readFileSync(probe, 'utf8'))],
					budget: '≤ 100',
				},
				{ what: 'read by the terminal', unit: 'bytes/s', values: [rate] },
				{ what: 'page down to its first byte', unit: 'ms', values: answers },
				{ what: 'g to the first page on screen', unit: 'ms', values: [newest] },
				{ what: 'q to the end of the program', unit: 'ms', values: [ended] },
				{
					what: 'the terminal is given back',
					unit: '1 = yes',
					values: [Number(!session.screen.isAlternate)],
					budget: '1',
				},
				{ what: 'exit code', unit: '', values: [session.exitCode ?? Number.NaN], budget: '0' },
			],
		);
	} finally {
		await session.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

export const slowTerminal: Program = { cluster: { clockSpeed: 15 }, measure };
await runAlone(import.meta.url, slowTerminal);
