/** Samples come, with gaps or of the wrong machine, and metrics-server has written why. */
import { goDuration } from '../formats/metrics.ts';
import { cycleAt } from '../model/metrics-server.ts';
import { brokenNode, klog } from './changes.ts';
import type { Fault } from './fault.ts';

const resolution = 15_000;

/** One scrape in so many fails. */
const every = 16;
/** Which one of them: not one of the first two minutes, so that all is there to begin with. */
const failing = every / 2;

const timeout = (url: string): string => `Get "${url}": context deadline exceeded`;

/** When lines of a log were written: their ends, the newest last. @param back in scrapes */
function written(now: number, back: readonly number[], level: 'I' | 'E', source: string, text: string): string[] {
	return back
		.toSorted((one, other) => other - one)
		.flatMap((count) => klog(now - count * resolution, level, source, [text]));
}

export const gapFaults: readonly Fault[] = [
	{
		name: 'metrics-vanish-after-failed-scrape',
		change(behaviour) {
			behaviour.samples.push((world) => {
				const node = brokenNode(world);
				const first = cycleAt(world.origin);
				const fails = (cycle: number): boolean => (((cycle - first) % every) + every) % every === failing;
				// A scrape that fails takes what was there; the next one gives a single point, and that is no rate.
				return { node: (each, cycle) => each === node && (fails(cycle) || fails(cycle - 1)) };
			});
			behaviour.logs.push((world, now) => {
				const node = brokenNode(world);
				const newest = cycleAt(now) - cycleAt(world.origin);
				const since = (((newest - failing) % every) + every) % every;
				const url = `https://${node?.address ?? ''}:10250/metrics/resource`;
				const text = `"Failed to scrape node, timeout to access kubelet" err="${timeout(url).replaceAll('"', '\\"')}" node="${node?.name ?? ''}" timeout="10s"`;
				const back = [0, 1, 2].map((count) => since + count * every);
				return { previous: false, lines: written(now, back, 'E', 'scraper.go:147', text) };
			});
		},
	},
	{
		name: 'large-cluster-timeout',
		change(behaviour) {
			behaviour.leastNodes = 120;
			behaviour.logs.push((_world, now) => ({
				previous: false,
				lines: [38, 25, 9].flatMap((back) => {
					const text = `"Failed probe" probe="metric-collection-timely" err="metric collection didn't finish on time" duration="${goDuration(22_600 + back * 37)}" maxDuration="22.5s"`;
					return written(now, [back], 'I', 'server.go:186', text);
				}),
			}));
		},
	},
	{
		name: 'duplicate-pod-point',
		change(behaviour) {
			behaviour.logs.push((_world, now) => ({
				previous: false,
				lines: klog(now, 'E', 'storage.go:92', ['"Got duplicate pod point" pod="payments/ledger-0"'], 20),
			}));
		},
	},
];
