import { openDebugFile } from '../debug-file.ts';
import type { ConnectOptions } from '../kube/connect.ts';
import { type CommandContext, UsageError } from './command.ts';

/** `--debug FILE` as the connection takes it. @throws UsageError if the file cannot be written */
export function debugging({ strings }: Pick<CommandContext, 'strings'>): ConnectOptions {
	const file = strings['debug'];
	if (file === undefined) {
		return {};
	}
	try {
		return { debug: openDebugFile(file) };
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}
