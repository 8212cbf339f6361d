/** metrics-server has no pods: nobody wants one, or none may be made. */
import { type Cause, proved, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import type { DeploymentFacts } from '../evidence/objects.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { deploymentsOf, isDown, ofWorkload, seenEvent } from './workload-state.ts';

/** Judges the Deployment, while there is no pod; undecided where it cannot be read. */
function byDeployment(evidence: Evidence, judge: (deployment: DeploymentFacts) => Verdict): Verdict {
	if (!isDown(evidence)) {
		return ruledOut;
	}
	const pods = factsOf(evidence, 'workload-pods');
	if (pods !== null && pods.length > 0) {
		return ruledOut;
	}
	if (factsOf(evidence, 'deployments') === null) {
		return answerOf(evidence, 'metrics-version').status === 503 ? undecided('deployments') : ruledOut;
	}
	const [deployment] = deploymentsOf(evidence);
	return deployment === undefined ? ruledOut : judge(deployment);
}

/** Why the ReplicaSet cannot make a pod, in the words of the condition or of the event. */
function refusalOf(evidence: Evidence, { failure, name }: DeploymentFacts) {
	if (failure !== '') {
		const because = seen(answerOf(evidence, 'deployments'), `${name}: ReplicaFailure: ${failure}`);
		return { words: failure, because };
	}
	const event = (factsOf(evidence, 'events') ?? [])
		.filter(({ about, reason }) => reason === 'FailedCreate' && about.startsWith(`ReplicaSet/${name}`))
		.toSorted((one, other) => other.at - one.at)[0];
	return event === undefined ? null : { words: event.message, because: seenEvent(evidence, event) };
}

/** A cause that the words of the refusal prove. */
function refused(id: string, pattern: RegExp, sample: string): Cause {
	return {
		id,
		...ofWorkload,
		entails: [...(ofWorkload.entails ?? []), 'ms-no-pods-created'],
		needs: ['metrics-version', 'workload-pods', 'deployments', 'events'],
		rulesOut: ['ms-replicas-zero', 'service-selector-mismatch'],
		symptoms: [symptom('the events of its ReplicaSet', pattern, sample), ...brokenBackend],
		judge: (evidence) =>
			byDeployment(evidence, (deployment) => {
				const { existing, name, namespace, replicas } = deployment;
				if (replicas === 0 || existing > 0) {
					return ruledOut;
				}
				const refusal = refusalOf(evidence, deployment);
				if (refusal === null) {
					return factsOf(evidence, 'events') === null ? undecided('events') : ruledOut;
				}
				const match = pattern.exec(refusal.words);
				return match === null
					? ruledOut
					: proved({ namespace, deployment: name, what: match.slice(1).find((one) => one !== undefined) ?? '' }, [
							refusal.because,
						]);
			}),
	};
}

export const workloadCreationCauses: readonly Cause[] = [
	{
		id: 'ms-replicas-zero',
		...ofWorkload,
		needs: ['metrics-version', 'workload-pods', 'deployments'],
		rulesOut: ['service-selector-mismatch', 'ms-no-pods-created', 'ms-not-ready-no-metrics'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byDeployment(evidence, ({ name, namespace, replicas }) =>
				replicas === 0
					? proved({ namespace, deployment: name }, [
							seen(answerOf(evidence, 'deployments'), `${namespace}/${name}: spec.replicas: 0`),
						])
					: ruledOut,
			),
	},
	{
		id: 'ms-no-pods-created',
		...ofWorkload,
		// The events may say it more exactly, and are asked in the same step.
		needs: ['metrics-version', 'workload-pods', 'deployments', 'events'],
		rulesOut: ['ms-replicas-zero', 'service-selector-mismatch'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byDeployment(evidence, (deployment) => {
				const { existing, name, namespace, replicas } = deployment;
				if (replicas === 0 || existing > 0) {
					return ruledOut;
				}
				const refusal = refusalOf(evidence, deployment);
				return proved({ namespace, deployment: name, words: refusal?.words ?? '' }, [
					seen(
						answerOf(evidence, 'deployments'),
						`${namespace}/${name}: spec.replicas: ${replicas}, status.replicas: 0`,
					),
					...(refusal === null ? [] : [refusal.because]),
				]);
			}),
	},
	refused(
		'ms-quota-priorityclass',
		/insufficient quota to match these scopes|with (\S+) priorityClass is not permitted/,
		'Error creating: insufficient quota to match these scopes: [{PriorityClass In [system-node-critical system-cluster-critical]}]',
	),
	refused(
		'ms-podsecurity',
		/violates PodSecurity "([^"]+)"/,
		'Error creating: pods "metrics-server-5d7f9c6b8-" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
	),
	refused(
		'ms-psp',
		// Before 1.20, and OpenShift: "unable to validate against any …".
		/(PodSecurityPolicy): unable to admit pod|unable to validate against any (pod security policy|security context constraint)/,
		'Error creating: pods "metrics-server-5d7f9c6b8-" is forbidden: PodSecurityPolicy: unable to admit pod: []',
	),
	refused(
		'ms-admission-webhook',
		/admission webhook "([^"]+)" denied the request|failed calling webhook "([^"]+)"/,
		'Error creating: Internal error occurred: failed calling webhook "validate.kyverno.svc-fail": failed to call webhook: connection refused',
	),
	refused(
		'ms-serviceaccount-missing',
		/error looking up service account ([^:\s]+): serviceaccount/,
		'Error creating: pods "metrics-server-5d7f9c6b8-" is forbidden: error looking up service account kube-system/metrics-server: serviceaccount "metrics-server" not found',
	),
];
