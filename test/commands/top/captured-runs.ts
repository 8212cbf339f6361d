/** Which commands `capture.ts` gives to kubectl, and the answers that no real cluster was at hand for. */
import type { Answers } from './playback.ts';

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

const metrics = '/apis/metrics.k8s.io/v1beta1';

/** What the commands below ask of the metrics API. */
export const metricsPaths: readonly string[] = [
	'/nodes',
	'/nodes/node-a',
	'/nodes/nope',
	'/nodes?labelSelector=kubernetes.io%2Fhostname%3Dnode-a',
	'/nodes?labelSelector=nope',
	'/pods',
	'/pods/nope',
	'/pods?labelSelector=app',
	'/namespaces/default/pods',
	'/namespaces/default/pods?labelSelector=a%3Db+c',
	'/namespaces/default/pods?labelSelector=a%3D-b',
	'/namespaces/default/pods?fieldSelector=foo',
	'/namespaces/default/pods?fieldSelector=foo%3Dbar',
	'/namespaces/default/pods/nope',
	'/namespaces/jobs/pods?fieldSelector=metadata.name%3Dmissing-image',
	'/namespaces/jobs/pods/missing-image',
	'/namespaces/kube-system/pods',
	'/namespaces/nope/pods',
	'/namespaces/web/pods',
	'/namespaces/web/pods?fieldSelector=metadata.name%3Dnative-sidecar',
	'/namespaces/web/pods?labelSelector=app%3Dshop',
	'/namespaces/web/pods/native-sidecar',
].map((path) => metrics + path);

/** And of the API server, some of it only we. */
export const objectPaths: readonly string[] = [
	'/api/v1/nodes',
	'/api/v1/nodes/node-a',
	'/api/v1/nodes/nope',
	'/api/v1/nodes?labelSelector=kubernetes.io%2Fhostname%3Dnode-a',
	'/api/v1/nodes?labelSelector=nope',
	'/api/v1/pods',
	'/api/v1/pods?fieldSelector=spec.nodeName%21%3D%2Cstatus.phase%21%3DSucceeded%2Cstatus.phase%21%3DFailed',
	'/api/v1/namespaces/web/pods',
	'/api/v1/namespaces/nope/pods',
	'/api/v1/namespaces/default/pods/nope',
	'/api/v1/namespaces/jobs/pods/missing-image',
	'/api/v1/namespaces/jobs/pods?fieldSelector=metadata.name%3Dmissing-image',
];

/** Run against the cluster itself. */
export const clusterRuns: readonly string[][] = [
	'node',
	'node node-a',
	'node --no-headers',
	'node --sort-by=cpu --show-capacity',
	'node --show-swap',
	'node -l kubernetes.io/hostname=node-a',
	'node nope',
	'pod',
	'pod -n web',
	'pod -A',
	'pod -A --containers',
	'pod -A --sum',
	'pod -A --containers --sum --sort-by=memory',
	'pod -A --sort-by=cpu --no-headers',
	'pod -n web -l app=shop',
	'pod -A -l app',
	'pod -n web --field-selector=metadata.name=native-sidecar',
	'pod native-sidecar -n web',
	'pod native-sidecar -n web --containers',
	'pod -n kube-system --show-swap --sum',
	'node -l nope',
	'pod -n nope',
	'pod nope',
	'pod nope -A',
	'pod missing-image -n jobs',
	'pod -n jobs --field-selector=metadata.name=missing-image',
	'pod -l a=-b',
	'pod --field-selector=foo',
	'pod --field-selector=foo=bar',
	'pod --sort-by=name',
	'pod a -l b',
	'pod a/b%c',
	'node a -l b',
]
	.map(words)
	.concat([['pod', '-l', 'a=b c']]);

/** All flags of a table with all others, on all namespaces and on one. */
export const everyCombination: readonly string[][] = ['-A', '-n web'].flatMap((scope) =>
	['', '--containers'].flatMap((containers) =>
		['', '--sum'].flatMap((sum) =>
			['', '--no-headers'].flatMap((headers) =>
				['', '--sort-by=cpu', '--sort-by=memory'].flatMap((sort) =>
					['', '--show-swap'].map((swap) => words(`pod ${scope} ${containers} ${sum} ${headers} ${sort} ${swap}`)),
				),
			),
		),
	),
);

interface MadeSet {
	name: string;
	answers: Answers;
	runs: readonly string[][];
}

type Usage = Record<string, string>;
const sampled = { timestamp: '2026-07-28T12:00:00Z', window: '15.001s' };

function podMetrics(namespace: string, name: string, containers: Record<string, Usage>): object {
	return {
		metadata: { name, namespace, creationTimestamp: '2026-07-28T12:00:05Z' },
		...sampled,
		containers: Object.entries(containers).map(([container, usage]) => ({ name: container, usage })),
	};
}

function nodeMetrics(name: string, usage: Usage): object {
	return { metadata: { name, creationTimestamp: '2026-07-28T12:00:05Z' }, ...sampled, usage };
}

function node(name: string, allocatable: Usage | undefined, capacity: Usage, swap?: number): object {
	return {
		metadata: { name, creationTimestamp: '2026-07-01T00:00:00Z' },
		status: {
			...(allocatable ? { allocatable } : {}),
			capacity,
			nodeInfo: swap === undefined ? {} : { swap: { capacity: swap } },
		},
	};
}

function list(kind: string, items: readonly object[], version = 'v1'): { json: string } {
	return { json: JSON.stringify({ kind, apiVersion: version, metadata: {}, items }) };
}

const podList = (items: readonly object[]) => list('PodMetricsList', items, 'metrics.k8s.io/v1beta1');
const nodeList = (items: readonly object[]) => list('NodeMetricsList', items, 'metrics.k8s.io/v1beta1');

/** A sequence that looks random and never changes. */
function numbers(seed: number): (below: number) => number {
	let state = seed;
	return (below) => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return Math.floor((state / 2 ** 31) * below);
	};
}

/** More rows of one number than an insertion sort would take. */
function ties(): MadeSet {
	const below = numbers(7);
	const pods = Array.from({ length: 150 }, (_, index) =>
		podMetrics(`ns-${below(4)}`, `pod-${String(index).padStart(3, '0')}`, {
			main: { cpu: `${below(5)}m`, memory: `${below(4)}Mi` },
			...(below(3) === 0 ? { side: { cpu: `${below(2_000_000)}n`, memory: `${below(2048)}Ki` } } : {}),
		}),
	);
	const nodes = Array.from({ length: 70 }, (_, index) => `node-${String(69 - index).padStart(2, '0')}`);
	return {
		name: 'many rows with equal numbers',
		answers: {
			[`${metrics}/pods`]: podList(pods),
			[`${metrics}/nodes`]: nodeList(
				nodes.map((name) => nodeMetrics(name, { cpu: `${below(3)}`, memory: `${1 + below(3)}Gi` })),
			),
			'/api/v1/nodes': list(
				'NodeList',
				nodes.map((name) => node(name, { cpu: '3900m', memory: '7Gi' }, { cpu: '4', memory: '8Gi' })),
			),
		},
		runs: [
			'pod -A',
			'pod -A --sort-by=cpu',
			'pod -A --sort-by=memory --containers',
			'node',
			'node --sort-by=cpu',
			'node --sort-by=memory',
		].map(words),
	};
}

/** Nodes and samples that do not match each other. */
const oddNodes: MadeSet = {
	name: 'nodes with parts missing',
	answers: {
		[`${metrics}/nodes`]: nodeList([
			nodeMetrics('full', { cpu: '1500m', memory: '1Gi', swap: '100Mi' }),
			nodeMetrics('over', { cpu: '4321m', memory: '9Gi' }),
			nodeMetrics('not-in-the-list', { cpu: '250m', memory: '64Mi' }),
			nodeMetrics('no-memory', { cpu: '1', memory: '1Gi' }),
			nodeMetrics('zero', { cpu: '1', memory: '1Gi' }),
			nodeMetrics('huge', { cpu: '0.2505', memory: '9437184Mi' }),
			nodeMetrics('bare', { cpu: '17n', memory: '1' }),
			nodeMetrics('no-usage', {}),
		]),
		'/api/v1/nodes': list('NodeList', [
			node('full', { cpu: '3', memory: '3Gi' }, { cpu: '4', memory: '4Gi' }, 2 * 2 ** 30),
			node('over', { cpu: '4', memory: '8Gi' }, { cpu: '4', memory: '8Gi' }),
			node('no-memory', { cpu: '4' }, { cpu: '4', memory: '4Gi' }, 0),
			node('zero', { cpu: '0', memory: '0' }, { cpu: '0', memory: '0' }),
			node('huge', { cpu: '1.0001', memory: '12897484Mi' }, { cpu: '448', memory: '12907484Mi' }),
			node('bare', undefined, { cpu: '2', memory: '2Gi' }),
			node('no-usage', { cpu: '2', memory: '2Gi' }, { cpu: '2', memory: '2Gi' }),
			node('without-a-sample', { cpu: '2', memory: '2Gi' }, { cpu: '2', memory: '2Gi' }, 2 ** 30),
		]),
	},
	runs: [
		'node',
		'node --show-capacity',
		'node --show-swap',
		'node --no-headers',
		'node --no-headers --show-swap',
		'node --sort-by=cpu',
		'node --sort-by=memory --show-swap --show-capacity',
	].map(words),
};

const oddPods: MadeSet = {
	name: 'pods with unusual names and numbers',
	answers: {
		[`${metrics}/namespaces/default/pods`]: podList([
			podMetrics('default', 'größe', { café: { cpu: '1n', memory: '1048575' } }),
			podMetrics('default', '日本語-pod', {
				一: { cpu: '999999n', memory: '1048576' },
				二: { cpu: '1', memory: '2Gi' },
			}),
			podMetrics('default', 'emoji-🙂', { a: { cpu: '1000001n', memory: '500Ki' } }),
			podMetrics('default', 'a-very-long-name-of-a-pod-that-makes-the-first-column-wide-5d4f8c7b9-abcde', {
				'a-long-name-of-a-container-too': { cpu: '123456789012n', memory: '1Ti' },
			}),
			podMetrics('default', 'units', {
				a: { cpu: '0.5', memory: '1e9' },
				b: { cpu: '1500u', memory: '128M' },
				c: { cpu: '2k', memory: '0.5Gi' },
			}),
			podMetrics('default', 'half-a-millicore', {
				a: { cpu: '500u', memory: '524288' },
				b: { cpu: '500u', memory: '524288' },
			}),
			podMetrics('default', 'swaps', { a: { cpu: '1m', memory: '1Mi', swap: '3Mi' }, b: { cpu: '1m', memory: '1Mi' } }),
			podMetrics('default', 'no-containers', {}),
			podMetrics('default', 'no-usage', { a: {} }),
			podMetrics('default', 'x', { y: { cpu: '0', memory: '0' } }),
		]),
	},
	runs: [
		'pod',
		'pod --containers',
		'pod --sum',
		'pod --sum --no-headers',
		'pod --containers --sum',
		'pod --containers --sum --no-headers',
		'pod --show-swap --sum',
		'pod --show-swap --sum --no-headers --containers',
		'pod --sort-by=cpu --containers',
		'pod --sort-by=memory',
	].map(words),
};

const onePod: MadeSet = {
	name: 'one pod with a short name',
	answers: {
		[`${metrics}/namespaces/default/pods`]: podList([podMetrics('default', 'x', { y: { cpu: '1m', memory: '1Mi' } })]),
	},
	runs: ['pod', 'pod --no-headers', 'pod --sum --no-headers', 'pod --sum --containers'].map(words),
};

function corePod(name: string, createdAt: string, phase: string): object {
	return {
		metadata: { name, namespace: 'default', uid: name, creationTimestamp: createdAt },
		spec: { containers: [{ name: 'main' }], nodeName: 'n1' },
		status: { phase },
	};
}

const emptyPods = podList([]);

const emptyLists: MadeSet[] = [
	{
		name: 'no samples and no pods',
		answers: {
			[`${metrics}/namespaces/default/pods`]: emptyPods,
			[`${metrics}/pods`]: emptyPods,
			[`${metrics}/nodes`]: nodeList([]),
			'/api/v1/namespaces/default/pods': list('PodList', []),
			'/api/v1/pods': list('PodList', []),
			'/api/v1/nodes': list('NodeList', []),
		},
		runs: ['pod', 'pod -A', 'node', 'pod --no-headers --sum'].map(words),
	},
	{
		name: 'no samples, and an old pod',
		answers: {
			[`${metrics}/namespaces/default/pods`]: emptyPods,
			'/api/v1/namespaces/default/pods': list('PodList', [
				corePod('young', '2099-01-01T00:00:00Z', 'Running'),
				corePod('old', '2026-01-01T00:00:00Z', 'Running'),
			]),
		},
		runs: ['pod'].map(words),
	},
	{
		name: 'no samples, and young pods only',
		answers: {
			[`${metrics}/namespaces/default/pods`]: emptyPods,
			'/api/v1/namespaces/default/pods': list('PodList', [corePod('young', '2099-01-01T00:00:00Z', 'Running')]),
		},
		runs: ['pod'].map(words),
	},
];

const status = (code: number, reason: string, message: string, details: object = {}): string =>
	JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code });

function failing(name: string, answer: Answers[string], discovery: Answers = {}): MadeSet {
	return {
		name,
		answers: {
			[`${metrics}/namespaces/default/pods`]: answer,
			[`${metrics}/namespaces/default/pods/p1`]: answer,
			[`${metrics}/nodes`]: answer,
			...discovery,
		},
		runs: ['pod', 'pod p1', 'node'].map(words),
	};
}

const forbidden =
	'pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "default"';

/** /apis in the form that servers since 1.26 answer to kubectl. */
function aggregated(freshness: string): Answers {
	return {
		'/apis': {
			contentType: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
			json: JSON.stringify({
				kind: 'APIGroupDiscoveryList',
				apiVersion: 'apidiscovery.k8s.io/v2',
				metadata: {},
				items: [{ metadata: { name: 'metrics.k8s.io' }, versions: [{ version: 'v1beta1', freshness, resources: [] }] }],
			}),
		},
	};
}

const failures: MadeSet[] = [
	failing('forbidden', { status: 403, json: status(403, 'Forbidden', forbidden) }),
	failing(
		'forbidden from the start',
		{ status: 403, json: status(403, 'Forbidden', forbidden.replace('jane', 'system:anonymous')) },
		{
			'/api': {
				status: 403,
				json: status(403, 'Forbidden', 'forbidden: User "system:anonymous" cannot get path "/api"'),
			},
		},
	),
	failing(
		'unauthorized',
		{ status: 401, json: status(401, 'Unauthorized', 'Unauthorized') },
		{ '/api': { status: 401, json: status(401, 'Unauthorized', 'Unauthorized') } },
	),
	failing('unavailable', { status: 503, text: 'service unavailable\n' }),
	failing('unavailable, and discovery knows', { status: 503, text: 'service unavailable\n' }, aggregated('Stale')),
	failing('unavailable, and discovery does not know', { status: 503, text: 'no\n' }, aggregated('Current')),
	failing('not acceptable', { status: 406, text: 'only JSON' }),
	failing('internal error in text', { status: 500, text: 'subjectaccessreviews.authorization.k8s.io is "forbidden"' }),
	failing('internal error without words', { status: 500, json: '{}' }),
	failing('a status without a reason', { status: 418, json: status(418, '', 'I am a teapot') }),
	failing('gateway timeout', {
		status: 504,
		json: status(504, 'Timeout', 'Timeout: request did not complete within 1m0s'),
	}),
	failing('not found in text', { status: 404, text: '404 page not found\n' }),
	failing(
		'group absent',
		{ status: 404, text: '404 page not found\n' },
		{
			'/apis': { json: '{"kind":"APIGroupList","apiVersion":"v1","groups":[]}' },
			'/apis/metrics.k8s.io': { status: 404, text: '404 page not found\n' },
		},
	),
	failing('discovery fails', { status: 503, text: 'no' }, { '/apis': { status: 503, text: 'not yet' } }),
	failing('pod of that name is not sampled', {
		status: 404,
		json: status(404, 'NotFound', 'podmetrics.metrics.k8s.io "default/p1" not found', {
			name: 'default/p1',
			kind: 'podmetrics',
		}),
	}),
];

export const madeSets: readonly MadeSet[] = [ties(), oddNodes, oddPods, onePod, ...emptyLists, ...failures];
