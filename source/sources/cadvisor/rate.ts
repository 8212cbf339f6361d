/** The CPU rate of the last two samples, as cAdvisor itself computes it (info/v2/conversion.go `InstCpuStats`). */
import { type JsonObject, numberField, objectField, textField } from '../json/fields.ts';
import { momentField } from '../json/moment.ts';

export interface CpuRate {
	/** Nanocores; NaN if there are no two samples, or the counter or the clock went backwards. */
	value: number;
	field: string;
	/** ms between the samples, NaN if that is not known. */
	window: number;
}

function totalOf(stat: JsonObject): number {
	return numberField(objectField(objectField(stat, 'cpu'), 'usage'), 'total', Number.NaN);
}

/** What is finer than a millisecond in a time, in ns. */
function finerThanMilliseconds(stat: JsonObject): number {
	const fraction = /\.(\d+)/.exec(textField(stat, 'timestamp'))?.[1] ?? '';
	return Number(fraction.padEnd(9, '0').slice(3, 9));
}

/** v2.1 has the rate; where it has not, and in v1.3, it is taken from the two samples. */
export function cpuRateOf(previous: JsonObject | undefined, last: JsonObject): CpuRate {
	const milliseconds =
		previous === undefined ? Number.NaN : momentField(last, 'timestamp') - momentField(previous, 'timestamp');
	const given = numberField(objectField(objectField(last, 'cpu_inst'), 'usage'), 'total', Number.NaN);
	if (!Number.isNaN(given)) {
		return {
			value: given,
			field: 'stats[-1].cpu_inst.usage.total',
			window: milliseconds > 0 ? milliseconds : Number.NaN,
		};
	}
	const field = 'Δ stats[].cpu.usage.total ÷ Δ stats[].timestamp';
	if (previous === undefined) {
		return { value: Number.NaN, field, window: Number.NaN };
	}
	const nanoseconds = milliseconds * 1e6 + finerThanMilliseconds(last) - finerThanMilliseconds(previous);
	const spent = totalOf(last) - totalOf(previous);
	if (!(nanoseconds > 0 && spent >= 0)) {
		return { value: Number.NaN, field, window: Number.NaN };
	}
	return { value: Math.trunc((spent / nanoseconds) * 1e9), field, window: milliseconds };
}
