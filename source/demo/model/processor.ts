import { noise, unit } from './random.ts';

/** What a container does with the processor. Everything in millicores and seconds. */
export interface ProcessorProfile {
	/** Mean without bursts. */
	mean: number;
	/** How far a slow wave moves the mean, from 0 to 1, and its period. */
	wave?: { depth: number; period: number };
	/** How far quick irregularity moves it, from 0 to 1; depth and jitter together stay below 1. */
	jitter?: number;
	/** Work that comes once in a while, at an irregular time: this much on top, for so long, once in each interval. */
	burst?: { height: number; length: number; every: number };
	/** Extra work after the start. */
	startup?: { height: number; length: number };
	/** It does so little that the counter that its runtime keeps stands at 0 for ever. */
	uncounted?: true;
}

/** Length of the jitter's knots in seconds: about one sample's window, so that neighbouring samples differ. */
const jitterPeriod = 23;

/** Integral of the profile from 1970 to `time` (seconds), in millicore seconds; grows for ever, never falls. */
function work(profile: ProcessorProfile, key: number, time: number): number {
	let total = profile.mean * time;
	if (profile.wave) {
		const { depth, period } = profile.wave;
		const turn = (2 * Math.PI) / period;
		total -= ((profile.mean * depth) / turn) * Math.cos(turn * time + unit(key, 11) * 2 * Math.PI);
	}
	if (profile.jitter) {
		// The curve climbs at most 3 in a period, so this moves the rate by at most mean × jitter.
		total += ((profile.mean * profile.jitter * jitterPeriod) / 3) * noise(key, time, jitterPeriod);
	}
	if (profile.burst) {
		const { height, length, every } = profile.burst;
		const interval = Math.floor(time / every);
		const begin = interval * every + unit(key, interval & 0x7fffffff) * (every - length);
		total += height * (interval * length + Math.min(Math.max(time - begin, 0), length));
	}
	return total;
}

/**
 * Processor time used since the start of a container, in microseconds (the unit of cpu.stat of cgroup v2).
 * @param key the container's own number
 * @param started seconds since 1970
 * @param time seconds since 1970, not before `started`
 */
export function processorTime(profile: ProcessorProfile, key: number, started: number, time: number): number {
	if (profile.uncounted) return 0;
	let used = work(profile, key, time) - work(profile, key, started);
	if (profile.startup) used += profile.startup.height * Math.min(time - started, profile.startup.length);
	// Starting a process costs some milliseconds, so that no running container has used nothing.
	return Math.floor(used * 1000) + 18_000;
}

/** A rate is measured over so long when it is held, seconds. */
const steadyWindow = 15;

/**
 * The same while the cluster's clock stands still: since its start the container has worked at the rate that it has at
 * that instant, a whole number of millicores. So all intervals before that instant have the same rate, to the digit.
 * @param still seconds since 1970
 */
export function steadyProcessorTime(
	profile: ProcessorProfile,
	key: number,
	started: number,
	time: number,
	still: number,
): number {
	if (profile.uncounted) return 0;
	const recent =
		processorTime(profile, key, started, still) - processorTime(profile, key, started, still - steadyWindow);
	const millicores = profile.mean > 0 ? Math.max(1, Math.round(recent / (steadyWindow * 1000))) : 0;
	return 18_000 + Math.round((time - started) * 1000) * millicores;
}
