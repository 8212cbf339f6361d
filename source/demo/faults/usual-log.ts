/** What metrics-server writes all the time, though nothing is wrong. */
import { lifeAt } from '../model/life.ts';
import { cycleAt } from '../model/metrics-server.ts';
import type { World } from '../model/world.ts';
import type { Behaviour, Log } from '../server/behaviour.ts';
import { isMetricsServer } from './changes.ts';
import { scrapeLines } from './versions.ts';

/**
 * It asks virtual nodes as it asks all others, and has to say each time that their provider measures nothing. While it
 * does not serve, it writes what the fault says.
 */
export function usualLog({ metricsApi, release }: Behaviour): (world: World, now: number) => Log {
	const serves = metricsApi.registered && metricsApi.state.available === 'True';
	const failure = { status: '501 Not Implemented', body: '501 not implemented\n' };
	return (world, now) => {
		const virtual = serves ? world.nodes.filter(({ role }) => role === 'virtual') : [];
		const times = Math.min(20, scrapesSince(startOf(world, now), now));
		return { previous: false, lines: virtual.flatMap((node) => scrapeLines(release, node, failure, now, times)) };
	};
}

/** When metrics-server started, ms since 1970; `now` if it does not run. */
function startOf(world: World, now: number): number {
	const slot = world.slots.find(({ workload }) => isMetricsServer(workload));
	const [life] = slot ? (lifeAt(world, slot, now).pod?.containers ?? []) : [];
	return life?.state.kind === 'running' ? life.state.startedAt : now;
}

const scrapesSince = (start: number, now: number): number => Math.max(0, cycleAt(now) - cycleAt(start));
