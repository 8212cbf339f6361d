import type { DemoOptions } from '../demo/options.ts';
import type { CommandContext } from './command.ts';

/** What the flags say of the demo cluster; the rest has its defaults. */
export function demoOptions({ lists, numbers, switches }: CommandContext): Partial<DemoOptions> {
	const options: Partial<DemoOptions> = { faults: lists['fault'] ?? [] };
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
