/** What `top nodes` says when there are no samples of nodes. */
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { noSample } from '../../messages/en/no-sample.ts';
import * as text from '../../messages/en/top.ts';
import { whyNoNodeSample } from './evidence.ts';
import { adviceOf, metricsFailure, TopFailure } from './failure.ts';
import { readNodes } from './read-objects.ts';
import type { NodeScope } from './request.ts';

const resource = 'nodes.metrics.k8s.io';

/** The request for samples of nodes failed. */
export async function nodeSamplesFailure(error: unknown, client: KubeClient, { name }: NodeScope): Promise<unknown> {
	const failure = await metricsFailure(error, client, { resource, name, namespace: '' });
	if (!(failure instanceof TopFailure) || failure.advice !== text.noAdvice || !(error instanceof KubeError)) {
		return failure;
	}
	return error.status === 404 && name !== ''
		? new TopFailure(failure.message, await whyNotFound(client, name), failure.code)
		: failure;
}

async function whyNotFound(client: KubeClient, name: string): Promise<text.Advice> {
	try {
		const [node] = await readNodes(client, { name, labelSelector: '' });
		if (node === undefined) {
			return text.noSuchNode(name);
		}
		const code = whyNoNodeSample(node, {
			metrics: 'answering',
			serverTime: client.serverTime(),
			window: Number.NaN,
			sampledNodes: null,
		});
		return text.nodeWithoutSample(name, noSample[code].sentence);
	} catch (error) {
		return error instanceof KubeError && error.status === 404 ? text.noSuchNode(name) : text.noAdvice;
	}
}

/** The list of samples is empty: kubectl does not look whether there are such nodes. */
export async function emptyNodesFailure(client: KubeClient, { labelSelector }: NodeScope): Promise<TopFailure> {
	if (labelSelector !== '') {
		try {
			if ((await readNodes(client, { name: '', labelSelector })).length === 0) {
				return new TopFailure(text.notAvailableYet, text.noNodeMatches(labelSelector));
			}
		} catch (error) {
			if (!(error instanceof KubeError)) {
				throw error;
			}
		}
	}
	return new TopFailure(text.notAvailableYet, adviceOf('metrics-empty', { resource, name: '', namespace: '' }));
}
