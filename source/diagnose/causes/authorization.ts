/** What the caller may read. A 403 with a Status is the API server's own word: it is said before anything is passed on. */
import { type Cause, proved, ruledOut } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { forbiddenUnknown, symptom } from '../symptom.ts';
import { callerCauses } from './callers.ts';

const ofCaller: Pick<Cause, 'family' | 'terminal'> = { family: 'authorization', terminal: false };

/** Who asks for one namespace, or may only see one, misses nothing of the cluster that he could expect; who asks about a node does. */
function asksForNamespace(evidence: Evidence): boolean {
	const { namespace, patient } = evidence;
	return patient.kind !== 'node' && (namespace !== null || factsOf(evidence, 'metrics-pods')?.namespace != null);
}

/** The server's own sentence, without the JSON around it. */
function sentenceOf(evidence: Evidence, id: 'metrics-nodes' | 'metrics-pods' | 'nodes' | 'discovery'): string {
	const { error } = answerOf(evidence, id);
	return error.split('\n')[0] ?? '';
}

function userOf(sentence: string): string {
	return /User "([^"]+)"/.exec(sentence)?.[1] ?? '';
}

export const authorizationCauses: readonly Cause[] = [
	...callerCauses,
	{
		id: 'rbac-metrics-nodes',
		...ofCaller,
		severity: 'error',
		explains: ['forbidden'],
		needs: ['metrics-nodes'],
		rulesOut: ['apiservice-missing-endpoints', 'ms-missing-auth-delegator'],
		symptoms: [
			symptom(
				'kubectl top node',
				/nodes\.metrics\.k8s\.io is forbidden/,
				'Error from server (Forbidden): nodes.metrics.k8s.io is forbidden: User "jane" cannot list resource "nodes" in API group "metrics.k8s.io" at the cluster scope',
			),
		],
		judge(evidence) {
			if (answerOf(evidence, 'metrics-nodes').outcome !== 'forbidden') {
				return ruledOut;
			}
			const sentence = sentenceOf(evidence, 'metrics-nodes');
			return proved(
				{ user: userOf(sentence) },
				[seen(answerOf(evidence, 'metrics-nodes'), sentence)],
				asksForNamespace(evidence) ? 'info' : 'error',
			);
		},
	},
	{
		id: 'rbac-metrics-pods-cluster',
		...ofCaller,
		severity: 'info',
		explains: [],
		needs: ['metrics-pods'],
		rulesOut: ['rbac-metrics-pods-ns'],
		symptoms: [
			symptom(
				'kubectl top pod -A',
				/pods\.metrics\.k8s\.io is forbidden.*at the cluster scope/,
				'Error from server (Forbidden): pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" at the cluster scope',
			),
		],
		judge(evidence) {
			const pods = factsOf(evidence, 'metrics-pods');
			const answer = answerOf(evidence, 'metrics-pods');
			return evidence.namespace === null && pods !== null && pods.namespace !== null
				? proved({ namespace: pods.namespace }, [seen(answer, 'only this namespace is allowed; all of them are not')])
				: ruledOut;
		},
	},
	{
		id: 'rbac-metrics-pods-ns',
		...ofCaller,
		severity: 'error',
		explains: ['forbidden'],
		needs: ['metrics-pods'],
		rulesOut: ['rbac-metrics-pods-cluster', 'ms-missing-auth-delegator'],
		symptoms: [
			symptom(
				'kubectl top pod',
				/pods\.metrics\.k8s\.io is forbidden.*in the namespace/,
				'Error from server (Forbidden): pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "default"',
			),
		],
		judge(evidence) {
			if (answerOf(evidence, 'metrics-pods').outcome !== 'forbidden') {
				return ruledOut;
			}
			const sentence = sentenceOf(evidence, 'metrics-pods');
			const namespace = /in the namespace "([^"]+)"/.exec(sentence)?.[1] ?? '';
			return proved({ user: userOf(sentence), namespace }, [seen(answerOf(evidence, 'metrics-pods'), sentence)]);
		},
	},
	{
		id: 'rbac-core-nodes',
		...ofCaller,
		severity: 'warning',
		explains: [],
		needs: ['metrics-nodes', 'nodes'],
		rulesOut: ['rbac-metrics-nodes'],
		symptoms: [
			symptom(
				'kubectl top node',
				/nodes is forbidden: .* in API group ""/,
				'Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes" in API group "" at the cluster scope',
			),
		],
		judge(evidence) {
			if (answerOf(evidence, 'nodes').outcome !== 'forbidden' || factsOf(evidence, 'metrics-nodes') === null) {
				return ruledOut;
			}
			const sentence = sentenceOf(evidence, 'nodes');
			return proved({ user: userOf(sentence) }, [seen(answerOf(evidence, 'nodes'), sentence)]);
		},
	},
	{
		id: 'rbac-discovery-removed',
		...ofCaller,
		severity: 'error',
		explains: [],
		terminal: true,
		needs: ['discovery'],
		rulesOut: ['api-group-absent'],
		symptoms: [
			forbiddenUnknown,
			symptom('kubectl up to 1.26', /metrics api not available/i, 'error: Metrics API not available'),
		],
		judge(evidence) {
			const answer = answerOf(evidence, 'discovery');
			return answer.outcome === 'forbidden' && !answer.body.includes('system:anonymous')
				? proved({ user: userOf(sentenceOf(evidence, 'discovery')) }, [seen(answer, sentenceOf(evidence, 'discovery'))])
				: ruledOut;
		},
	},
	{
		id: 'ms-missing-auth-delegator',
		...ofCaller,
		severity: 'error',
		explains: ['backend-error'],
		terminal: true,
		needs: ['metrics-nodes', 'metrics-pods'],
		rulesOut: ['rbac-metrics-nodes', 'rbac-metrics-pods-ns'],
		symptoms: [
			symptom(
				'kubectl top, of everyone who is not in system:masters',
				/subjectaccessreviews\.authorization\.k8s\.io is forbidden/,
				'Error from server (InternalError): an error on the server ("Internal Server Error: \\"/apis/metrics.k8s.io/v1beta1/nodes\\": subjectaccessreviews.authorization.k8s.io is forbidden: User \\"system:serviceaccount:kube-system:metrics-server\\" cannot create resource \\"subjectaccessreviews\\"") has prevented the request from succeeding (get nodes.metrics.k8s.io)',
			),
		],
		judge(evidence) {
			for (const id of ['metrics-version', 'metrics-nodes', 'metrics-pods'] as const) {
				const answer = answerOf(evidence, id);
				if (answer.status === 500 && /subjectaccessreviews\b.*is forbidden/s.test(answer.body)) {
					const account = /User "?\\?"?system:serviceaccount:([^:"\\]+):([^"\\]+)/.exec(answer.body);
					return proved({ namespace: account?.[1] ?? 'kube-system', account: account?.[2] ?? 'metrics-server' }, [
						seen(answer),
					]);
				}
			}
			return ruledOut;
		},
	},
];
