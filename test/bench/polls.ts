/** What a poll costs, every 15 s: new samples of all pods, which the screen sorts by. CPU-seconds of the whole process. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '../../source/demo/options.ts';
import { memory } from './support/process.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { table } from './support/table.ts';

/** ms; the metrics API's own resolution. */
const interval = 15_000;
const intervals = 2;

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const session = new Session(['--kubeconfig', kubeconfig]);
	try {
		await session.when(hasRanking, 'the ranking');
		await session.when(hasAllPods, 'all pods');
		await session.press('2');
		await session.press('C');
		await session.rest(2000, 5000);
		const cpu: number[] = [];
		const bytes: number[] = [];
		for (let index = 0; index < intervals; index++) {
			const before = { cpu: session.cpu(), bytes: session.bytes };
			await sleep(interval);
			cpu.push(session.cpu() - before.cpu);
			bytes.push(session.bytes - before.bytes);
		}
		return table(`Polls, ${pods} pods, sorted by CPU`, [
			{
				what: 'CPU in 15 s: a poll, and what happens in the cluster',
				unit: 's',
				values: cpu,
				budget: '150,000: ≤ 0.6',
			},
			{ what: 'the same', unit: '% of a core', values: cpu.map((value) => (value / interval) * 100_000) },
			{ what: 'to the terminal in 15 s', unit: 'bytes', values: bytes },
			{ what: 'memory', unit: 'MiB', values: [memory(session.pid).now] },
		]);
	} finally {
		await session.close();
	}
}

export const polls: Program = { cluster: {}, patient: true, measure };
await runAlone(import.meta.url, polls);
