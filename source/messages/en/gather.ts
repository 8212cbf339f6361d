/** What people read when a source of a ledger did not answer. One source's failure leaves the others standing. */
import { clean } from '../../model/clean.ts';
import type { SourceId } from '../../model/reading.ts';

/** The sources as they stand in sentences. */
export const sourceNames: Readonly<Record<SourceId, string>> = {
	'metrics-api': 'the metrics API',
	'kubelet-summary': "the kubelet's summary",
	'kubelet-resource': "the kubelet's resource metrics",
	'kubelet-cadvisor': "the kubelet's cAdvisor metrics",
	cadvisor: 'cAdvisor',
	docker: 'Docker',
	'cgroup-v1': 'the cgroup',
	'cgroup-v2': 'the cgroup',
	proc: '/proc',
	'pod-spec': "the pod's spec",
	'node-status': "the node's status",
};

/** Who was asked, for a sentence: the kubelet itself, or through the API server. */
export interface Asked {
	node: string;
	path: string;
	/** '' if the question went through the API server, else the kubelet's address. */
	kubelet: string;
	/** First line of what was answered, or the code of the failure; '' if there is neither. */
	said: string;
}

function who({ node, kubelet }: Asked): string {
	return kubelet === '' ? `the kubelet of ${clean(node)}` : `the kubelet at ${clean(kubelet)}`;
}

function words(said: string): string {
	if (said === '') {
		return '';
	}
	return /^[A-Z][A-Z0-9_]+$/.test(said) ? ` (${said})` : ` It said: ${clean(said)}.`.replace(/\.\.$/, '.');
}

export function nodesProxyForbidden(asked: Asked): string {
	return `You may not ask ${who(asked)} through the API server (403: nodes/proxy). That right is wide, and few have it; the numbers of the metrics API need none of it. With an account that may read nodes/stats and nodes/metrics, ask the kubelet itself: --kubelet https://NODE:10250.`;
}

export function kubeletForbids(asked: Asked): string {
	return `${capital(who(asked))} does not let you read ${asked.path} (403). It wants the right to get nodes/stats (for /stats) or nodes/metrics (for /metrics).${words(asked.said)}`;
}

export function kubeletRefusesApiServer(asked: Asked, status: number): string {
	return `${capital(who(asked))} refused the API server's own identity (${status}): the API server's --kubelet-client-certificate is not one that this kubelet trusts. kubectl logs and exec fail likewise.${words(asked.said)}`;
}

export function kubeletUnauthorized(asked: Asked, plain: boolean): string {
	return plain
		? `${capital(who(asked))} wants to know who you are (401), and over http nobody is told. Use https://.`
		: `${capital(who(asked))} does not accept your credentials (401). It must be told to ask the API server about tokens (authentication.webhook) or to trust your certificate's authority (x509.clientCAFile).`;
}

export function nodeUnknown(asked: Asked): string {
	return `There is no node ${clean(asked.node)}.`;
}

export function otherNode(kubelet: string, its: string, node: string): string {
	return `The kubelet at ${clean(kubelet)} is that of ${clean(its)}, not of ${clean(node)}: its numbers are left out. Name the kubelet of ${clean(node)} with --kubelet.`;
}

export function pathUnknown(asked: Asked): string {
	return `${capital(who(asked))} has no ${asked.path} (404): it is older or newer than that, or is none (virtual nodes have none).`;
}

export function addressNotAllowed(asked: Asked): string {
	return `The API server does not pass questions on to ${clean(asked.node)}: the node's address is a loopback or link-local one, and it refuses those (400). From a machine that reaches it, ask the kubelet itself: --kubelet https://NODE:10250.`;
}

export function kubeletUnreachable(asked: Asked): string {
	return asked.kubelet === ''
		? `The API server does not reach ${who(asked)}: the node is down, or a firewall stands between them.${words(asked.said)}`
		: `${capital(who(asked))} is not to be reached from here. Nodes are seldom reachable from outside their network; 10255 is closed on most.${words(asked.said)}`;
}

export function kubeletTls(asked: Asked): string {
	return asked.kubelet === ''
		? `The API server does not trust the certificate of ${who(asked)}.${words(asked.said)}`
		: `The certificate of ${who(asked)} is not trusted: many kubelets sign their own. Name its authority: --kubelet-certificate-authority FILE.${words(asked.said)}`;
}

export function kubeletTimeout(asked: Asked, milliseconds: number): string {
	return `${capital(who(asked))} did not answer ${asked.path} within ${milliseconds / 1000} s.`;
}

export function otherFailure(asked: Asked, status: number): string {
	const code = status === 0 ? '' : ` (${status})`;
	return `${capital(who(asked))} did not give ${asked.path}${code}.${words(asked.said)}`;
}

export function noPodSample(name: string): string {
	return `The metrics API has no sample of ${clean(name)}: whytop doctor tells why.`;
}

export const noMetricsApi = 'This cluster has no metrics API (metrics.k8s.io): whytop doctor tells why.';

export function metricsForbidden(said: string): string {
	return `You may not read the metrics API (403).${words(said)}`;
}

export function metricsFailed(said: string): string {
	return `The metrics API did not answer.${words(said)}`;
}

export function nodeStatusForbidden(node: string): string {
	return `You may not read the node ${clean(node)} (403): its versions and what it may allot are unknown.`;
}

export function nodeStatusFailed(node: string, said: string): string {
	return `The node ${clean(node)} could not be read.${words(said)}`;
}

export function olderSample(source: string, container: string): string {
	return `The sample of ${clean(container)} in ${source} was taken before the container that runs now was started: it is left out.`;
}

/** @param age ms, NaN if unknown; @param until ms, within which the next one comes */
export function sameSample(source: string, age: number, until: number): string {
	const old = Number.isNaN(age) ? '' : `, ${Math.round(age / 1000)} s old`;
	return `${capital(source)} still have the same sample of the CPU counters${old}: a rate needs two.${age > 4 * until ? '' : ` The next one comes within ${Math.ceil(until / 1000)} s; ask again then.`}`;
}

export function otherContainer(source: string, container: string): string {
	return `${capital(source)} knows ${clean(container)} only by another container's id, one that ran before or after: it is left out.`;
}

export function podNotOnNode(source: string, pod: string): string {
	return `${capital(source)} does not have the pod ${clean(pod)}: it was not sampled yet, or runs no more.`;
}

export const notScheduled = 'The pod has no node yet: no kubelet knows it.';

function capital(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
