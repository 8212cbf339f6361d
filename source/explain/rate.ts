/** CPU rates: as a source computed them, or as the difference of a counter between two readings of the same source. */
import { cpuRateReading } from '../model/rate.ts';
import type { Reading, SourceId } from '../model/reading.ts';
import type { Context } from './context.ts';

export interface Rate {
	/** Nanocores; NaN if there is none. */
	value: number;
	from: readonly Reading[];
	/** Ids of what is missing: `second-sample`, `newer-sample` (twice the same), `counter-reset`, or '' if there is a value or no counter at all. */
	needs: string;
	/** ms that it was taken over. */
	window: number;
	/** What was divided by what. */
	formula: string;
}

const none: Rate = { value: Number.NaN, from: [], needs: '', window: Number.NaN, formula: '' };

/** Of one source: `Δ counter / Δ time`. A counter that went backwards or a clock that stood gives no rate. */
export function counterRate(context: Context, source: SourceId): Rate {
	const now = context.readings.find('cpuTime', source);
	if (now === undefined) {
		return none;
	}
	const before = context.previous?.find('cpuTime', source);
	const formula = `Δ ${now.field} / Δ t`;
	if (before === undefined) {
		return { ...none, needs: 'second-sample', formula };
	}
	const rate = cpuRateReading(before, now);
	if (rate === undefined) {
		return { ...none, needs: now.at > before.at ? 'counter-reset' : 'newer-sample', formula };
	}
	return { value: rate.value, from: [before, now], needs: '', window: rate.window, formula };
}

/** Of the first source that has one: a rate that the source made itself goes before a difference of its counter. */
export function cpuRate(context: Context, ...sources: readonly SourceId[]): Rate {
	let needs = '';
	let formula = '';
	for (const source of sources) {
		const ready = context.readings.find('cpuRate', source);
		if (ready !== undefined) {
			return { value: ready.value, from: [ready], needs: '', window: ready.window, formula: ready.field };
		}
		const rate = counterRate(context, source);
		if (!Number.isNaN(rate.value)) {
			return rate;
		}
		needs ||= rate.needs;
		formula ||= rate.formula;
	}
	return { ...none, needs, formula };
}
