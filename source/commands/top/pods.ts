/** `whytop top pods` and `whytop top containers`. */
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import * as text from '../../messages/en/top.ts';
import { writeDocument } from './documents.ts';
import { longestWindow, type SampleContext } from './evidence.ts';
import { objectFailure } from './failure.ts';
import { orderPods } from './kubectl-order.ts';
import { kubectlTable } from './kubectl-table.ts';
import { podDocument } from './pod-document.ts';
import { emptyPodsFailure, podSamplesFailure } from './pod-failure.ts';
import { type PodTableOptions, podTable } from './pod-table.ts';
import { type Pod, readPods } from './read-objects.ts';
import { readNodeSamples, readPodSamples } from './read-samples.ts';
import type { DocumentOutput, PodScope, TopRequest, TopStreams } from './request.ts';
import type { PodSample } from './samples.ts';
import { widePodTable } from './wide.ts';

export async function topPods(request: TopRequest, client: KubeClient, streams: TopStreams): Promise<ExitCode> {
	const current = request.namespace ?? client.target.namespace;
	const scope: PodScope = {
		namespace: request.allNamespaces ? '' : current,
		current,
		name: request.name,
		labelSelector: request.labelSelector,
		fieldSelector: request.fieldSelector,
	};
	const options: PodTableOptions = {
		containers: request.resource === 'containers' || request.containers,
		namespaces: request.allNamespaces,
		headers: request.headers,
		sum: request.sum,
		showSwap: request.showSwap,
	};
	const samples = await samplesOf(client, scope);
	orderPods(samples, request.sortBy, options.namespaces);
	const { output } = request;
	if (output !== 'table' && output !== 'wide') {
		return await document(output, client, streams, scope, samples, options);
	}
	if (samples.length === 0) {
		return await nothing(client, streams, scope);
	}
	if (output === 'table') {
		streams.out(kubectlTable(podTable(samples, options)));
		return exitCodes.ok;
	}
	const pods = await podsIfReadable(client, streams, scope);
	const byName = new Map((pods ?? []).map((pod) => [key(pod), pod]));
	streams.out(kubectlTable(widePodTable(samples, byName, client.serverTime(), options)));
	const sampled = new Set(samples.map(key));
	const leftOut = (pods ?? []).filter((pod) => pod.phase === 'Running' && !sampled.has(key(pod))).length;
	if (leftOut > 0) {
		streams.error(`${text.podsLeftOut(leftOut)}\n`);
	}
	return exitCodes.ok;
}

function key({ namespace, name }: { namespace: string; name: string }): string {
	return `${namespace}/${name}`;
}

async function samplesOf(client: KubeClient, scope: PodScope): Promise<PodSample[]> {
	try {
		return await readPodSamples(client, scope);
	} catch (error) {
		throw await podSamplesFailure(error, client, scope);
	}
}

/** No samples at all: kubectl's verdict on why, with ours. */
async function nothing(client: KubeClient, streams: TopStreams, scope: PodScope): Promise<ExitCode> {
	let pods: Pod[];
	try {
		pods = await readPods(client, scope);
	} catch (error) {
		throw objectFailure(error, client, { resource: 'pods', name: '', namespace: scope.namespace });
	}
	if (pods.length > 0) {
		throw await emptyPodsFailure(client, scope, pods);
	}
	streams.error(`${text.noResources(scope.namespace)}\n`);
	return exitCodes.ok;
}

/** null, and a line that says so, where this user may not read them: kubectl does not need them. */
async function podsIfReadable(client: KubeClient, { error }: TopStreams, scope: PodScope): Promise<Pod[] | null> {
	try {
		return await readPods(client, scope);
	} catch (problem) {
		if (!(problem instanceof KubeError) || problem.kind !== 'status') {
			throw problem;
		}
		error(`${text.podsNotReadable(problem.message)}\n`);
		return null;
	}
}

/** Which nodes have a sample, if there is a pod whose missing sample that may explain. */
async function sampledNodes(
	client: KubeClient,
	pods: readonly Pod[],
	samples: readonly PodSample[],
): Promise<Set<string> | null> {
	const sampled = new Set(samples.map(key));
	if (!pods.some((pod) => pod.phase === 'Running' && !sampled.has(key(pod)))) {
		return null;
	}
	try {
		return new Set((await readNodeSamples(client, { name: '', labelSelector: '' })).map(({ name }) => name));
	} catch (error) {
		if (error instanceof KubeError) {
			return null;
		}
		throw error;
	}
}

async function document(
	output: DocumentOutput,
	client: KubeClient,
	streams: TopStreams,
	scope: PodScope,
	samples: readonly PodSample[],
	options: PodTableOptions,
): Promise<ExitCode> {
	const pods = (await podsIfReadable(client, streams, scope)) ?? [];
	const context: SampleContext = {
		metrics: 'answering',
		serverTime: client.serverTime(),
		window: longestWindow(samples),
		sampledNodes: await sampledNodes(client, pods, samples),
	};
	await writeDocument(podDocument(samples, pods, context, options), output, options.headers, streams.out);
	// Nothing is sampled though something runs: the same answer as to the table, which a document does not say aloud.
	if (samples.length === 0 && pods.some(({ phase }) => phase === 'Running')) {
		throw await emptyPodsFailure(client, scope, pods);
	}
	return exitCodes.ok;
}
