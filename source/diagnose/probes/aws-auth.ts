import { clean } from '../../model/clean.ts';
import { objectField, parseJson } from '../../sources/json/fields.ts';
import { distributionOf } from '../distribution.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** A17 of EKS: who an IAM role is in the cluster, where metrics-server does not know who asks. */
export const awsAuthProbe: Probe<'aws-auth'> = {
	id: 'aws-auth',
	step: 'registration',
	cost: 1,
	needs: 'get configmap aws-auth in kube-system (administrators)',
	timeLimit: 5_000,
	when: (evidence) =>
		distributionOf(evidence) === 'eks' &&
		(['metrics-version', 'metrics-nodes', 'metrics-pods'] as const).some((id) => answerOf(evidence, id).status === 401),
	async ask(context) {
		const { parseYaml } = await import('../../kube/kubeconfig/yaml.ts');
		const answer = await ask(context, '/api/v1/namespaces/kube-system/configmaps/aws-auth', ({ body }) => {
			// The lines of YAML are kept.
			const text = objectField(parseJson(body), 'data')['mapRoles'];
			const parsed = parseYaml(typeof text === 'string' ? text : '');
			const roles: readonly unknown[] = 'value' in parsed && Array.isArray(parsed.value) ? parsed.value : [];
			return { roles: roles.length, withoutName: roles.filter(isNameless).map(nameOf) };
		});
		return { ...answer, body: answer.status === 200 ? '' : answer.body };
	},
};

function isNameless(role: unknown): boolean {
	return typeof role === 'object' && role !== null && !(role as { username?: unknown }).username;
}

/** `role/NAME` of its ARN, without the account. */
function nameOf(role: unknown): string {
	const arn = String((role as { rolearn?: unknown }).rolearn ?? '');
	return clean(arn.replace(/^arn:[^/]*:/, '')).slice(0, 100);
}
