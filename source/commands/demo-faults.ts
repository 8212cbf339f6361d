/** The faults of the demo as the command line speaks of them. */
import { faults, findFault, listFaults } from '../demo/faults.ts';
import { UsageError } from './command.ts';
import { didYouMean } from './nearest-names.ts';

/** Every fault in a line, with what it does. */
export function describeFaults(): string {
	const all = listFaults();
	const width = Math.max(...all.map(({ name }) => name.length));
	return all.map(({ description, name }) => `  ${name.padEnd(width)}  ${description}\n`).join('');
}

/** @throws UsageError if one of them is no fault: with those that may be meant, and how to see all */
export function checkFaults(names: readonly string[]): void {
	const unknown = names.find((name) => findFault(name) === undefined);
	if (unknown !== undefined) {
		const known = faults.map(({ name }) => name);
		throw new UsageError(
			`the demo has no fault "${unknown}".${didYouMean(unknown, known)} All of them: whytop demo --fault list`,
		);
	}
}
