/** Labels and values as the kubelet's series use them. */
import { words } from '../strings.ts';
import type { Labels } from './parse.ts';

/** The first of these labels that is not empty, clean; '' if none is. */
export function labelWord(labels: Labels, ...names: readonly string[]): string {
	for (const name of names) {
		const value = labels[name];
		if (value !== undefined && value !== '') {
			return words.fromText(value);
		}
	}
	return '';
}

/** Seconds with up to nine digits behind the point as whole nanoseconds: exact up to 2^53, 104 days of one core. */
export function nanoseconds(seconds: number): number {
	return Math.round(seconds * 1e9);
}
