/** Amounts as text: usage as kubectl rounds it, what was set as it was set. Pure. */
import { cpu, memory } from '../../../model/display.ts';

/** What amounts are of. */
export type Quantity = 'cpu' | 'memory';

/** Usage in kubectl's units and rounding. */
export function amount(quantity: Quantity, value: number): string {
	return quantity === 'cpu' ? cpu(value) : memory(value);
}

const binary = [
	['Ti', 2 ** 40],
	['Gi', 2 ** 30],
] as const;

/** A request, a limit, a capacity: `2Gi` rather than `2048Mi` where that is exactly it. */
export function allotment(quantity: Quantity, value: number): string {
	if (quantity === 'memory' && value > 0) {
		for (const [unit, size] of binary) {
			if (value % size === 0) {
				return `${value / size}${unit}`;
			}
		}
	}

	return amount(quantity, value);
}

/** The same within a sentence, where a bare number of cores needs its word: `48 cores`. */
export function spelled(quantity: Quantity, value: number): string {
	const text = allotment(quantity, value);
	return quantity === 'cpu' && value > 0 && /\d$/.test(text) ? `${text.replace(/\.0$/, '')} cores` : text;
}

const steps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 40, 50, 60, 80, 100, 150, 200, 300, 400, 500, 600, 800, 1000];

/** The next round amount: of millicores or cores, of Ki, Mi, Gi … */
export function ceiling(quantity: Quantity, value: number): number {
	const thousand = quantity === 'cpu' ? 1000 : 1024;
	let unit = quantity === 'cpu' ? 1e6 : 1;
	while (value > thousand * unit) {
		unit *= thousand;
	}

	return (steps.find((step) => step * unit >= value) ?? thousand) * unit;
}
