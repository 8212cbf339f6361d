import { exitCodes } from '../exit-codes.ts';
import { flagsOf } from './belonging-flags.ts';
import type { Command } from './command.ts';
import { describeFlags, type FlagGroup } from './flags.ts';
import { commands } from './registry.ts';

/** Titles of the groups of flags, in the order of the help. */
export const groupTitles: Readonly<Record<FlagGroup, string>> = {
	cluster: 'Which cluster, and as whom (as in kubectl)',
	scope: 'Which pods',
	monitor: 'The monitor',
	top: 'One-shot tables',
	explain: 'Explaining one number',
	doctor: 'The doctor',
	demo: 'The demo cluster',
	general: 'General',
};

export const everyGroup = Object.keys(groupTitles) as FlagGroup[];

/** The help of one command, or of all if none is given. */
export function help(program: string, command?: Command): string {
	const width = Math.max(...commands.map(({ usage }) => usage.length));
	const usage =
		command === undefined
			? commands.map((known) => `  ${program} ${known.usage.padEnd(width)}  ${known.summary}`)
			: [`  ${program} ${command.usage} [flags]`, '', `  ${command.summary}`];
	const sections = everyGroup
		.map((group) => ({ group, names: flagsOf(group, command) }))
		.filter(({ names }) => names.length > 0)
		.map(({ group, names }) => [`${groupTitles[group]}:`, ...describeFlags(names)].join('\n'));
	return `${['Usage:', ...usage].join('\n')}\n\n${sections.join('\n\n')}\n\n${describeExitCodes()}\n`;
}

function describeExitCodes(): string {
	return [
		'Exit codes:',
		`  ${exitCodes.ok}    done`,
		`  ${exitCodes.failed}    the cluster answered, and the answer is no: no metrics, forbidden, not found`,
		`  ${exitCodes.couldNotRun}    it could not be asked: wrong usage, unusable kubeconfig, no connection`,
		`  ${exitCodes.crashed}   a fault in whytop itself; a report was written`,
		`  ${exitCodes.hangup}, ${exitCodes.interrupted}, ${exitCodes.terminated}  ended by SIGHUP, SIGINT, SIGTERM`,
	].join('\n');
}
