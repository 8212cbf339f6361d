/** What it costs when nobody types: a cluster that stands still, its polls, and pods that change. CPU of one core. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DemoOptions } from '../../source/demo/options.ts';
import { pods } from './support/arguments.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { memory } from './support/process.ts';
import { hasAllPods, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { type Line, table } from './support/table.ts';

/** Each of the three is watched for so long, ms. */
const watched = 45_000;

async function measure(what: string, options: Partial<DemoOptions>, keys: string, budget: string): Promise<Line[]> {
	const demo = await startCluster({ ...sizeOf(pods), ...options });
	const session = new Session(['--kubeconfig', demo.kubeconfig]);
	try {
		await session.when(hasRanking, 'the ranking');
		await session.when(hasAllPods, 'all pods');
		await session.press(`2${keys}`);
		await session.rest(2000);
		const before = { cpu: session.cpu(), bytes: session.bytes, writes: session.writes };
		await sleep(watched);
		const seconds = watched / 1000;
		return [
			{ what, unit: '% of a core', values: [((session.cpu() - before.cpu) / seconds) * 100], budget },
			{ what, unit: 'bytes/s to the terminal', values: [(session.bytes - before.bytes) / seconds] },
			{ what, unit: 'writes to the terminal', values: [session.writes - before.writes] },
			{ what, unit: 'MiB', values: [memory(session.pid).now] },
		];
	} finally {
		await session.close();
		await demo.close();
	}
}

const lines = [
	...(await measure('nothing changes', { freezeClock: true }, 'C', '< 1; 0 bytes')),
	...(await measure('samples every 15 s', {}, 'C', '150,000: ≤ 0.6 CPU-s a poll')),
	...(await measure('25 pods change a second', { freezeClock: true, changing: 25 }, 'C', '150,000: ≤ 6')),
	...(await measure('25 pods are replaced a second', { freezeClock: true, replacing: 25 }, 'C', '≤ 3')),
];
process.stdout.write(table(`At rest, ${pods} pods, sorted by CPU, ${watched / 1000} s each`, lines));
