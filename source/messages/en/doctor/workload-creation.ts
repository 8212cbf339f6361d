/** Texts of a metrics-server without pods. */
import { type CauseTexts, type Facts, type Fix, links, name, word } from './cause-text.ts';
import { applyRelease, itsDeployment, namespaceOf, seeDeployment } from './workload-words.ts';

const seeReplicaSet = (facts: Facts): Fix => ({
	say: 'See the words of the ReplicaSet:',
	run: [`kubectl get events -n ${namespaceOf(facts)} --field-selector reason=FailedCreate`],
});

const podSecurity = 'https://kubernetes.io/docs/concepts/security/pod-security-standards/';

export const workloadCreationTexts: CauseTexts = {
	'ms-replicas-zero': {
		title: () => 'metrics-server is scaled down to no pod at all',
		explanation: () =>
			'Its Deployment asks for 0 replicas, so there is nothing that could answer. Somebody or something scaled it down, and it stays so until it is scaled up.',
		fixes: (facts) => [
			seeDeployment(facts),
			{ say: 'Scale it up:', run: [`kubectl scale ${itsDeployment(facts)} --replicas=1`] },
			{
				say: 'Where it comes back to 0, see who does it (an autoscaler, a tool that deploys from git):',
				run: [`kubectl get ${itsDeployment(facts)} -o yaml --show-managed-fields`],
			},
		],
		source: 'the condition MissingEndpoints of the API server, and spec.replicas',
		more: [links.metricsServer],
	},
	'ms-no-pods-created': {
		title: () => 'metrics-server has no pods, although its Deployment asks for some',
		explanation: (facts) =>
			`The ReplicaSet cannot make them${word(facts, 'words') === '' ? ', or the controller manager does not run' : ''}. Until it can, nothing stands behind the metrics API.`,
		fixes: (facts) => [
			seeReplicaSet(facts),
			{ say: 'See the Deployment and its ReplicaSets:', run: [`kubectl describe ${itsDeployment(facts)}`] },
		],
		source: 'the condition ReplicaFailure and the events FailedCreate of the controller manager',
		more: ['https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment'],
	},
	'ms-quota-priorityclass': {
		title: () => 'a quota forbids the priority class of metrics-server',
		explanation: (facts) =>
			`Its pods want the class system-cluster-critical, and outside kube-system that needs a quota which allows it; namespace ${namespaceOf(facts)} has none. So no pod is made.`,
		fixes: (facts) => [
			{ say: 'See the quotas:', run: [`kubectl describe resourcequota -n ${namespaceOf(facts)}`] },
			{
				say: 'Install it in kube-system, or take priorityClassName out of its Deployment, or add a quota with a scopeSelector for that class.',
			},
		],
		source: 'kubermatic#7584, kubernetes#76308',
		more: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/'],
	},
	'ms-podsecurity': {
		title: (facts) =>
			`Pod Security does not admit the pods of metrics-server${word(facts, 'what') === '' ? '' : ` (${word(facts, 'what')})`}`,
		explanation: (facts) =>
			`The namespace ${namespaceOf(facts)} enforces a level that they do not keep to: an old manifest, or hostNetwork. The manifest of 0.7 and newer keeps to the strictest one.`,
		fixes: (facts) => [
			{
				say: 'See what the namespace enforces; hostNetwork needs one with the level privileged:',
				run: [`kubectl get namespace ${namespaceOf(facts)} --show-labels`],
			},
			applyRelease('Apply the whole manifest of a current release:'),
		],
		source: 'the event FailedCreate of the ReplicaSet; securityContext in metrics-server’s manifests',
		more: [podSecurity],
	},
	'ms-psp': {
		title: (facts) => `no ${word(facts, 'what', 'pod security policy')} admits the pods of metrics-server`,
		explanation: () =>
			'Every pod must fit into one of the policies that its service account may use, and these fit into none. So no pod is made.',
		fixes: (facts) => [
			seeReplicaSet(facts),
			...(word(facts, 'what').endsWith('constraint')
				? [
						{
							say: 'See the constraints (OpenShift); its own monitoring serves the metrics API already, so a second one is rarely needed:',
							run: ['oc get scc'],
						},
					]
				: [
						{
							say: 'With Helm: --set rbac.pspEnabled=true. From Kubernetes 1.25 on such policies do not exist any more.',
						},
					]),
		],
		source: 'the event FailedCreate of the ReplicaSet; the chart of metrics-server',
		more: [podSecurity],
	},
	'ms-admission-webhook': {
		title: (facts) =>
			`an admission webhook keeps the pods of metrics-server out${word(facts, 'what') === '' ? '' : `: ${word(facts, 'what')}`}`,
		explanation: () =>
			'The API server asks it before a pod is made, and it said no, or did not answer. Every other pod that it is asked about can be struck in the same way.',
		fixes: (facts) => [
			seeReplicaSet(facts),
			{
				say: 'See which webhooks there are, and whether their pods run:',
				run: ['kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations'],
			},
			{ say: `Mend the webhook, or exempt the namespace ${namespaceOf(facts)} by its own configuration.` },
		],
		source: 'the event FailedCreate of the ReplicaSet',
		more: ['https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/'],
	},
	'ms-serviceaccount-missing': {
		title: () => 'the service account of metrics-server does not exist',
		explanation: () =>
			'Its pods run as an account that is not there, so none can be made. That is what an installation leaves that was done in part, or removed in part.',
		fixes: (facts) => [
			{
				say: 'See which there are:',
				run: [`kubectl get serviceaccount -n ${name(facts, 'namespace', 'kube-system')}`],
			},
			applyRelease('Apply the whole manifest, with the account and its rights:'),
		],
		source: 'the event FailedCreate of the ReplicaSet',
		more: [links.metricsServer],
	},
};
