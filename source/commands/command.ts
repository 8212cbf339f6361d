/** What a command is to the command line: one entry of the registry. */
import type { ExitCode } from '../exit-codes.ts';
import type { ConnectionFlags } from '../kube/connection-flags.ts';
import type { FlagGroup } from './flags.ts';
import type { HeadStart } from './head-start.ts';

/** Everything a command may use of the process that it runs in. */
export interface CommandContext {
	/** `whytop`, or `kubectl whytop` when called as kubectl's plugin. */
	program: string;
	/** What follows the command's name. */
	words: readonly string[];
	strings: Partial<Record<string, string>>;
	numbers: Partial<Record<string, number>>;
	lists: Partial<Record<string, readonly string[]>>;
	switches: Partial<Record<string, boolean>>;
	connection: ConnectionFlags;
	environment: NodeJS.ProcessEnv;
	out(text: string): void;
	error(text: string): void;
	/** What the start has begun for the monitor; null if nothing. */
	headStart?: HeadStart | null;
}

export interface Command {
	name: string;
	/** Arguments as in the usage line. */
	usage: string;
	summary: string;
	flagGroups: readonly FlagGroup[];
	/** Loads the command's code only when it is run, so that none pays for another. */
	load(): Promise<(context: CommandContext) => Promise<ExitCode>>;
}

/** Something the user typed cannot be meant: said as it is, with the exit code for it. */
export class UsageError extends Error {}
