import type { Json, JsonObject } from '../formats/json.ts';
import { part, text } from '../formats/table.ts';
import { badRequest } from './status.ts';
import { isAllowed, mayReadPath, type User } from './users.ts';

/** What users may ask about themselves. Each takes the posted object and gives it back answered. */

function accessReview(user: User, body: JsonObject): JsonObject {
	const spec = part(body['spec']);
	const asked = part(spec['resourceAttributes']);
	const path = part(spec['nonResourceAttributes']);
	const allowed = spec['resourceAttributes']
		? isAllowed(user, {
				verb: text(asked['verb']),
				group: text(asked['group']),
				resource: text(asked['resource']),
				subresource: text(asked['subresource']),
				namespace: text(asked['namespace']),
				name: text(asked['name']),
			})
		: mayReadPath(user, text(path['path']));
	const status = allowed ? { allowed, reason: 'RBAC: allowed by the rules of the demo cluster' } : { allowed };
	return { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec, status };
}

function rulesReview(user: User, body: JsonObject): JsonObject {
	const spec = part(body['spec']);
	const namespace = text(spec['namespace'], 'default');
	const rules = user.rules.filter((rule) => rule.namespace === undefined || rule.namespace === namespace);
	return {
		kind: 'SelfSubjectRulesReview',
		apiVersion: 'authorization.k8s.io/v1',
		metadata: {},
		spec,
		status: {
			resourceRules: rules.map(({ verbs, groups, resources }) => ({ verbs, apiGroups: groups, resources })),
			nonResourceRules: [
				{
					verbs: ['get'],
					nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/healthz', '/livez', '/readyz', '/version'],
				},
			],
			incomplete: false,
		},
	};
}

function subjectReview(user: User): JsonObject {
	const userInfo = { username: user.name, ...(user.uid ? { uid: user.uid } : {}), groups: user.groups };
	return {
		kind: 'SelfSubjectReview',
		apiVersion: 'authentication.k8s.io/v1',
		metadata: {},
		status: { userInfo },
	};
}

/** The answer to a review, undefined if there is no such review. */
export function answerReview(user: User, resource: string, body: Json): JsonObject | undefined {
	const posted = part(body);
	switch (resource) {
		case 'selfsubjectaccessreviews':
			if (!posted['spec'])
				throw badRequest('exactly one of nonResourceAttributes or resourceAttributes must be specified');
			return accessReview(user, posted);
		case 'selfsubjectrulesreviews':
			return rulesReview(user, posted);
		case 'selfsubjectreviews':
			return subjectReview(user);
		default:
			return undefined;
	}
}
