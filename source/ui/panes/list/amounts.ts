/** Amounts as text: usage as kubectl rounds it, what was set as it was set. Pure. */
import { cpu, memory } from '../../../model/display.ts';
import type { Quantity } from './cells.ts';

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
