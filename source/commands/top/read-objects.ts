/** Asks the API server for pods and nodes themselves: what the metrics API leaves out, and what numbers are measured by. */
import type { KubeClient } from '../../kube/client.ts';
import { listPages } from '../../kube/list.ts';
import type { ListMeta, NodeRecord, PodRecord } from '../../model/records.ts';
import { acceptList } from '../../sources/accept.ts';
import { decodeNodeList } from '../../sources/nodes.ts';
import { decodePodList } from '../../sources/pods.ts';
import { decoded } from './decoded.ts';
import { readOneAsList } from './one-as-list.ts';
import type { NodeScope, PodScope } from './request.ts';

/** The parts of a pod that are kept; the record itself is used again for the next pod. */
export type Pod = Pick<
	PodRecord,
	| 'namespace'
	| 'name'
	| 'createdAt'
	| 'node'
	| 'phase'
	| 'status'
	| 'cpuRequest'
	| 'cpuLimit'
	| 'memoryRequest'
	| 'memoryLimit'
> & { containers: Container[] };

export type Container = Pick<
	PodRecord['containers'][number],
	'name' | 'kind' | 'state' | 'startedAt' | 'restarts' | 'cpuRequest' | 'cpuLimit' | 'memoryRequest' | 'memoryLimit'
>;

export type Node = Pick<
	NodeRecord,
	| 'name'
	| 'createdAt'
	| 'kind'
	| 'status'
	| 'cpuAllocatable'
	| 'memoryAllocatable'
	| 'cpuCapacity'
	| 'memoryCapacity'
	| 'swapCapacity'
>;

/** Few round trips: a page is read whole and let go. */
const pageSize = 2000;

/** Pods in the order of the API server. @throws KubeError */
export async function readPods(client: KubeClient, scope: PodScope): Promise<Pod[]> {
	let pods: Pod[] = [];
	await visitPods(
		client,
		scope,
		(pod) => pods.push(copyOfPod(pod)),
		() => {
			pods = [];
		},
	);
	return pods;
}

/** What the pods on a node request, together. */
export interface NodeRequests {
	pods: number;
	cpu: number;
	memory: number;
}

/** By node's name, of all pods that are bound to a node and have not ended. @throws KubeError */
export async function readNodeRequests(client: KubeClient): Promise<Map<string, NodeRequests>> {
	const requests = new Map<string, NodeRequests>();
	const scope = {
		namespace: '',
		current: '',
		name: '',
		labelSelector: '',
		fieldSelector: 'spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed',
	};
	await visitPods(
		client,
		scope,
		({ node, cpuRequest, memoryRequest }) => {
			const sum = requests.get(node) ?? { pods: 0, cpu: 0, memory: 0 };
			sum.pods++;
			sum.cpu += cpuRequest || 0;
			sum.memory += memoryRequest || 0;
			requests.set(node, sum);
		},
		() => requests.clear(),
	);
	return requests;
}

/** @throws KubeError */
export async function readNodes(client: KubeClient, { name, labelSelector }: NodeScope): Promise<Node[]> {
	let nodes: Node[] = [];
	await visitPages(
		client,
		{ path: '/api/v1/nodes', kind: 'NodeList', name, query: { labelSelector: labelSelector || undefined } },
		(body, contentType) => decodeNodeList(body, contentType, (node) => nodes.push(copyOfNode(node))),
		() => {
			nodes = [];
		},
	);
	return nodes;
}

async function visitPods(
	client: KubeClient,
	{ namespace, name, labelSelector, fieldSelector }: PodScope,
	visit: (pod: PodRecord) => void,
	onRestart: () => void,
): Promise<void> {
	await visitPages(
		client,
		{
			path: namespace === '' ? '/api/v1/pods' : `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
			kind: 'PodList',
			name,
			query: { labelSelector: labelSelector || undefined, fieldSelector: fieldSelector || undefined },
		},
		(body, contentType) => decodePodList(body, contentType, visit),
		onRestart,
	);
}

interface Wanted {
	path: string;
	kind: string;
	/** '' for the list. */
	name: string;
	query: Record<string, string | undefined>;
}

async function visitPages(
	client: KubeClient,
	{ path, kind, name, query }: Wanted,
	decode: (body: Buffer, contentType: string) => ListMeta,
	onRestart: () => void,
): Promise<void> {
	const onPage = (body: Buffer, contentType: string): ListMeta => decoded(() => decode(body, contentType));
	if (name === '') {
		await listPages(client, path, { accept: acceptList, pageSize, query, onRestart }, onPage);
	} else {
		const { body, contentType } = await readOneAsList(client, path, name, kind);
		onPage(body, contentType);
	}
}

function copyOfPod(pod: PodRecord): Pod {
	const { namespace, name, createdAt, node, phase, status, cpuRequest, cpuLimit, memoryRequest, memoryLimit } = pod;
	return {
		namespace,
		name,
		createdAt,
		node,
		phase,
		status,
		cpuRequest,
		cpuLimit,
		memoryRequest,
		memoryLimit,
		containers: pod.containers.map(copyOfContainer),
	};
}

function copyOfContainer(container: PodRecord['containers'][number]): Container {
	const { name, kind, state, startedAt, restarts, cpuRequest, cpuLimit, memoryRequest, memoryLimit } = container;
	return { name, kind, state, startedAt, restarts, cpuRequest, cpuLimit, memoryRequest, memoryLimit };
}

function copyOfNode(node: NodeRecord): Node {
	const { name, createdAt, kind, status, cpuAllocatable, memoryAllocatable } = node;
	const { cpuCapacity, memoryCapacity, swapCapacity } = node;
	return {
		name,
		createdAt,
		kind,
		status,
		cpuAllocatable,
		memoryAllocatable,
		cpuCapacity,
		memoryCapacity,
		swapCapacity,
	};
}
