import assert from 'node:assert/strict';
import type { FaultName } from '../../../source/demo/faults.ts';
import type { Kubeconfig } from '../../../source/demo/kubeconfig.ts';
import type { Demo } from '../../../source/demo/options.ts';
import { type Answer, ask, currentToken } from '../ask.ts';

export interface Look {
	demo: Demo;
	readonly config: Kubeconfig;
	get(path: string, accept?: string): Promise<Answer>;
}

/** What one sees of a fault. */
export type Effect = (look: Look) => Promise<void>;
/** Those of a family of faults. */
export type Effects = Readonly<Partial<Record<FaultName, Effect>>>;

export const metrics = '/apis/metrics.k8s.io/v1beta1';

export async function names(look: Look, path: string): Promise<string[]> {
	return (await look.get(path)).json.items.map((item: { metadata: { name: string } }) => item.metadata.name);
}

export async function apiService(look: Look) {
	return (await look.get('/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io')).json;
}

export async function freshness(look: Look, group = 'metrics.k8s.io'): Promise<string> {
	const headers = { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' };
	const { json } = await ask(`${look.demo.url}/apis`, { token: currentToken(look.config), headers });
	return json.items.find((item: { metadata: { name: string } }) => item.metadata.name === group).versions[0].freshness;
}

/** The condition of the APIService, and what the aggregator answers because of it. */
export async function condition(look: Look, status: string, reason: string, message: RegExp): Promise<void> {
	const [found] = (await apiService(look)).status.conditions;
	assert.deepEqual([found.type, found.status, found.reason], ['Available', status, reason]);
	assert.match(found.message, message);
}

export async function unavailable(look: Look, reason: string, message: RegExp): Promise<void> {
	await condition(look, 'False', reason, message);
	const { status, text, headers } = await look.get(`${metrics}/nodes`);
	assert.deepEqual(
		[status, text, headers['content-type']],
		[503, 'service unavailable\n', 'text/plain; charset=utf-8'],
	);
}

const kubeSystem = '/api/v1/namespaces/kube-system';

export async function itsService(look: Look) {
	return (await look.get(`${kubeSystem}/services/metrics-server`)).json;
}

/** The pods of metrics-server. */
export async function itsPods(look: Look) {
	return (await look.get(`${kubeSystem}/pods?labelSelector=k8s-app%3Dmetrics-server`)).json.items;
}

export async function itsContainer(look: Look) {
	const [pod] = await itsPods(look);
	return { ...pod.spec.containers[0], ...pod.status.containerStatuses?.[0] };
}

/** What metrics-server wrote. */
export async function log(look: Look, query = 'tailLines=50'): Promise<string> {
	const [pod] = await itsPods(look);
	const { status, text } = await look.get(
		`${kubeSystem}/pods/${pod.metadata.name}/log?container=metrics-server&${query}`,
	);
	assert.equal(status, 200);
	return text;
}

/** What the kubelet and the controllers said of it. */
export async function eventMessages(look: Look): Promise<string[]> {
	const { json } = await look.get(`${kubeSystem}/events`);
	return json.items
		.filter(({ involvedObject }: { involvedObject: { name: string } }) =>
			involvedObject.name.startsWith('metrics-server'),
		)
		.map(({ message }: { message: string }) => message);
}

/** One of the checks that the kubelet makes of it. */
export async function probeOf(look: Look, kind: 'liveness' | 'readiness') {
	return (await itsContainer(look))[`${kind}Probe`].httpGet;
}

/** By the proxy of its Service if that leads to a ready pod, else by that of the pod itself. */
export async function readiness(look: Look): Promise<Answer> {
	const ofService = await look.get(`${kubeSystem}/services/https:metrics-server:https/proxy/readyz?verbose`);
	if (!/no endpoints available for service/.test(ofService.text)) return ofService;
	const [pod] = await itsPods(look);
	return look.get(`${kubeSystem}/pods/https:${pod.metadata.name}:10250/proxy/readyz?verbose`);
}

export async function clusterRoleBindings(look: Look): Promise<string[]> {
	return names(look, '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings');
}
