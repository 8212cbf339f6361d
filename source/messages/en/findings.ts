/**
 * What findings say. Each has fixed slots: a title of one line, what was seen, what it means, what to do. A line of
 * `act` that can be typed begins with a command; the first is safe and only reads.
 */
import { age } from '../../model/display.ts';
import type { Finding } from '../../model/finding.ts';
import type { NoSampleCode } from '../../model/usage.ts';
import { noSample } from './no-sample.ts';

export type Facts = Finding['facts'];

export interface FindingMessage {
	title: (facts: Facts) => string;
	seen: (facts: Facts) => string;
	means: (facts: Facts) => string;
	act: (facts: Facts) => readonly string[];
}

/** Seconds of either sign, as coarse as an age: to the second, what lasts for days would be new at every look. */
function duration(facts: Facts): string {
	return age(Math.abs(Number(facts['seconds'] ?? 0)) * 1000);
}

function word(facts: Facts, name: string, otherwise = ''): string {
	const value = facts[name];
	return value === undefined || value === '' ? otherwise : String(value);
}

/** `: the server's words`, or nothing. */
function because(facts: Facts): string {
	const error = word(facts, 'error');
	return error === '' ? '' : `: ${error}`;
}

/** A name that goes into a command must be one that Kubernetes allows: nobody should paste anything else. */
function safe(name: string, otherwise: string): string {
	return /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) ? name : otherwise;
}

function count(facts: Facts, singular: string): string {
	const number = Number(facts['count'] ?? 1);
	return `${number} ${singular}${number === 1 ? '' : 's'}`;
}

/** `2.5 s` of a fact in ms. */
function seconds(facts: Facts, name: string): string {
	return `${Number((Number(facts[name] ?? 0) / 1_000).toFixed(1))} s`;
}

function sentence(facts: Facts): string {
	return noSample[word(facts, 'code') as NoSampleCode]?.sentence ?? '';
}

/** ` (too young)`, unless that would only repeat that there is no sample. */
function short(facts: Facts): string {
	const reason = noSample[word(facts, 'code') as NoSampleCode]?.short ?? 'no sample';
	return reason === 'no sample' ? '' : ` (${reason})`;
}

/** The API version that the metrics were asked in. */
function version(facts: Facts): string {
	const known = word(facts, 'version', 'v1beta1').replace(/^metrics\.k8s\.io\//, '');
	return /^v[0-9a-z]+$/.test(known) ? known : 'v1beta1';
}

function resource(facts: Facts): string {
	return word(facts, 'resource', 'nodes');
}

/** The path of the list that was asked. */
function metricsPath(facts: Facts): string {
	const namespace = safe(word(facts, 'namespace'), '');
	const scope = namespace === '' || resource(facts) === 'nodes' ? '' : `namespaces/${namespace}/`;
	return `/apis/metrics.k8s.io/${version(facts)}/${scope}${resource(facts) === 'pods' ? 'pods' : 'nodes'}`;
}

function canList(facts: Facts, kind: string): string {
	const namespace = safe(word(facts, 'namespace'), '');
	return `kubectl auth can-i list ${kind}${namespace === '' || kind.startsWith('nodes') ? ' --all-namespaces' : ` -n ${namespace}`}`;
}

const metricsServerLog = 'kubectl -n kube-system logs -l k8s-app=metrics-server --tail=50';

const metricsApiService = (facts: Facts) => `kubectl get apiservice ${version(facts)}.metrics.k8s.io -o yaml`;

/** The first of the names that a finding lists. */
function firstName(facts: Facts): string {
	return word(facts, 'names').split(/, | and /)[0] ?? '';
}

export const findings: Readonly<Record<string, FindingMessage>> = {
	'api-unreachable': {
		title: (facts) => `the API server does not answer${because(facts)}`,
		seen: (facts) => `No connection to ${word(facts, 'server', 'the API server')}${because(facts)}`,
		means: () =>
			'The rows on screen are the last that were known. whytop keeps trying and goes on by itself when the server answers.',
		act: () => [
			'kubectl version',
			'kubectl config view --minify',
			'VPN, DNS, proxy variables and the address in the kubeconfig are the usual places to look.',
		],
	},
	'api-slow': {
		title: (facts) =>
			`the API server is slow: no answer about ${word(facts, 'resource', 'a list')} for ${word(facts, 'seconds', 'several')} s`,
		seen: (facts) =>
			`${word(facts, 'server', 'The API server')} was asked about ${word(facts, 'resource', 'a list')} and has not answered for ${word(facts, 'seconds', 'several')} s.`,
		means: () => 'Numbers arrive late. Their ages on screen are true, and keys do not wait for answers.',
		act: () => ["kubectl get --raw '/readyz?verbose'", 'A longer --refresh asks less often.'],
	},
	'credentials-rejected': {
		title: () => 'the API server does not accept these credentials (401)',
		seen: (facts) => `${word(facts, 'server', 'The API server')} answers 401 Unauthorized${because(facts)}`,
		means: () =>
			'The server was reached, but it does not know who asks: the token or certificate has expired, was revoked, or belongs to another cluster.',
		act: () => [
			'kubectl auth whoami',
			'kubectl config view --minify',
			'Log in again with whatever made this kubeconfig.',
		],
	},
	'nodes-forbidden': {
		title: () => 'this user may not list nodes',
		seen: (facts) => `GET /api/v1/nodes is forbidden${because(facts)}`,
		means: () =>
			'Nodes are cluster-wide, so a role of one namespace, view included, does not reach them. Without them nothing can be shown in percent of allocatable; pods and containers are not affected.',
		act: (facts) => [
			canList(facts, 'nodes'),
			'If you need them, ask an administrator for get, list and watch on nodes.',
		],
	},
	'pods-forbidden': {
		title: (facts) =>
			`this user may not list pods${word(facts, 'namespace') === '' ? ' of all namespaces' : ` in namespace ${word(facts, 'namespace')}`}`,
		seen: (facts) =>
			`GET /api/v1/${word(facts, 'namespace') === '' ? '' : `namespaces/${word(facts, 'namespace')}/`}pods is forbidden${because(facts)}`,
		means: () =>
			'Rights may exist in one namespace only. There are no pods to show here until one is chosen that you may read.',
		act: (facts) => [canList(facts, 'pods'), 'Choose a namespace with n, or start with -n NAMESPACE.'],
	},
	'namespaces-forbidden': {
		title: () => 'this user may not list namespaces',
		seen: (facts) => `GET /api/v1/namespaces is forbidden${because(facts)}`,
		means: () => 'There is no list of namespaces to choose from. A name that you know can still be typed.',
		act: () => ['kubectl auth can-i list namespaces', 'Type the name after n, or start with -n NAMESPACE.'],
	},
	'metrics-forbidden': {
		title: (facts) => `this user may not read metrics of ${resource(facts)}`,
		seen: (facts) => `GET ${metricsPath(facts)} is forbidden${because(facts)}`,
		means: (facts) =>
			resource(facts) === 'nodes'
				? 'The metrics of nodes are cluster-wide: a role of one namespace cannot grant them. Everything else is shown, without the usage of nodes.'
				: 'The metrics API works, but not for this user here. Rights on pods do not include their metrics.',
		act: (facts) => [
			canList(facts, `${resource(facts)}.metrics.k8s.io`),
			`Ask an administrator for get and list on ${resource(facts)} in the API group metrics.k8s.io.`,
		],
	},
	'list-failing': {
		title: (facts) => `the list of ${resource(facts)} cannot be read${because(facts)}`,
		seen: (facts) =>
			`GET /api/v1/${resource(facts)} fails${word(facts, 'status', '0') === '0' ? '' : ` with status ${word(facts, 'status')}`}${because(facts)}`,
		means: () => 'The rows on screen are the last that were known. whytop keeps trying.',
		act: (facts) => [
			`kubectl get --raw '/api/v1/${safe(resource(facts), 'pods')}?limit=1'`,
			"kubectl get --raw '/readyz?verbose'",
		],
	},
	'watch-unavailable': {
		title: (facts) => `changes of ${resource(facts)} cannot be watched; the list is read again instead`,
		seen: (facts) => `A watch on ${resource(facts)} is refused${because(facts)}`,
		means: () =>
			'What is on screen is right, but changes show only after the next reading. Listing and watching are separate rights, and some proxies cut watches off.',
		act: (facts) => [canList(facts, safe(resource(facts), 'pods')).replace('can-i list', 'can-i watch')],
	},
	'api-group-absent': {
		title: () => 'no metrics API: nothing is registered for metrics.k8s.io',
		seen: (facts) => `GET /apis/metrics.k8s.io answers 404${because(facts)}`,
		means: () =>
			'The API server does not know this API group, so nobody gets usage from it, kubectl top included. Most likely metrics-server was never installed here, or was removed.',
		act: () => [
			'kubectl get --raw /apis/metrics.k8s.io',
			'kubectl get apiservices',
			'To have it: the add-on of your distribution, or github.com/kubernetes-sigs/metrics-server.',
		],
	},
	'apiservice-unavailable': {
		title: () => 'the metrics API is registered, but what stands behind it does not answer',
		seen: (facts) => `GET ${metricsPath(facts)} gives no samples${because(facts)}`,
		means: () =>
			'An APIService exists, so something was installed. It may be stopped, not ready, or out of the API server’s reach; the condition of the APIService says which. kubectl calls this “Metrics API not available” too.',
		act: (facts) => [
			metricsApiService(facts),
			'kubectl -n kube-system get pods,endpointslices -l k8s-app=metrics-server',
			metricsServerLog,
		],
	},
	'metrics-empty': {
		title: () => 'the metrics API answers with an empty list',
		seen: (facts) => `GET ${metricsPath(facts)} answers 200 with no items.`,
		means: () =>
			'Either it has just started, since a rate needs two scrapes and about a minute, or it can scrape none of the kubelets. The answer is the same in both cases; its log tells them apart.',
		act: (facts) => [`kubectl get --raw ${metricsPath(facts)}`, metricsServerLog],
	},
	'metrics-unreachable': {
		title: (facts) => `the metrics of ${resource(facts)} cannot be read${because(facts)}`,
		seen: (facts) => `GET ${metricsPath(facts)} fails${because(facts)}`,
		means: () => 'There is no new usage until this works again. Older numbers stay on screen, greyed, with their age.',
		act: (facts) => [`kubectl get --raw ${metricsPath(facts)}`, metricsApiService(facts)],
	},
	'node-without-samples': {
		title: (facts) => `${count(facts, 'node')} without samples${short(facts)}: ${word(facts, 'names', '')}`,
		seen: (facts) => `Nodes are listed that the metrics API leaves out: ${word(facts, 'names', '')}.`,
		means: (facts) =>
			word(facts, 'code') === 'node-row-unknown'
				? 'The metrics API has samples of other nodes, so it works. It cannot scrape this kubelet, or got a zero from it. The pods of such a node have no samples either.'
				: sentence(facts),
		act: (facts) => {
			const node = safe(firstName(facts), 'NODE');
			return word(facts, 'code') === 'node-row-unknown'
				? [`kubectl describe node ${node}`, metricsServerLog]
				: [`kubectl get node ${node} -o wide`, 'Nothing has to be mended.'];
		},
	},
	'pods-without-samples': {
		title: (facts) => `${count(facts, 'pod')} without samples${short(facts)}: ${word(facts, 'names', '')}`,
		seen: (facts) => `Pods run that the metrics API leaves out: ${word(facts, 'names', '')}.`,
		means: (facts) => sentence(facts),
		act: (facts) => {
			const [namespace = '', name = ''] = firstName(facts).split('/');
			const pod = `-n ${safe(namespace, 'NAMESPACE')} ${safe(name, 'POD')}`;
			return word(facts, 'code') === 'pod-too-young'
				? [`kubectl get pod ${pod}`, 'Wait: it gets its first sample within about a minute.']
				: [`kubectl describe pod ${pod}`];
		},
	},
	'stale-samples': {
		title: (facts) =>
			`the samples of ${resource(facts)} are not renewed: the newest is ${word(facts, 'seconds', '?')} s old`,
		seen: (facts) =>
			`The timestamps in ${metricsPath(facts)} stand still; the newest is ${word(facts, 'seconds', '?')} s old.`,
		means: () =>
			'The metrics API still answers, but with old samples. The numbers on screen are greyed and carry their age.',
		act: (facts) => [`kubectl get --raw ${metricsPath(facts)}`, metricsServerLog],
	},
	'clock-skew': {
		title: (facts) => `this machine’s clock and the API server’s differ by ${duration(facts)}`,
		seen: (facts) =>
			`By the Date header of its answers, the API server is ${duration(facts)} ${Number(facts['seconds'] ?? 0) < 0 ? 'behind' : 'ahead of'} this machine.`,
		means: () =>
			'Ages on this screen go by the server’s clock, so they are not affected. Fresh tokens and certificates can look expired or not yet valid.',
		act: () => ['date -u', 'Set the wrong one of the two clocks, best by NTP.'],
	},
	'tls-not-verified': {
		title: () => 'the API server’s certificate is not verified',
		seen: (facts) => `insecure-skip-tls-verify is set for ${word(facts, 'server', 'this cluster')}; it is obeyed.`,
		means: () => 'Whoever sits between you and the server can read and change everything, your credentials included.',
		act: () => [
			'kubectl config view --minify',
			'Put the cluster’s CA into the kubeconfig as certificate-authority, and remove the setting.',
		],
	},
	'plain-http': {
		title: () => 'the connection to the API server is not encrypted',
		seen: (facts) => `${word(facts, 'server', 'The server')} is an http address.`,
		means: () =>
			'Everything can be read on the way. That is usual for kubectl proxy on this machine, and for nothing else.',
		act: () => ['kubectl config view --minify'],
	},
	'cgroups-absent': {
		title: () => 'this machine shows no cgroups: there is only the machine as a whole',
		seen: (facts) =>
			`No cgroup hierarchy is mounted below ${word(facts, 'root', '/') === '/' ? '/sys/fs/cgroup' : `${word(facts, 'root')}/sys/fs/cgroup`}.`,
		means: () =>
			'CPU and memory of the machine and of its processes are known; of services and containers they are not.',
		act: () => ['grep cgroup /proc/self/mountinfo', 'mount -t cgroup2 cgroup2 /sys/fs/cgroup'],
	},
	'cgroups-unreadable': {
		title: (facts) => `${count(facts, 'group')} cannot be read: ${word(facts, 'names')}`,
		seen: (facts) => `Neither memory nor CPU of ${word(facts, 'names')} can be read.`,
		means: () =>
			'The files of cgroups are readable by everybody on an ordinary machine. Here something keeps them back.',
		act: () => ['ls -l /sys/fs/cgroup', 'Run whytop as root to see them.'],
	},
	'docker-silent': {
		title: () => 'the Docker Engine takes connections and says nothing',
		seen: (facts) => word(facts, 'error'),
		means: () =>
			'Containers are shown under their ids: what they use is read from their cgroups, and only their names and images come from the engine. whytop asks again, more and more seldom.',
		act: () => ['docker info', 'journalctl -u docker --since -1h'],
	},
	'docker-unavailable': {
		title: () => 'containers have no names: the Docker Engine cannot be asked',
		seen: (facts) => word(facts, 'error'),
		means: () =>
			'Containers are shown under their ids: what they use is read from their cgroups, and only their names and images come from the engine.',
		act: () => ['docker ps', 'Run whytop as a user who may talk to the engine, or set DOCKER_HOST.'],
	},
	'polls-slow': {
		title: (facts) =>
			`this machine is read every ${seconds(facts, 'interval')} instead of every ${seconds(facts, 'refresh')}`,
		seen: (facts) =>
			`Reading ${count({ count: facts['cgroups'] ?? 0 }, 'cgroup')} takes ${word(facts, 'took', '?')} ms.`,
		means: () => 'whytop spends half of its time on reading at most. The numbers are right, and their windows longer.',
		act: () => ['whytop --local --refresh 10s', 'A longer --refresh asks less often.'],
	},
};

/** For a cause that has no message of its own: its facts, as they are. */
const unknown: FindingMessage = {
	title: (facts) => word(facts, 'error', 'see its facts'),
	seen: (facts) =>
		Object.entries(facts)
			.map(([name, value]) => `${name}: ${value}`)
			.join(', '),
	means: () => '',
	act: () => [],
};

export function findingMessage(id: string): FindingMessage {
	return Object.hasOwn(findings, id) ? (findings[id] ?? unknown) : unknown;
}
