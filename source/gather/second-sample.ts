/**
 * A second sample of what a kubelet gives as counters only, so that they give rates. Its counters have times of their
 * own: two questions within one of its rounds get the same sample, and waiting longer than a moment is left to the user.
 */
import * as text from '../messages/en/gather.ts';
import { type Reading, Readings, type SourceId } from '../model/reading.ts';
import type { KubeletAsk } from './kubelet.ts';

/** Sources of counters that make no rates themselves; the smaller answer first. */
const counters = [
	['kubelet-resource', 'resource'],
	['kubelet-cadvisor', 'cadvisor'],
] as const satisfies readonly (readonly [Reading['source'], KubeletAsk])[];

/** A kubelet that tells its rate has told it; that of the metrics API is the other end of the way. */
const ratesOfTheirOwn: readonly SourceId[] = ['kubelet-summary', 'cadvisor'];

/** ms: a kubelet reads its node anew for each question, at most once a second. */
const usualBetween = 1_100;

/** A kubelet looks at its containers every 10 s, and less often where little happens (cAdvisor's housekeeping). */
const longestRound = 15_000;

export interface SecondSample {
	/** The newer counters, to stand in place of those of the same source. */
	newer: readonly Reading[];
	/** Why there is still no rate, '' if there is one. */
	problem: string;
}

const nothing: SecondSample = { newer: [], problem: '' };

/**
 * @param first what was read, of the subject and its parts
 * @param read asks the same subject again, of one source
 * @param now the clock of the samples
 * @throws nothing: a source that fails now has told its first sample, and that is all
 */
export async function secondSample(
	first: Readings,
	read: (ask: KubeletAsk) => Promise<Readings>,
	now: () => number,
	between = usualBetween,
): Promise<SecondSample> {
	const has = (source: SourceId, quantity: 'cpuTime' | 'cpuRate'): boolean =>
		first.all.some((reading) => reading.source === source && reading.quantity === quantity);
	const known = counters.find(([source]) => has(source, 'cpuTime'));
	if (known === undefined || ratesOfTheirOwn.some((source) => has(source, 'cpuRate'))) {
		return nothing;
	}
	const [source, ask] = known;
	await new Promise((resolve) => setTimeout(resolve, between));
	let again: Readings;
	try {
		again = await read(ask);
	} catch {
		return nothing;
	}
	const ofSource = (readings: Readings): readonly Reading[] =>
		readings.all.filter((reading) => reading.source === source && reading.quantity === 'cpuTime');
	const before = ofSource(first);
	const newer = ofSource(again).filter(({ at, part }) => before.some((old) => old.part === part && old.at < at));
	if (newer.length > 0) {
		return { newer, problem: '' };
	}
	const [sample] = before;
	const age = sample === undefined ? Number.NaN : Math.max(0, now() - sample.at);
	return { newer: [], problem: text.sameSample(text.sourceNames[source], age, Math.max(1000, longestRound - age)) };
}

/** The readings with the newer counters, and the older ones as those before. */
export function joinSecondSample(
	readings: Readings,
	{ newer }: SecondSample,
): { readings: Readings; previous: readonly Reading[] } {
	const isOld = (reading: Reading): boolean =>
		newer.some(
			({ part, quantity, source }) =>
				reading.source === source && reading.quantity === quantity && reading.part === part,
		);
	return {
		readings: new Readings([...readings.all.filter((reading) => !isOld(reading)), ...newer]),
		previous: readings.all.filter(isOld),
	};
}
