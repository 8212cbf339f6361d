import { parseJson } from '../../sources/json/fields.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { aggregatedTo } from './policy.ts';

/** A16, where samples of pods are forbidden: what adds them to the roles view, edit and admin. */
export const aggregatedRoleProbe: Probe<'aggregated-role'> = {
	id: 'aggregated-role',
	step: 'registration',
	cost: 1,
	needs: 'get clusterroles (administrators, or the role cluster-reader where there is one)',
	timeLimit: 5_000,
	when: (evidence) => answerOf(evidence, 'metrics-pods').outcome === 'forbidden',
	async ask(context) {
		const path = '/apis/rbac.authorization.k8s.io/v1/clusterroles/system:aggregated-metrics-reader';
		const answer = await ask(context, path, ({ body }) => ({
			exists: true,
			aggregatedTo: aggregatedTo(parseJson(body)),
		}));
		return answer.status === 404 ? { ...answer, value: { exists: false, aggregatedTo: [] } } : answer;
	},
};
