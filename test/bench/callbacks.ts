/**
 * How long the thread of the screen is busy without a pause, while everything is loaded and over polls that change the
 * numbers of all rows, the cursor moving all the time.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Demo } from '../../source/demo/options.ts';
import { makePages } from './support/pages.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking, isByCpu } from './support/screen.ts';
import { Session, whytop } from './support/session.ts';
import { quantile } from './support/statistics.ts';
import { type Line, table } from './support/table.ts';

const polls = 3;
/** As often as a metrics-server has new samples, ms. */
const interval = 15_000;
/** As many as come while it is measured, and some for what is done before: on a real cluster other machines make them. */
const samplesAhead = polls + 2;
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

/** What the table says of something that was done many times, ms. */
function told(what: string, plural: string, values: readonly number[], budget: string): Line[] {
	const sorted = values.toSorted((a, b) => a - b);
	return [
		{ what, unit: 'ms', values },
		{ what: `p99.9 of ${plural}`, unit: 'ms', values: [quantile(sorted, 0.999)], budget },
	];
}

/** What the table says of all that the thread did in between, both in ms since 1970. */
function lines(during: string, busy: readonly Busy[], from: number, to: number, budget = ''): Line[] {
	const those = busy.filter(({ began }) => began >= from && began < to);
	const callbacks = those.filter(({ kind }) => kind === 'callback');
	const turns = those.filter(({ kind }) => kind === 'turn');
	return [
		...told(
			'a callback',
			'the callbacks',
			callbacks.map(({ took }) => took),
			budget,
		),
		...told(
			'a callback without waiting for a core',
			'the callbacks without waiting for a core',
			callbacks.map(({ took, waited }) => took - waited),
			budget,
		),
		...told(
			'a turn',
			'the turns',
			turns.map(({ took }) => took),
			'',
		),
	].map((line) => ({ ...line, what: `${during}: ${line.what}` }));
}

/** What took longest after the first frame, to be looked for in a profile. */
function tellWorst(busy: readonly Busy[], started: number, from: number): void {
	const worst = busy.filter(({ began }) => began >= from).toSorted((a, b) => b.took - a.took);
	for (const { began, kind, took, waited } of worst.slice(0, 24)) {
		process.stderr.write(
			`${kind} ${took.toFixed(2)} ms, of which it waited ${waited.toFixed(2)}, at ${((began - started) / 1000).toFixed(3)} s\n`,
		);
	}
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
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
	await makePages(kubeconfig);
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
		const busy = readBusy(probe);
		if (process.env['WHYTOP_BENCH_WORST'] !== undefined) {
			tellWorst(busy, started, whole);
		}
		return table(`What the thread of the screen does without a pause, ${pods} pods, 200×60`, [
			...lines('start, to the first whole frame', busy, started, whole),
			...lines('loading', busy, whole, loaded),
			...lines(`loading, ${polls} polls and keys`, busy, whole, ended, '≤ 8'),
		]);
	} finally {
		await session.close();
		rmSync(folder, { recursive: true, force: true });
	}
}

export const callbacks: Program = { cluster: { samplesAhead }, measure };
await runAlone(import.meta.url, callbacks);
