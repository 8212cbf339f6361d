/** What it costs when nobody types: a cluster that stands still, and pods that change. CPU of one core. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Demo } from '../../source/demo/options.ts';
import { memory } from './support/process.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking, isByCpu, isQuiet } from './support/screen.ts';
import { Session } from './support/session.ts';
import { type Line, table } from './support/table.ts';

/** Each is watched for so long, ms. */
const watched = 12_000;

/** After the last key: what was begun by it is over. ms */
const settled = 4000;

/** What one session costs while this changes in the cluster. */
async function watch(session: Session, what: string, budget: string, ofBytes = ''): Promise<Line[]> {
	const before = { cpu: session.cpu(), bytes: session.bytes, writes: session.writes };
	await sleep(watched);
	const seconds = watched / 1000;
	return [
		{ what, unit: '% of a core', values: [((session.cpu() - before.cpu) / seconds) * 100], budget },
		{
			what,
			unit: 'bytes to the terminal',
			values: [session.bytes - before.bytes],
			// Of what changes somewhere, some may be on the screen.
			budget: ofBytes,
		},
		{ what, unit: 'writes to the terminal', values: [session.writes - before.writes] },
		{ what, unit: 'MiB', values: [memory(session.pid).now] },
	];
}

/** One percent of the pods a minute, how many that is a second. */
const churn = (pods: number) => pods / 100 / 60;
/** A pod that goes and one that comes in its place are so many events in a real cluster: three of its end, five of its start. */
const eventsOfReplacing = 8;
/** And so many from a demo whose clock stands still. */
const eventsOfDemo = 2;

async function measure(demo: Demo, pods: number): Promise<string> {
	// No poll falls into it: what a poll costs is measured by itself.
	const session = new Session(['--kubeconfig', demo.kubeconfig, '--refresh', '10m']);
	try {
		await session.when(hasRanking, 'the ranking');
		await session.when(hasAllPods, 'all pods');
		await session.press('2');
		await session.when(isByCpu, 'the order by CPU');
		await session.when(isQuiet, 'the end of the burst');
		await session.rest(settled);
		const lines = await watch(session, 'nothing changes', '< 1', '0');
		demo.pace({ changing: churn(pods), replacing: 0 });
		lines.push(...(await watch(session, `1 % of the pods changed a minute`, '≤ 6')));
		const replacing = churn(pods);
		const events = eventsOfReplacing * replacing;
		demo.pace({ changing: events - eventsOfDemo * replacing, replacing });
		// A span that does not count: the engine compiles what is met often now, and people leave it on for hours.
		await sleep(watched);
		lines.push(
			...(await watch(session, `1 % of the pods replaced a minute, ${events.toFixed(0)} events a second`, '≤ 3')),
		);
		demo.pace({ changing: 0, replacing });
		lines.push(...(await watch(session, `the same, ${(eventsOfDemo * replacing).toFixed(0)} events a second`, '≤ 3')));
		demo.pace({ changing: 0, replacing: 0 });
		return table(`At rest between polls, ${pods} pods, sorted by CPU, ${watched / 1000} s each`, lines);
	} finally {
		await session.close();
	}
}

export const rest: Program = { cluster: { freezeClock: true }, patient: true, measure };
await runAlone(import.meta.url, rest);
