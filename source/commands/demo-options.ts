import { DemoError } from '../demo/error.ts';
import type { DemoOptions } from '../demo/options.ts';
import { type CommandContext, UsageError } from './command.ts';
import { checkFaults } from './demo-faults.ts';

/**
 * What the flags say of the demo cluster; the rest has its defaults.
 *
 * @throws UsageError if there is no such fault
 */
export function demoOptions({ lists, numbers, switches }: CommandContext): Partial<DemoOptions> {
	const named = lists['fault'] ?? [];
	checkFaults(named);
	const options: Partial<DemoOptions> = { faults: named };
	for (const name of ['seed', 'nodes', 'pods'] as const) {
		const value = numbers[name];
		if (value !== undefined) {
			options[name] = value;
		}
	}
	if (switches['freezeClock'] === true) {
		options.freezeClock = true;
	}
	return options;
}

/** To be thrown in place of what a demo ended with: what was said of it makes no sense, or a fault of ours as it is. */
export function demoFailure(error: unknown): unknown {
	return error instanceof DemoError ? new UsageError(error.message) : error;
}
