/** metrics-server cannot come up, because it does not get at what the API server holds for it. */
import { type Cause, proved, ruledOut, undecided } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen, unknownOf } from '../evidence/evidence.ts';
import { logsAreUnread, newestLine } from '../evidence/log-line.ts';
import { mayLackNodes, samplesAreEmpty } from '../evidence/missing.ts';
import { byProxy, readScrapeFailures } from '../evidence/scrape-log.ts';
import { brokenBackend, emptyAnswer, symptom } from '../symptom.ts';
import { ofPath } from './path-to-backend.ts';

const ofStart: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal' | 'entails' | 'needs'> = {
	...ofPath,
	explains: ['unavailable', 'dial-failed', 'backend-error', 'no-answer'],
	entails: ['apiservice-missing-endpoints', 'ms-pod-not-listening', 'backend-dial-failed', 'ms-not-ready-just-started'],
	needs: ['log', 'previous-log', 'workload-pods'],
};

/** It does not serve, by the API server's word. */
function isDown(evidence: Evidence): boolean {
	const { outcome, status } = answerOf(evidence, 'metrics-version');
	return status === 503 || outcome === 'timed-out';
}

function byLine(evidence: Evidence, pattern: Pick<RegExp, 'test'>) {
	if (!isDown(evidence)) {
		return ruledOut;
	}
	const line = newestLine(evidence, pattern);
	if (line === null) {
		return unknownOf(evidence, ['log']).length > 0 && neverReady(evidence) ? undecided('log') : ruledOut;
	}
	const account = /system:serviceaccount:([^:"\\]+):([^"\\]+)/.exec(line.quote);
	return proved({ namespace: account?.[1] ?? 'kube-system', account: account?.[2] ?? 'metrics-server' }, [line]);
}

function neverReady(evidence: Evidence): boolean {
	const reason = factsOf(evidence, 'apiservice')?.reason ?? 'MissingEndpoints';
	return reason === 'MissingEndpoints' && factsOf(evidence, 'workload-pods')?.some(({ ready }) => ready) !== true;
}

const cannotRead =
	/unable to load configmap based request-header-client-ca-file: configmaps "extension-apiserver-authentication" is forbidden|Unable to get configmap\/extension-apiserver-authentication in kube-system/;
const cannotReach =
	/unable to load configmap based request-header-client-ca-file: .*(?:dial tcp|i\/o timeout|no route to host|x509|connection refused)|(?:failed to list|Failed to watch) .*(?:dial tcp .*(?:i\/o timeout|connection refused|no route to host))/;

/** A certificate that is not valid yet, by the clock of its own machine. */
const byItsClock = /x509: certificate has expired or is not yet valid: current time \S+ is before /;

export const startOfBackendCauses: readonly Cause[] = [
	{
		id: 'ms-cannot-read-auth-configmap',
		...ofStart,
		rulesOut: ['ms-cannot-reach-apiserver', 'ms-missing-auth-delegator'],
		symptoms: [
			symptom(
				'the log of metrics-server, before it ends',
				cannotRead,
				'unable to load configmap based request-header-client-ca-file: configmaps "extension-apiserver-authentication" is forbidden: User "system:serviceaccount:monitoring:metrics-server" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
			),
			...brokenBackend,
		],
		judge: (evidence) => byLine(evidence, cannotRead),
	},
	{
		id: 'ms-cannot-reach-apiserver',
		...ofStart,
		rulesOut: ['ms-cannot-read-auth-configmap'],
		symptoms: [
			symptom(
				'the log of metrics-server, before it ends',
				cannotReach,
				'unable to load configmap based request-header-client-ca-file: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": dial tcp 10.96.0.1:443: i/o timeout',
			),
			...brokenBackend,
		],
		judge: (evidence) => byLine(evidence, { test: (line) => cannotReach.test(line) && !byItsClock.test(line) }),
	},
	{
		id: 'ms-pod-proxy-env',
		...ofStart,
		explains: ['empty', 'nodes-missing', 'unavailable'],
		entails: ['ms-not-ready-no-metrics', 'apiservice-missing-endpoints'],
		needs: ['log', 'workload-pods'],
		rulesOut: ['kubelet-timeout', 'kubelet-conn-refused-10250'],
		symptoms: [
			symptom(
				'the log of metrics-server',
				/Failed to scrape node.*proxyconnect tcp/,
				'"Failed to scrape node" err="Get \\"https://10.0.0.5:10250/metrics/resource\\": proxyconnect tcp: dial tcp 10.1.1.1:3128: i/o timeout" node="n05"',
			),
			...emptyAnswer,
			...brokenBackend,
		],
		judge(evidence) {
			if (!isDown(evidence) && !samplesAreEmpty(evidence) && !mayLackNodes(evidence)) {
				return ruledOut;
			}
			const variable = (factsOf(evidence, 'workload-pods') ?? [])
				.flatMap(({ containers }) => containers.flatMap(({ environment }) => environment))
				.find((name) => /^https?_proxy$/i.test(name));
			const line = newestLine(evidence, {
				test: (text) => readScrapeFailures(text).some(({ tail }) => byProxy.test(tail)),
			});
			if (factsOf(evidence, 'workload-pods') === null || logsAreUnread(evidence)) {
				return undecided('workload-pods', 'log');
			}
			return variable === undefined || line === null
				? ruledOut
				: proved({ variable }, [line, seen(answerOf(evidence, 'workload-pods'), `the container has ${variable}`)]);
		},
	},
];
