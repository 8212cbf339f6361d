/** Which flags a command takes: those of its groups, those that say so, and with --demo those of the demo. */
import type { ParsedFlags } from './arguments.ts';
import type { Command } from './command.ts';
import { type Flag, type FlagGroup, flags, kebabCase } from './flags.ts';
import { commands } from './registry.ts';

function takes(command: Command, { also, group }: Flag): boolean {
	return command.flagGroups.includes(group) || also?.includes(command.name) === true;
}

/**
 * The names of the flags of a group of the help, or those of a group that a command takes: what it has from other
 * commands stands with its own.
 */
export function flagsOf(group: FlagGroup, command?: Command): string[] {
	return Object.entries<Flag>(flags)
		.filter(([, { also = [], group: its }]) => {
			if (command === undefined) {
				return its === group;
			}
			const borrowed = !command.flagGroups.includes(its) && also.includes(command.name);
			return borrowed ? group === command.name : its === group && command.flagGroups.includes(its);
		})
		.map(([name]) => name);
}

/**
 * What was given to a command that has no use for it, a sentence each: a flag that is passed over in silence would be
 * taken for one that did something.
 */
export function straying(command: Command, given: ParsedFlags): string[] {
	const names = Object.values(given).flatMap((values) => Object.keys(values));
	const demo = given.switches['demo'] === true && takes(command, flags.demo);
	return Object.entries<Flag>(flags)
		.filter(([name, flag]) => names.includes(name) && !takes(command, flag) && !(demo && flag.group === 'demo'))
		.map(([name, flag]) => {
			const its = commands.filter((known) => takes(known, flag)).map((known) => known.name);
			const withDemo = flag.group === 'demo' && takes(command, flags.demo) ? ', or with --demo' : '';
			return `--${kebabCase(name)} is a flag of ${its.join(', ')}${withDemo}`;
		});
}
