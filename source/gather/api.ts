/** The API server's own part of a ledger: the node's status and the samples of the metrics API. */
import type { KubeClient } from '../kube/client.ts';
import { findMetricsVersion, type MetricsVersion } from '../kube/discovery.ts';
import { KubeError } from '../kube/errors.ts';
import * as text from '../messages/en/gather.ts';
import { decodeNodeObject, type NodeObject } from '../sources/node-object.ts';
import type { SourceAnswer } from '../sources/subject-readings.ts';
import { type AskOptions, defaultTimeout, withTimeout } from './kubelet.ts';
import { firstLine, isConnection, isTimeout, type ProblemId, type SourceProblem } from './problem.ts';

/** The node's object, or why it could not be had. */
export async function readNodeStatus(
	client: KubeClient,
	name: string,
	options: AskOptions,
): Promise<NodeObject | SourceProblem> {
	const path = `/api/v1/nodes/${encodeURIComponent(name)}`;
	try {
		const { body, contentType } = await client.read(path, {
			signal: withTimeout(options.signal, options.timeout ?? defaultTimeout),
		});
		return decodeNodeObject(body, contentType, client.serverTime());
	} catch (error) {
		options.signal?.throwIfAborted();
		const status = error instanceof KubeError ? error.status : 0;
		const problem = (id: ProblemId, sentence: string): SourceProblem => ({
			source: 'node-status',
			id,
			path,
			status,
			sentence,
		});
		if (isConnection(error)) {
			return problem('connection', (error as Error).message);
		}
		if (status === 403) {
			return problem('forbidden', text.nodeStatusForbidden(name));
		}
		if (status === 404) {
			return problem('node-unknown', text.nodeUnknown({ node: name, path, kubelet: '', said: '' }));
		}
		return problem(
			isTimeout(error) ? 'timeout' : 'failed',
			text.nodeStatusFailed(name, firstLine((error as Error).message)),
		);
	}
}

/**
 * One object of the metrics API, or why there is none.
 *
 * @param path below `/apis/metrics.k8s.io/VERSION/`
 * @param name of the subject, for sentences
 * @param version if it is known already; asked for if not
 */
export async function readUsage(
	client: KubeClient,
	path: string,
	name: string,
	decode: (body: Buffer, contentType: string) => SourceAnswer,
	version: MetricsVersion | undefined,
	options: AskOptions,
): Promise<SourceAnswer | SourceProblem> {
	const problem = (id: ProblemId, sentence: string, status = 0): SourceProblem => ({
		source: 'metrics-api',
		id,
		path: `/apis/metrics.k8s.io/${path}`,
		status,
		sentence,
	});
	try {
		const signal = withTimeout(options.signal, options.timeout ?? defaultTimeout);
		const served = version ?? (await findMetricsVersion(client, signal));
		if (served === null) {
			return problem('no-metrics-api', text.noMetricsApi, 404);
		}
		const { body, contentType } = await client.read(`/apis/metrics.k8s.io/${served}/${path}`, { signal, retries: 0 });
		return decode(body, contentType);
	} catch (error) {
		options.signal?.throwIfAborted();
		const status = error instanceof KubeError ? error.status : 0;
		if (isConnection(error)) {
			return problem('connection', (error as Error).message, status);
		}
		const said = firstLine((error as Error).message);
		if (status === 404) {
			return problem('no-sample', text.noPodSample(name), status);
		}
		if (status === 403) {
			return problem('forbidden', text.metricsForbidden(said), status);
		}
		return problem(isTimeout(error) ? 'timeout' : 'failed', text.metricsFailed(said), status);
	}
}

export function isProblem(result: object): result is SourceProblem {
	return 'sentence' in result;
}
