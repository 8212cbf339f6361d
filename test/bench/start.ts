/** From the start to all pods: first byte, first frame, first rows, the ranking, all rows, and what it took. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Demo } from '../../source/demo/options.ts';
import { faults, runs } from './support/arguments.ts';
import { memory } from './support/process.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasNumbers, hasPodRows, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { median } from './support/statistics.ts';
import { type Line, table } from './support/table.ts';

const run = promisify(execFile);

/** kubectl gets all pods in pages of 500, five a second at most: that takes 23 s at 50,000 pods. */
const quickly = 10_000;

/** So often kubectl ranks all pods, which is slow at a large size and hardly differs. */
const rankings = 3;

/** Before each start, ms: the server clears away what the client before it has left. */
const pause = 500;

class Found {
	readonly #values = new Map<string, number[]>();

	add(what: string, value: number): void {
		this.#values.set(what, [...this.of(what), value]);
	}

	of(what: string): readonly number[] {
		return this.#values.get(what) ?? [];
	}
}

async function kubectl(...words: string[]): Promise<number> {
	const started = performance.now();
	await run('kubectl', words, { maxBuffer: 2 ** 30 }).catch(() => {});
	return performance.now() - started;
}

/** @returns what was found, in ms unless the name says something else */
async function once(kubeconfig: string): Promise<[what: string, value: number][]> {
	const session = new Session(['--kubeconfig', kubeconfig]);
	try {
		const times = await Promise.all([
			session.when((text) => /q quit/.test(text), 'a frame'),
			session.when(hasPodRows, 'pod rows'),
			session.when(hasNumbers, 'numbers'),
			session.when(hasRanking, 'the ranking'),
			session.when(hasAllPods, 'all rows'),
		]);
		const names = ['first whole frame', 'first pod rows', 'first numbers', 'whole ranking by CPU', 'all rows'];
		const cpu = session.cpu();
		await session.rest(1000);
		return [
			['first byte', session.firstByte],
			...names.map((name, index): [string, number] => [name, times[index] ?? Number.NaN]),
			['CPU until all rows', cpu],
			['memory at rest', memory(session.pid).now],
			['memory at most', memory(session.pid).peak],
			['bytes to the terminal', session.bytes / 1024],
		];
	} finally {
		await session.close();
	}
}

/** kubectl's times beside ours: its start each time, its lists as often as they are worth it. */
async function beside(kubeconfig: string, pods: number, index: number): Promise<[what: string, value: number][]> {
	const times: [string, number][] = [['kubectl version --client', await kubectl('version', '--client')]];
	if (index < rankings) {
		times.push(['kubectl top pod -A', await kubectl('--kubeconfig', kubeconfig, 'top', 'pod', '-A')]);
	}
	if (index < 2 && pods <= quickly) {
		times.push(['kubectl get pods -A', await kubectl('--kubeconfig', kubeconfig, 'get', 'pods', '-A')]);
	}
	return times;
}

async function repeat(times: number, one: (index: number) => Promise<readonly [string, number][]>): Promise<Found> {
	const found = new Found();
	// The first run of each client makes the server's pages; it does not count.
	for (let index = -1; index < times; index++) {
		await sleep(pause);
		for (const [what, value] of await one(index)) {
			if (index >= 0) {
				found.add(what, value);
			}
		}
	}
	return found;
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const found = await repeat(runs, async (index) => [
		...(await once(kubeconfig)),
		...(await beside(kubeconfig, pods, index)),
	]);
	const line = (what: string, unit: string, budget = '', baseline = ''): Line => ({
		what,
		unit,
		budget,
		values: found.of(what),
		...(baseline === '' ? {} : { baseline: { name: baseline, median: median(found.of(baseline)) } }),
	});
	return table(`Start, ${pods} pods${faults.length > 0 ? `, ${faults.join(', ')}` : ''}`, [
		line('first byte', 'ms', '≤ 1 × kubectl version', 'kubectl version --client'),
		line('first whole frame', 'ms', '≤ 4 × kubectl version', 'kubectl version --client'),
		line('first pod rows', 'ms', '≤ 250'),
		line('first numbers', 'ms', '≤ 400 after the connection stands', 'kubectl top pod -A'),
		line('whole ranking by CPU', 'ms', '≤ 800; 150,000: ≤ 0.5 × kubectl top', 'kubectl top pod -A'),
		line('all rows', 'ms', '≤ 4000', 'kubectl get pods -A'),
		line('CPU until all rows', 's', '50,000: ≤ 1.9; 150,000: ≤ 5'),
		line('memory at rest', 'MiB', '≤ 286'),
		line('memory at most', 'MiB'),
		line('bytes to the terminal', 'KiB'),
		line('kubectl version --client', 'ms'),
		line('kubectl top pod -A', 'ms'),
		line('kubectl get pods -A', 'ms'),
	]);
}

/** So often on a server that knows no protobuf: it takes three times as long. */
const runsInJson = 2;

async function measureJson({ kubeconfig }: Demo, pods: number): Promise<string> {
	const found = await repeat(runsInJson, () => once(kubeconfig));
	const line = (what: string, unit: string, budget = ''): Line => ({ what, unit, budget, values: found.of(what) });
	return table(`Start, ${pods} pods, on a server that answers JSON only`, [
		line('first pod rows', 'ms', '≤ 250'),
		line('first numbers', 'ms', '≤ 400 after the connection stands'),
		line('whole ranking by CPU', 'ms'),
		line('all rows', 'ms', '≤ 9000'),
		line('CPU until all rows', 's'),
		line('memory at rest', 'MiB', '≤ 286'),
		line('memory at most', 'MiB'),
	]);
}

export const start: Program = { cluster: { freezeClock: true }, measure };
export const startInJson: Program = { cluster: { freezeClock: true, faults: ['json-only'] }, measure: measureJson };
await runAlone(import.meta.url, faults.includes('json-only') ? startInJson : start);
