/** A sum of readings that keeps their fields and signs: `+ memory.stat total_rss − /proc/PID/status RssAnon`. */
import type { Reading } from '../model/reading.ts';

export interface Summand {
	sign: 1 | -1;
	reading: Reading | undefined;
}

export interface SignedSum {
	/** NaN if one of the readings is missing. */
	value: number;
	fields: string;
	from: readonly Reading[];
}

export function plus(reading: Reading | undefined): Summand {
	return { sign: 1, reading };
}

export function minus(reading: Reading | undefined): Summand {
	return { sign: -1, reading };
}

/** The name of a reading in a formula; of a part, with the part. */
export function fieldOf(reading: Reading): string {
	return reading.part === undefined ? reading.field : `${reading.part}: ${reading.field}`;
}

/** The summands of the opposite sum. */
export function negated(summands: readonly Summand[]): Summand[] {
	return summands.map((summand) => ({ sign: summand.sign === 1 ? -1 : 1, reading: summand.reading }));
}

/** One field of many parts is named once, and not by one of them: `Σ pod/*: pods[].memory.workingSetBytes`. */
export function sumOf(readings: readonly Reading[], prefix: string): string {
	const [first] = readings;
	return first === undefined
		? ''
		: `Σ ${prefix}*: ${readings.length > 1 ? first.field.replaceAll(/\[[^\]]*\]/g, '[]') : first.field}`;
}

export function signedSum(summands: readonly Summand[]): SignedSum {
	let value = 0;
	const fields: string[] = [];
	const from: Reading[] = [];
	for (const { sign, reading } of summands) {
		if (reading === undefined) {
			value = Number.NaN;
			continue;
		}
		value += sign * reading.value;
		fields.push(`${sign === 1 ? '+' : '−'} ${fieldOf(reading)}`);
		from.push(reading);
	}
	return { value, fields: fields.join(' '), from };
}
