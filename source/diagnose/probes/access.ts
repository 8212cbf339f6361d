import { objectField, parseJson, textField } from '../../sources/json/fields.ts';
import { type Answer, emptyReply } from '../evidence/answer.ts';
import type { AccessFacts } from '../evidence/api.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { namespaceOfContext } from './pods.ts';

interface Question {
	group: string;
	resource: string;
	namespace?: string;
}

/** As `AccessFacts` names it. */
export function accessKey({ group, namespace, resource }: Question): string {
	return `list ${resource}${group === '' ? '' : `.${group}`}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}

/** A5: what this user may list. The reviews are posted and not stored. */
export const accessProbe: Probe<'access'> = {
	id: 'access',
	step: 'registration',
	cost: 4,
	needs: 'system:basic-user, which every authenticated user has unless it was removed',
	timeLimit: 8_000,
	when: (evidence) =>
		(['metrics-nodes', 'metrics-pods', 'nodes', 'pods'] as const).some(
			(id) => answerOf(evidence, id).outcome === 'forbidden',
		),
	async ask(context, evidence) {
		const namespace = namespaceOfContext(evidence);
		const group = 'metrics.k8s.io';
		const questions: Question[] = [
			{ group, resource: 'nodes' },
			{ group, resource: 'pods' },
			{ group, resource: 'pods', namespace },
			{ group: '', resource: 'nodes' },
		];
		const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
		const allowed = new Map<string, boolean>();
		let last: Answer<boolean> = { ...emptyReply, value: null };
		for (const question of questions) {
			last = await ask(context, path, ({ body }) => objectField(parseJson(body), 'status')['allowed'] === true, {
				method: 'POST',
				body: {
					apiVersion: 'authorization.k8s.io/v1',
					kind: 'SelfSubjectAccessReview',
					spec: { resourceAttributes: { verb: 'list', ...question } },
				},
			});
			if (last.value === null) {
				break;
			}
			allowed.set(accessKey(question), last.value);
		}
		const value: AccessFacts | null = allowed.size === 0 ? null : { allowed, ...userOf(evidence) };
		return { ...last, body: '', value };
	},
};

/** A refusal names whom it refuses. */
function userOf(evidence: Parameters<typeof answerOf>[0]): { user: string; groups: readonly string[] } {
	const refusals = (['metrics-nodes', 'metrics-pods', 'nodes', 'pods'] as const).map((id) => answerOf(evidence, id));
	for (const { body } of refusals.filter(({ outcome }) => outcome === 'forbidden')) {
		const user = /User "([^"]+)"/.exec(messageOf(body))?.[1];
		if (user !== undefined) {
			return { user, groups: [] };
		}
	}
	return { user: '', groups: [] };
}

function messageOf(body: string): string {
	try {
		return textField(parseJson(Buffer.from(body)), 'message');
	} catch {
		return body;
	}
}
