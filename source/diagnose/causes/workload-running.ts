/** metrics-server runs and is not ready, or does not get at what it needs. */
import { type Cause, likely, proved, provedOf, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { logsAreUnread, newestLine } from '../evidence/log-line.ts';
import { silentNodes, waitForFirstSample } from '../evidence/missing.ts';
import type { PodFacts } from '../evidence/objects.ts';
import { everyScrapeFails } from '../evidence/scrape-log.ts';
import { brokenBackend, emptyAnswer, symptom } from '../symptom.ts';
import {
	byPods,
	eventOf,
	findServer,
	givesNothing,
	isDown,
	ofUnready,
	ofWorkload,
	provedByPod,
	seenEvent,
} from './workload-state.ts';

/** It may not list what it must know before it opens its port. */
const mayNotList =
	/failed to list \S+: (nodes|pods|\S+) is forbidden: User "?\\?"?system:serviceaccount:([^:"\\]+):([^"\\]+)/i;

/** One that runs and is not ready, without a restart of late that another cause explains. */
function running(pods: readonly PodFacts[]) {
	return findServer(pods, ({ ready, state }) => state === 'running' && !ready);
}

/** That its store is empty, by its own checks, by the kubelet's, or by its log. */
function emptyStore(evidence: Evidence, pod: PodFacts) {
	const readiness = factsOf(evidence, 'readiness');
	const check = readiness?.failing.find((name) => name === 'metric-storage-ready');
	if (check !== undefined) {
		return seen(answerOf(evidence, 'readiness'), `[-]${check} failed`);
	}
	const line = newestLine(evidence, /no metrics to serve|not metrics to serve|last tick wasn't healthy/);
	if (line !== null) {
		return line;
	}
	const event = eventOf(evidence, [pod], /Readiness probe failed: HTTP probe failed with statuscode: 5\d\d/);
	return event === undefined ? null : seenEvent(evidence, event);
}

export const workloadRunningCauses: readonly Cause[] = [
	{
		id: 'ms-not-ready-just-started',
		...ofWorkload,
		// It passes by itself, and until then kubectl top fails.
		severity: 'warning',
		// Its log may know by now that it would not pass.
		terminal: false,
		entails: [...(ofWorkload.entails ?? []), 'ms-not-ready-no-metrics'],
		needs: ['metrics-version', 'workload-pods', 'log', 'nodes'],
		rulesOut: ['ms-unschedulable-resources', 'ms-image-pull', 'kubelet-cert-unknown-ca', 'kubelet-timeout'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const found = running(pods);
				if (found === undefined || found.container.restarts > 0 || everyScrapeFails(evidence)) {
					return ruledOut;
				}
				const age = evidence.now - found.container.startedAt;
				const wait = waitForFirstSample(evidence);
				const seconds = Math.round(age / 1_000);
				return age < wait
					? provedByPod(evidence, found.pod, `runs since ${seconds} s, not ready yet`, {
							seconds,
							wait: Math.round(wait / 1_000),
						})
					: ruledOut;
			}),
	},
	{
		id: 'ms-not-ready-no-metrics',
		...ofWorkload,
		// A symptom: the kubelets are asked after it.
		terminal: false,
		entails: ['apiservice-missing-endpoints'],
		needs: ['metrics-version', 'workload-pods', 'readiness', 'log', 'events'],
		rulesOut: ['ms-unschedulable-resources', 'ms-image-pull', 'service-selector-mismatch', 'ms-informers-never-sync'],
		symptoms: [
			symptom(
				'the events of its pod',
				/Readiness probe failed: HTTP probe failed with statuscode: 5\d\d/,
				'Readiness probe failed: HTTP probe failed with statuscode: 500',
			),
			symptom(
				'the log of metrics-server 0.5 and newer',
				/metric-storage-ready|no metrics to serve/,
				'"Failed probe" probe="metric-storage-ready" err="no metrics to serve"',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const found = running(pods);
				// On a node that is down nobody checks any more: what was seen last is old.
				if (found === undefined || isOnLostNode(evidence, found.pod)) {
					return ruledOut;
				}
				const because = emptyStore(evidence, found.pod);
				return because === null ? ruledOut : provedByPod(evidence, found.pod, 'runs, and is not ready', {}, because);
			}),
	},
	{
		id: 'ms-informers-never-sync',
		...ofUnready,
		needs: ['metrics-version', 'workload-pods', 'log'],
		rulesOut: ['ms-port-mismatch', 'ms-cannot-reach-apiserver', 'ms-liveness-killed'],
		symptoms: [
			symptom(
				'the log of metrics-server, again and again',
				mayNotList,
				'failed to list *v1.Node: nodes is forbidden: User "system:serviceaccount:monitoring:metrics-server" cannot list resource "nodes" in API group "" at the cluster scope',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const [pod] = pods;
				const line = newestLine(evidence, mayNotList);
				if (pod === undefined || line === null) {
					return ruledOut;
				}
				const [, resource = '', namespace = '', account = ''] = mayNotList.exec(line.quote) ?? [];
				return provedByPod(evidence, pod, 'not ready', { resource, namespace, account }, line);
			}),
	},
	{
		id: 'ms-clusterrolebinding-wrong-ns',
		...ofWorkload,
		entails: [...(ofUnready.entails ?? []), 'ms-informers-never-sync'],
		needs: ['metrics-version', 'workload-pods', 'log', 'policy'],
		rulesOut: ['ms-cannot-reach-apiserver', 'ms-port-mismatch'],
		symptoms: [
			symptom(
				'the log of metrics-server, again and again',
				mayNotList,
				'failed to list *v1.PartialObjectMetadata: pods is forbidden: User "system:serviceaccount:monitoring:metrics-server" cannot list resource "pods" in API group "" at the cluster scope',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const [pod] = pods;
				const line = newestLine(evidence, mayNotList);
				const subjects = factsOf(evidence, 'policy')?.metricsServerSubjects;
				if (pod === undefined || line === null || subjects?.length === 0) {
					return ruledOut;
				}
				if (subjects === undefined) {
					return undecided('policy');
				}
				const own = `${pod.namespace}/${pod.serviceAccount}`;
				return subjects.includes(own)
					? ruledOut
					: provedByPod(
							evidence,
							pod,
							`serviceAccountName: ${pod.serviceAccount}`,
							{ account: pod.serviceAccount, bound: subjects.join(', ') },
							seen(answerOf(evidence, 'policy'), `system:metrics-server is bound to ${subjects.join(', ')}`),
							line,
						);
			}),
	},
	{
		id: 'ms-clock-skew',
		family: 'workload',
		severity: 'warning',
		explains: ['nodes-missing', 'empty', 'unavailable'],
		terminal: false,
		entails: ['kubelet-cert-expired', 'ms-not-ready-no-metrics', 'apiservice-missing-endpoints'],
		needs: ['metrics-nodes', 'nodes', 'log'],
		rulesOut: ['kubelet-cert-unknown-ca'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				/current time \S+ is (?:before|after) \S+/,
				'x509: certificate has expired or is not yet valid: current time 2026-11-28T10:00:00Z is before 2026-11-28T11:00:00Z',
			),
			...emptyAnswer,
		],
		judge: clockSkew,
	},
];

/** More than clocks of one cluster differ, and than a sample takes. */
const noticeable = 5 * 60_000;

function clockSkew(evidence: Evidence): Verdict {
	const ahead = [...(factsOf(evidence, 'metrics-nodes')?.samples.values() ?? [])].filter(
		({ timestamp }) => timestamp - evidence.now > noticeable,
	);
	const [first] = ahead;
	if (first !== undefined) {
		const seconds = Math.round((first.timestamp - evidence.now) / 1_000);
		return provedOf(
			ahead.map(({ name }) => `node/${name}`),
			{ seconds, node: first.name },
			[seen(answerOf(evidence, 'metrics-nodes'), `${first.name}: timestamp is ${seconds} s ahead of the API server`)],
		);
	}
	if (!givesNothing(evidence)) {
		return silentNodes(evidence).size > 0 && logsAreUnread(evidence) ? undecided('log') : ruledOut;
	}
	// It writes such a line every few seconds, so the time in the newest one is that of its own clock now.
	const line = newestLine(evidence, /current time \S+ is (?:before|after) /);
	const time = Date.parse(/current time (\S+) is/.exec(line?.quote ?? '')?.[1] ?? '');
	if (line === null || Number.isNaN(time) || Math.abs(evidence.now - time) < noticeable) {
		return ruledOut;
	}
	const [pod] = factsOf(evidence, 'workload-pods') ?? [];
	const found = proved({ seconds: Math.round((time - evidence.now) / 1_000), node: pod?.node ?? '' }, [line]);
	// An old line tells an old time: only one that is before its certificate cannot be so.
	return / is before /.test(line.quote) && isDown(evidence) ? found : likely(found);
}

function isOnLostNode(evidence: Evidence, { node }: PodFacts): boolean {
	return factsOf(evidence, 'nodes')?.some(({ name, ready }) => name === node && ready !== 'True') === true;
}
