/**
 * What a poll of all metrics costs, apart from what it costs to follow what happens in the cluster meanwhile: only every
 * other 15 s are polled. CPU-seconds of the whole process, both threads and the engine's own.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '../../source/demo/options.ts';
import { memory } from './support/process.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking, isByCpu } from './support/screen.ts';
import { Session } from './support/session.ts';
import { median } from './support/statistics.ts';
import { table } from './support/table.ts';

/** ms; the metrics API's own resolution. */
const interval = 15_000;
/** So long after the first poll all is loaded, and most of what is used compiled, ms. */
const settled = 10_000;
const pairs = 2;

interface Span {
	cpu: number;
	bytes: number;
}

async function watch(session: Session): Promise<Span> {
	const from = { cpu: session.cpu(), bytes: session.bytes };
	await sleep(interval);
	return { cpu: session.cpu() - from.cpu, bytes: session.bytes - from.bytes };
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const session = new Session(['--kubeconfig', kubeconfig, '--refresh', `${(2 * interval) / 1000}s`]);
	try {
		const polled = await session.when(hasRanking, 'the ranking');
		await session.when(hasAllPods, 'all pods');
		await session.press('2');
		await session.when(isByCpu, 'the order by CPU');
		// Polls come 30 s apart: the first span without one begins so long after one, whichever it is.
		const late = performance.now() - session.started - polled - settled;
		await sleep(late < 0 ? -late : 2 * interval - (late % (2 * interval)));
		const without: Span[] = [];
		const withPoll: Span[] = [];
		for (let pair = 0; pair < pairs; pair++) {
			without.push(await watch(session));
			withPoll.push(await watch(session));
		}
		const cpu = (spans: readonly Span[]) => spans.map((span) => span.cpu);
		const life = median(cpu(without));
		return table(`Polls, ${pods} pods, sorted by CPU`, [
			{ what: '15 s with a poll', unit: 'CPU-s', values: cpu(withPoll) },
			{ what: '15 s without, of what happens in the cluster', unit: 'CPU-s', values: cpu(without) },
			{
				what: 'the poll: the difference',
				unit: 'CPU-s',
				values: cpu(withPoll).map((value) => value - life),
				budget: '150,000: ≤ 0.6',
			},
			{ what: 'to the terminal in 15 s with a poll', unit: 'bytes', values: withPoll.map(({ bytes }) => bytes) },
			{ what: 'to the terminal in 15 s without', unit: 'bytes', values: without.map(({ bytes }) => bytes) },
			{ what: 'memory', unit: 'MiB', values: [memory(session.pid).now] },
		]);
	} finally {
		await session.close();
	}
}

export const polls: Program = { cluster: {}, patient: true, measure };
await runAlone(import.meta.url, polls);
