import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { KubeError } from '../kube/errors.ts';
import type { CommandContext } from './command.ts';

/**
 * Says what a cluster or the way to it refused, and with which code to end: failed if it answered, else could not run.
 *
 * @throws any other error as it is
 */
export function clusterFailure(error: unknown, { error: say }: Pick<CommandContext, 'error'>): ExitCode {
	if (!(error instanceof KubeError)) {
		throw error;
	}
	say(`error: ${error.message}\n`);
	return error.kind === 'status' ? exitCodes.failed : exitCodes.couldNotRun;
}
