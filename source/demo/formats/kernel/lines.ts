/** How the kernel writes what is in its files. */
import type { Pressure, Stall } from '../../model/counters.ts';

/** `key value`, a line each. */
export function keyed(values: Readonly<Record<string, number>>): string {
	return Object.entries(values)
		.map(([key, value]) => `${key} ${value}\n`)
		.join('');
}

/** `Key:      123 kB`, a line each. @param width of the key with its colon and of the number together */
export function kibibyteLines(values: Readonly<Record<string, number>>, width: number): string {
	return Object.entries(values)
		.map(([key, value]) => `${key}:${String(value).padStart(width - key.length - 1)} kB\n`)
		.join('');
}

function stallLine(name: string, { avg10, avg60, avg300, total }: Stall): string {
	return `${name} avg10=${avg10.toFixed(2)} avg60=${avg60.toFixed(2)} avg300=${avg300.toFixed(2)} total=${total}\n`;
}

/** Documentation/accounting/psi.rst. */
export function pressureText({ some, full }: Pressure): string {
	return `${stallLine('some', some)}${stallLine('full', full)}`;
}
