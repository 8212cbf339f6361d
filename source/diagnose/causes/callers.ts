/** Why a caller is not allowed, or not known, where the answer alone does not say it. */
import { type Cause, likely, proved, ruledOut, undecided } from '../cause.ts';
import { distributionOf } from '../distribution.ts';
import { answerOf, factsOf, seen } from '../evidence/evidence.ts';
import { lateReview } from '../evidence/slow-authorizer.ts';
import { symptom, unauthorizedStatus } from '../symptom.ts';

const ofCaller: Pick<Cause, 'family' | 'severity' | 'terminal'> = {
	family: 'authorization',
	severity: 'error',
	terminal: false,
};

export const callerCauses: readonly Cause[] = [
	{
		id: 'rbac-aggregated-reader-missing',
		...ofCaller,
		explains: ['forbidden'],
		needs: ['metrics-pods', 'pods', 'aggregated-role'],
		entails: ['rbac-metrics-pods-ns', 'rbac-metrics-nodes'],
		rulesOut: ['ms-missing-auth-delegator'],
		symptoms: [
			symptom(
				'kubectl top pod, of everyone who has the role view, edit or admin',
				/pods\.metrics\.k8s\.io is forbidden.*in the namespace/,
				'Error from server (Forbidden): pods.metrics.k8s.io is forbidden: User "jane" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "default"',
			),
		],
		judge(evidence) {
			const refused = answerOf(evidence, 'metrics-pods');
			// Who may see pods and not their metrics may well have the role view, which should bring both.
			if (refused.outcome !== 'forbidden' || factsOf(evidence, 'pods') === null) {
				return ruledOut;
			}
			const role = factsOf(evidence, 'aggregated-role');
			if (role === null) {
				return undecided('aggregated-role');
			}
			return role.aggregatedTo.includes('view')
				? ruledOut
				: proved({ exists: role.exists ? 'yes' : '' }, [
						seen(refused, refused.error.split('\n')[0] ?? ''),
						seen(answerOf(evidence, 'pods'), 'the pods themselves may be read'),
						seen(
							answerOf(evidence, 'aggregated-role'),
							role.exists
								? `no label aggregate-to-view${role.aggregatedTo.length === 0 ? '' : `, only to ${role.aggregatedTo.join(', ')}`}`
								: 'no such ClusterRole',
						),
					]);
		},
	},
	{
		id: 'eks-aws-auth-username',
		...ofCaller,
		explains: ['backend-error', 'unavailable'],
		needs: ['metrics-nodes', 'aws-auth'],
		rulesOut: ['frontproxy-ca-mismatch', 'frontproxy-cn-not-allowed'],
		symptoms: [unauthorizedStatus],
		judge(evidence) {
			const refusal = (['metrics-version', 'metrics-nodes', 'metrics-pods'] as const)
				.map((id) => answerOf(evidence, id))
				.find(({ status }) => status === 401);
			if (refusal === undefined || distributionOf(evidence) !== 'eks') {
				return ruledOut;
			}
			const map = factsOf(evidence, 'aws-auth');
			if (map === null) {
				return undecided('aws-auth');
			}
			return map.withoutName.length === 0
				? ruledOut
				: proved({ role: map.withoutName[0] ?? '' }, [
						seen(refusal),
						seen(answerOf(evidence, 'aws-auth'), `mapRoles without username: ${map.withoutName.join(', ')}`),
					]);
		},
	},
	{
		id: 'webhook-authorizer-slow',
		...ofCaller,
		explains: ['backend-error'],
		needs: ['metrics-nodes', 'apiserver-flags'],
		rulesOut: ['ms-missing-auth-delegator'],
		symptoms: [
			symptom(
				'kubectl top, of everyone who is not in system:masters',
				/subjectaccessreviews.*(?:context deadline exceeded|Client\.Timeout)/,
				'Error from server (InternalError): an error on the server ("Internal Server Error: \\\\"/apis/metrics.k8s.io/v1beta1/nodes\\\\": Post \\\\"https://10.96.0.1:443/apis/authorization.k8s.io/v1/subjectaccessreviews?timeout=10s\\\\": context deadline exceeded") has prevented the request from succeeding (get nodes.metrics.k8s.io)',
			),
		],
		judge(evidence) {
			const late = lateReview(evidence);
			if (late === undefined) {
				return ruledOut;
			}
			const servers = factsOf(evidence, 'apiserver-flags') ?? [];
			const asking = servers.find(
				({ authorizationModes, hasAuthorizationFile }) =>
					authorizationModes.includes('Webhook') || hasAuthorizationFile,
			);
			if (asking === undefined) {
				// On managed control planes nobody sees the flags.
				return servers.length > 0 ? ruledOut : likely(proved({}, [seen(late)]));
			}
			const { authorizationModes, pod } = asking;
			return proved({ modes: authorizationModes.join(',') }, [
				seen(late),
				seen(answerOf(evidence, 'apiserver-flags'), `${pod}: --authorization-mode=${authorizationModes.join(',')}`),
			]);
		},
	},
];
