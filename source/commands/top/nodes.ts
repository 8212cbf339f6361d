/** `whytop top nodes`. */
import { type ExitCode, exitCodes } from '../../exit-codes.ts';
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import * as text from '../../messages/en/top.ts';
import { type Item, type ItemList, writeDocument } from './documents.ts';
import { longestWindow, type SampleContext, whyNoNodeSample } from './evidence.ts';
import { objectFailure } from './failure.ts';
import { type NodeUsage, nodeUsage, rfc3339 } from './items.ts';
import { orderNodes } from './kubectl-order.ts';
import { kubectlTable } from './kubectl-table.ts';
import { emptyNodesFailure, nodeSamplesFailure } from './node-failure.ts';
import { type NodeAvailable, nodeHeader, nodeTable, unknown } from './node-table.ts';
import { type Node, type NodeRequests, readNodeRequests, readNodes } from './read-objects.ts';
import { readNodeSamples } from './read-samples.ts';
import type { NodeScope, TopRequest, TopStreams } from './request.ts';
import type { NodeSample } from './samples.ts';
import { wideNodeTable } from './wide.ts';

export async function topNodes(request: TopRequest, client: KubeClient, streams: TopStreams): Promise<ExitCode> {
	const { output } = request;
	const scope: NodeScope = { name: request.name, labelSelector: request.labelSelector };
	const samples = await samplesOf(client, scope);
	if (samples.length === 0 && (output === 'table' || output === 'wide')) {
		throw await emptyNodesFailure(client, scope);
	}
	orderNodes(samples, request.sortBy);
	const nodes = await nodesOf(client, scope);
	if (output === 'table') {
		streams.out(kubectlTable(nodeTable(samples, availableOf(nodes, request.showCapacity), request)));
		return exitCodes.ok;
	}
	const requests = await requestsIfReadable(client, streams);
	const context: SampleContext = {
		metrics: samples.length === 0 ? 'metrics-empty' : 'answering',
		serverTime: client.serverTime(),
		window: longestWindow(samples),
		sampledNodes: null,
	};
	if (output === 'wide') {
		streams.out(kubectlTable(wideTable(request, samples, nodes, requests, context)));
		return exitCodes.ok;
	}
	await writeDocument(nodeDocument(samples, nodes, requests, context), output, request.headers, streams.out);
	if (samples.length === 0) {
		throw await emptyNodesFailure(client, scope);
	}
	return exitCodes.ok;
}

async function samplesOf(client: KubeClient, scope: NodeScope): Promise<NodeSample[]> {
	try {
		return await readNodeSamples(client, scope);
	} catch (error) {
		throw await nodeSamplesFailure(error, client, scope);
	}
}

async function nodesOf(client: KubeClient, scope: NodeScope): Promise<Node[]> {
	try {
		return await readNodes(client, scope);
	} catch (error) {
		throw objectFailure(error, client, { resource: 'nodes', name: scope.name, namespace: '' });
	}
}

/** What pods request of their nodes, or null and a line that says why not. */
async function requestsIfReadable(
	client: KubeClient,
	{ error }: TopStreams,
): Promise<Map<string, NodeRequests> | null> {
	try {
		return await readNodeRequests(client);
	} catch (problem) {
		if (!(problem instanceof KubeError) || problem.kind !== 'status') {
			throw problem;
		}
		error(`${text.requestsNotReadable(problem.message)}\n`);
		return null;
	}
}

function availableOf(nodes: readonly Node[], ofCapacity: boolean): Map<string, NodeAvailable> {
	return new Map(
		nodes.map((node) => [
			node.name,
			{
				cpu: ofCapacity ? node.cpuCapacity : node.cpuAllocatable,
				memory: ofCapacity ? node.memoryCapacity : node.memoryAllocatable,
				swap: node.swapCapacity,
			},
		]),
	);
}

function wideTable(
	{ headers, showCapacity, showSwap }: TopRequest,
	samples: readonly NodeSample[],
	nodes: readonly Node[],
	requests: Map<string, NodeRequests> | null,
	context: SampleContext,
): string[][] {
	const available = availableOf(nodes, showCapacity);
	return wideNodeTable({
		header: headers ? nodeHeader(showSwap) : null,
		rows: nodeTable(samples, available, { headers: false, showSwap }, [unknown]),
		samples: new Map(samples.map((sample) => [sample.name, sample])),
		nodes: new Map(nodes.map((node) => [node.name, node])),
		requests,
		whyNoSample: (node) => whyNoNodeSample(node, context),
		showCapacity,
		serverTime: context.serverTime,
	});
}

/** Nodes of the samples in kubectl's order, then those that have none, by name. */
function nodeDocument(
	samples: readonly NodeSample[],
	nodes: readonly Node[],
	requests: Map<string, NodeRequests> | null,
	context: SampleContext,
): ItemList {
	const remaining = new Map(nodes.map((node) => [node.name, node]));
	const requestsOf = (name: string): NodeRequests | null =>
		requests === null ? null : (requests.get(name) ?? { pods: 0, cpu: 0, memory: 0 });
	const items: NodeUsage[] = samples.map((sample) => {
		const node = remaining.get(sample.name);
		remaining.delete(sample.name);
		return nodeUsage(sample.name, node, requestsOf(sample.name), sample, null);
	});
	for (const [name, node] of [...remaining].sort(([first], [second]) => (first < second ? -1 : 1))) {
		items.push(nodeUsage(name, node, requestsOf(name), null, whyNoNodeSample(node, context)));
	}
	return {
		kind: 'NodeUsageList',
		serverTime: rfc3339(context.serverTime),
		sum: null,
		fields: Object.keys(nodeUsage('', undefined, null, null, null)),
		items: items as unknown as readonly Item[],
	};
}
