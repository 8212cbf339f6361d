/** From the start to all pods: first byte, first frame, first rows, the ranking, all rows, and what it took. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { faults, pods, runs } from './support/arguments.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { memory } from './support/process.ts';
import { hasAllPods, hasNumbers, hasPodRows, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { median } from './support/statistics.ts';
import { type Line, table } from './support/table.ts';

const run = promisify(execFile);

async function timed(words: readonly string[]): Promise<number> {
	const started = performance.now();
	await run('kubectl', [...words], { maxBuffer: 2 ** 30 }).catch(() => {});
	return performance.now() - started;
}

const demo = await startCluster({ ...sizeOf(pods), faults, freezeClock: true });
const found: Record<string, number[]> = {};
const add = (what: string, value: number) => {
	const values = found[what] ?? [];
	values.push(value);
	found[what] = values;
};

try {
	// The first run of each client makes the server's pages; it does not count.
	for (let index = -1; index < runs; index++) {
		const counts = index >= 0;
		const session = new Session(['--kubeconfig', demo.kubeconfig]);
		try {
			const waits = {
				'first whole frame': session.when((text) => /q quit/.test(text), 'a frame'),
				'first pod rows': session.when(hasPodRows, 'pod rows'),
				'first numbers': session.when(hasNumbers, 'numbers'),
				'whole ranking by CPU': session.when(hasRanking, 'the ranking'),
				'all rows': session.when(hasAllPods, 'all rows'),
			};
			for (const [what, wait] of Object.entries(waits)) {
				const at = await wait;
				if (counts) {
					add(what, at);
				}
			}
			const cpu = session.cpu();
			await session.rest(1000);
			if (counts) {
				add('first byte', session.firstByte);
				add('CPU until all rows', cpu);
				add('memory at rest', memory(session.pid).now);
				add('memory at most', memory(session.pid).peak);
				add('bytes to the terminal', session.bytes / 1024);
			}
		} finally {
			await session.close();
		}
		const baseline = {
			'kubectl version --client': await timed(['version', '--client']),
			'kubectl top pod -A': await timed(['--kubeconfig', demo.kubeconfig, 'top', 'pod', '-A']),
			'kubectl get pods -A':
				index < 1 ? await timed(['--kubeconfig', demo.kubeconfig, 'get', 'pods', '-A']) : Number.NaN,
		};
		for (const [what, value] of Object.entries(baseline)) {
			if (counts) {
				add(what, value);
			}
		}
	}
} finally {
	await demo.close();
}

const versus = (name: string) => ({ name, median: median(found[name] ?? []) });
const line = (what: string, unit: string, budget = '', name = ''): Line => ({
	what,
	unit,
	budget,
	values: found[what] ?? [],
	...(name === '' ? {} : { baseline: versus(name) }),
});

process.stdout.write(
	table(`Start, ${pods} pods${faults.length > 0 ? `, ${faults.join(', ')}` : ''}`, [
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
	]),
);
