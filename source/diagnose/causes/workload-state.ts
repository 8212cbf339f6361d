/** What all causes at metrics-server as a workload share: it does not serve, and none of its pods is ready. */
import type { Observation } from '../../model/diagnosis.ts';
import { type Cause, proved, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { samplesAreEmpty } from '../evidence/missing.ts';
import type { ContainerFacts, DeploymentFacts, EventFacts, PodFacts } from '../evidence/objects.ts';
import { serverOf } from '../evidence/server-container.ts';

export const ofWorkload: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal' | 'entails'> = {
	family: 'workload',
	severity: 'error',
	explains: ['unavailable', 'dial-failed', 'backend-error', 'no-answer'],
	terminal: true,
	entails: ['apiservice-missing-endpoints', 'ms-pod-not-listening', 'backend-dial-failed'],
};

/** The same of one that runs and never gets ready for a known reason: that it has just started is no reason then. */
export const ofUnready: typeof ofWorkload = {
	...ofWorkload,
	entails: [...(ofWorkload.entails ?? []), 'ms-not-ready-just-started'],
};

/** Reasons of the condition that say something of the Service, before any pod matters. */
const ofTheService: ReadonlySet<string> = new Set([
	'ServiceNotFound',
	'ServicePortError',
	'ServiceAccessError',
	'EndpointsAccessError',
	'Local',
]);

/** It does not serve, and its pods may be why. */
export function isDown(evidence: Evidence): boolean {
	const { outcome, status } = answerOf(evidence, 'metrics-version');
	const fails = outcome === 'timed-out' || status >= 500;
	return fails && !ofTheService.has(factsOf(evidence, 'apiservice')?.reason ?? '');
}

/** It serves nothing, be it that nobody answers or that the lists are empty. */
export function givesNothing(evidence: Evidence): boolean {
	return isDown(evidence) || samplesAreEmpty(evidence);
}

/** Judges its pods, of which none is ready; undecided where they cannot be read. */
export function byPods(evidence: Evidence, judge: (pods: readonly PodFacts[]) => Verdict): Verdict {
	if (!isDown(evidence)) {
		return ruledOut;
	}
	const pods = factsOf(evidence, 'workload-pods');
	if (pods === null) {
		return answerOf(evidence, 'metrics-version').status === 503 ? undecided('workload-pods') : ruledOut;
	}
	// One that has ended, as the kubelet turns pods away, is kept and says nothing while another is there.
	const alive = pods.filter(({ phase }) => phase !== 'Failed' && phase !== 'Succeeded');
	return pods.some(({ ready }) => ready) ? ruledOut : judge(alive.length > 0 ? alive : pods);
}

/** The first pod of which that is true, with the container that serves. */
export function findServer(
	pods: readonly PodFacts[],
	is: (container: ContainerFacts, pod: PodFacts) => boolean,
): { pod: PodFacts; container: ContainerFacts } | undefined {
	for (const pod of pods) {
		const container = serverOf(pod);
		if (container !== undefined && is(container, pod)) {
			return { pod, container };
		}
	}
	return undefined;
}

/** It ended, and is started again and again. */
export function isCrashing({ ready, reason, restarts, state }: ContainerFacts): boolean {
	return !ready && (state === 'terminated' || restarts > 0 || reason === 'CrashLoopBackOff');
}

/** `namespace` and `pod` for the texts. */
export function podFacts({ name, namespace }: PodFacts): { namespace: string; pod: string } {
	return { namespace, pod: name };
}

/** What was seen of a pod. */
export function seenPod(evidence: Evidence, { name }: PodFacts, what: string): Observation {
	return seen(answerOf(evidence, 'workload-pods'), `${name}: ${what}`);
}

/** The newest event about one of these pods that says so. */
export function eventOf(evidence: Evidence, pods: readonly PodFacts[], message: RegExp): EventFacts | undefined {
	const names = new Set(pods.map(({ name }) => `Pod/${name}`));
	return (factsOf(evidence, 'events') ?? [])
		.filter((event) => names.has(event.about) && message.test(event.message))
		.toSorted((one, other) => other.at - one.at)[0];
}

export function seenEvent(evidence: Evidence, { about, message, reason }: EventFacts): Observation {
	return seen(answerOf(evidence, 'events'), `${about}: ${reason}: ${message}`);
}

/** The Deployments whose pods the Service selects; all of metrics-server's, where no Service says. */
export function deploymentsOf(evidence: Evidence): readonly DeploymentFacts[] {
	const selector = Object.entries(factsOf(evidence, 'service')?.selector ?? {});
	const all = factsOf(evidence, 'deployments') ?? [];
	const selected = all.filter(({ podLabels }) => selector.every(([label, value]) => podLabels[label] === value));
	return selected.length > 0 ? selected : all;
}

/** Proved by what is told of a pod. */
export function provedByPod(
	evidence: Evidence,
	pod: PodFacts,
	what: string,
	facts: Readonly<Record<string, string | number>> = {},
	...more: readonly Observation[]
): Verdict {
	return proved({ ...podFacts(pod), ...facts }, [seenPod(evidence, pod, what), ...more]);
}
