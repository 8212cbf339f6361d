/** Samples of the metrics API as `top` keeps them. Nanocores, bytes, milliseconds; NaN = the answer does not say. */

export interface Amounts {
	cpu: number;
	memory: number;
	swap: number;
}

export interface ContainerSample extends Amounts {
	name: string;
}

export interface PodSample extends Amounts {
	namespace: string;
	name: string;
	timestamp: number;
	window: number;
	containers: ContainerSample[];
}

export interface NodeSample extends Amounts {
	name: string;
	timestamp: number;
	window: number;
}

/** Sum of what is given; NaN only if nothing is. */
export function sumOfAmounts(parts: readonly Amounts[]): Amounts {
	const total: Amounts = { cpu: Number.NaN, memory: Number.NaN, swap: Number.NaN };
	for (const part of parts) {
		total.cpu = add(total.cpu, part.cpu);
		total.memory = add(total.memory, part.memory);
		total.swap = add(total.swap, part.swap);
	}
	return total;
}

function add(total: number, part: number): number {
	return Number.isNaN(part) ? total : Number.isNaN(total) ? part : total + part;
}
