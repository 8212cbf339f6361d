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

/** kubectl gets all pods in pages of 500, five a second at most: above this many pods once, and never above `slowly`. */
const quickly = 10_000;
const slowly = 50_000;

/** Before each start, ms. */
const pause = 1000;

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

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const found = new Found();
	// The first run of each client makes the server's pages; it does not count.
	for (let index = -1; index < runs; index++) {
		// The server clears away what the client before it has left.
		await sleep(pause);
		const said = await once(kubeconfig);
		const version = await kubectl('version', '--client');
		const top = await kubectl('--kubeconfig', kubeconfig, 'top', 'pod', '-A');
		if (index >= 0) {
			for (const [what, value] of said) {
				found.add(what, value);
			}
			found.add('kubectl version --client', version);
			found.add('kubectl top pod -A', top);
		}
		if ((index === -1 && pods <= slowly) || (index < 2 && pods <= quickly)) {
			const get = await kubectl('--kubeconfig', kubeconfig, 'get', 'pods', '-A');
			if (index >= 0 || pods > quickly) {
				found.add('kubectl get pods -A', get);
			}
		}
	}
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
		line('whole ranking by CPU', 'ms', '≤ 0.5 × kubectl top', 'kubectl top pod -A'),
		line('all rows', 'ms', '150,000: ≤ 4000, JSON only ≤ 9000', 'kubectl get pods -A'),
		line('CPU until all rows', 's', '50,000: ≤ 1.9; 150,000: ≤ 5'),
		line('memory at rest', 'MiB', '150,000: ≤ 300'),
		line('memory at most', 'MiB'),
		line('bytes to the terminal', 'KiB'),
		line('kubectl version --client', 'ms'),
		line('kubectl top pod -A', 'ms'),
		line('kubectl get pods -A', 'ms'),
	]);
}

export const start: Program = { cluster: { freezeClock: true }, measure };
await runAlone(import.meta.url, start);
