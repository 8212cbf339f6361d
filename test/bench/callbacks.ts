/**
 * How long the thread of the screen is busy without a pause, while everything is loaded and over polls that change the
 * numbers of all rows, the cursor moving all the time.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Demo } from '../../source/demo/options.ts';
import { makePages } from './support/pages.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking, isByCpu } from './support/screen.ts';
import { Session, whytop } from './support/session.ts';
import { quantile } from './support/statistics.ts';
import { type Line, table } from './support/table.ts';

const { values } = parseArgs({ options: { runs: { type: 'string' } }, strict: false });
/**
 * A percentile of so few things that take long is a matter of luck: with `--runs 5`, those of as many starts are put together.
 * One is what there is time for among all programs.
 */
const starts = Number(values.runs ?? 1);
/** In each. */
const polls = 2;
/** As often as a metrics-server has new samples, ms. */
const interval = 15_000;
/** As many as come while it is measured, and some for what is done before and between: on a real cluster other machines make them. */
const samplesAhead = starts * (polls + 1) + 2;
const betweenKeys = 300;
const cursorKeys = ['j', 'j', 'j', '\x1b[6~', 'k'];

/** One thing that the main thread did: see `support/callbacks-probe.mjs`. ms. */
interface Busy {
	kind: 'callback' | 'turn';
	began: number;
	took: number;
	/** How much of that no core was free: its other threads, the server and the measuring terminal want one too. Unknown of a turn. */
	waited: number;
}

function readBusy(file: string): Busy[] {
	const bytes = readFileSync(file);
	const numbers = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
	const busy: Busy[] = [];
	for (let index = 0; index < numbers.length; index += 4) {
		const [kind, began = 0, took = 0, waited = 0] = numbers.subarray(index, index + 4);
		busy.push({ kind: kind === 0 ? 'callback' : 'turn', began, took, waited });
	}
	return busy;
}

/** Of one start of the program, ms since 1970. */
interface Moments {
	started: number;
	/** The first whole frame stood. */
	whole: number;
	/** All pods were there. */
	loaded: number;
	/** The last key was typed. */
	ended: number;
}

/** And all that its thread did. */
interface Run extends Moments {
	busy: readonly Busy[];
}

const percentile = (values: readonly number[]): number =>
	quantile(
		values.toSorted((a, b) => a - b),
		0.999,
	);

/**
 * What the table says of something that was done many times.
 * @param each how long it took, ms, by start
 */
function told(what: string, plural: string, each: readonly number[][], budget: string): Line[] {
	return [
		{ what, unit: 'ms', values: each.flat() },
		{ what: `p99.9 of ${plural}`, unit: 'ms', values: [percentile(each.flat())], budget },
		...(budget === '' || starts === 1
			? []
			: [{ what: `p99.9 of ${plural}, by start`, unit: 'ms', values: each.map(percentile) }]),
	];
}

/** What the table says of all that the thread did in between. */
function lines(during: string, runs: readonly Run[], from: keyof Moments, to: keyof Moments, budget = ''): Line[] {
	const of = (kind: Busy['kind'], time: (busy: Busy) => number): number[][] =>
		runs.map((run) =>
			run.busy.filter((busy) => busy.kind === kind && busy.began >= run[from] && busy.began < run[to]).map(time),
		);
	const took = (busy: Busy): number => busy.took;
	return [
		...told('a callback', 'the callbacks', of('callback', took), budget),
		...told(
			'a callback without waiting for a core',
			'the callbacks without waiting for a core',
			of('callback', (busy) => busy.took - busy.waited),
			budget,
		),
		...told('a turn', 'the turns', of('turn', took), ''),
	].map((line) => ({ ...line, what: `${during}: ${line.what}` }));
}

/** What took longest after the first frame, to be looked for in a profile. */
function tellWorst({ busy, started, whole }: Run): void {
	const worst = busy.filter(({ began }) => began >= whole).toSorted((a, b) => b.took - a.took);
	for (const { began, kind, took, waited } of worst.slice(0, 24)) {
		process.stderr.write(
			`${kind} ${took.toFixed(2)} ms, of which it waited ${waited.toFixed(2)}, at ${((began - started) / 1000).toFixed(3)} s\n`,
		);
	}
}

async function once(kubeconfig: string): Promise<Run> {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-bench-'));
	const probe = join(folder, 'busy');
	const program = [
		'/usr/bin/env',
		`WHYTOP_PROBE=${probe}`,
		process.execPath,
		'--import',
		fileURLToPath(new URL('support/callbacks-probe.mjs', import.meta.url)),
		whytop,
	];
	const started = performance.timeOrigin + performance.now();
	const session = new Session(['--kubeconfig', kubeconfig], { program });
	try {
		const since = (at: number) => performance.timeOrigin + session.started + at;
		const whole = since(await session.when((text) => text.includes('q quit'), 'the first frame'));
		await session.when(hasRanking, 'the ranking');
		const loaded = since(await session.when(hasAllPods, 'all pods'));
		await session.press('2');
		await session.when(isByCpu, 'the order by CPU');
		const until = performance.now() + polls * interval + 2000;
		for (let index = 0; performance.now() < until; index++) {
			session.type(cursorKeys[index % cursorKeys.length] ?? 'j');
			await sleep(betweenKeys);
		}
		const ended = performance.timeOrigin + performance.now();
		session.type('q');
		while (session.exitCode === undefined) {
			await sleep(20);
		}
		const run = { busy: readBusy(probe), started, whole, loaded, ended };
		if (process.env['WHYTOP_BENCH_WORST'] !== undefined) {
			tellWorst(run);
		}
		return run;
	} finally {
		await session.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	await makePages(kubeconfig);
	const runs: Run[] = [];
	for (let index = 0; index < starts; index++) {
		runs.push(await once(kubeconfig));
	}
	return table(`What the thread of the screen does without a pause, ${pods} pods, 200×60`, [
		...lines('start, to the first whole frame', runs, 'started', 'whole'),
		...lines('loading', runs, 'whole', 'loaded'),
		...lines(`loading, ${polls} polls and keys`, runs, 'whole', 'ended', '≤ 8'),
	]);
}

export const callbacks: Program = { cluster: { samplesAhead }, measure };
await runAlone(import.meta.url, callbacks);
