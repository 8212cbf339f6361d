/**
 * `whytop top nodes|pods|containers`: kubectl top's twin for one look. Its default table is that of kubectl 1.36, byte
 * for byte; where kubectl gives up, it says the same line and then what that means.
 */
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { TopFailure } from './failure.ts';
import { topNodes } from './nodes.ts';
import { topPods } from './pods.ts';
import type { TopRequest, TopStreams } from './request.ts';
import { usageError } from './usage-error.ts';

export type { TopRequest, TopStreams } from './request.ts';

/**
 * Asks the cluster once and writes the answer: to `out` what was asked for, to `error` everything else.
 *
 * @returns `failed` where kubectl would fail on what the cluster answered, `couldNotRun` where it could not be asked
 * @throws only what is a fault of ours
 */
export async function top(request: TopRequest, client: KubeClient, streams: TopStreams): Promise<ExitCode> {
	const refusal = usageError(request);
	if (refusal !== null) {
		streams.error(`${refusal}\n`);
		return exitCodes.couldNotRun;
	}
	try {
		return request.resource === 'nodes'
			? await topNodes(request, client, streams)
			: await topPods(request, client, streams);
	} catch (error) {
		if (error instanceof TopFailure) {
			error.print(streams, request.kubectlFlags);
			return error.code;
		}
		if (error instanceof KubeError) {
			streams.error(`${error.message}\n`);
			return exitCodes.couldNotRun;
		}
		throw error;
	}
}
