/** metrics-server and the API server are of times that do not fit together. */
import { type Cause, ruledOut, undecided } from '../cause.ts';
import { answerOf, type Evidence, factsOf } from '../evidence/evidence.ts';
import { logsAreUnread, newestLine } from '../evidence/log-line.ts';
import { releaseOf } from '../evidence/server-container.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { findServer, isDown, ofUnready, provedByPod } from './workload-state.ts';

/** What it asks for is not there. */
const notServed = /the server could not find the requested resource|no matches for kind/;

/** The last one that asks who may read by interfaces (authorization.k8s.io/v1beta1) that are gone since this server. */
const lastRelease = 3;
const firstServer = 22;

export const workloadReleaseCauses: readonly Cause[] = [
	{
		id: 'ms-version-too-old-for-server',
		...ofUnready,
		needs: ['version', 'metrics-version', 'workload-pods', 'log'],
		rulesOut: ['ms-missing-auth-delegator', 'ms-unknown-flag', 'ms-oomkilled'],
		symptoms: [
			symptom(
				'the log of metrics-server 0.3, at each request',
				notServed,
				'webhook.go:196] Failed to make webhook authorizer request: the server could not find the requested resource',
			),
			...brokenBackend,
		],
		judge: tooOld,
	},
];

function tooOld(evidence: Evidence) {
	if (!isDown(evidence)) {
		return ruledOut;
	}
	const pods = factsOf(evidence, 'workload-pods');
	if (pods === null) {
		return answerOf(evidence, 'metrics-version').status === 503 ? undecided('workload-pods') : ruledOut;
	}
	const found = findServer(pods, (container) => releaseOf(container) <= lastRelease);
	const minor = factsOf(evidence, 'version')?.minor ?? Number.NaN;
	if (found === undefined || !(minor >= firstServer)) {
		return ruledOut;
	}
	// Others tell of the same; this one tells what it asked for.
	const line =
		newestLine(evidence, /webhook authorizer request: the server could not find/) ?? newestLine(evidence, notServed);
	if (line === null) {
		return logsAreUnread(evidence) ? undecided('log') : ruledOut;
	}
	const { image } = found.container;
	return provedByPod(evidence, found.pod, `image ${image}`, { image, release: releaseOf(found.container) }, line);
}
