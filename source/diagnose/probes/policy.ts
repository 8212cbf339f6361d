import { type JsonObject, objectField, objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import type { PolicyFacts } from '../evidence/objects.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { metadataOf, textList, textsOf } from './objects/metadata.ts';

const rbac = '/apis/rbac.authorization.k8s.io/v1';

/** A16: what metrics-server was granted. Administrators only. */
export const policyProbe: Probe<'policy'> = {
	id: 'policy',
	step: 'scraping',
	cost: 4,
	needs: 'get clusterroles and list clusterrolebindings, and rolebindings in kube-system (administrators)',
	timeLimit: 6_000,
	when: needsLookBehind,
	async ask(context) {
		const bindings = await ask(context, `${rbac}/clusterrolebindings`, ({ body }) => [
			...objectsField(parseJson(body), 'items'),
		]);
		if (bindings.value === null) {
			return { ...bindings, value: null };
		}
		const role = await ask(context, `${rbac}/clusterroles/system:metrics-server`, ({ body }) =>
			rulesOf(parseJson(body)),
		);
		const reader = await ask(context, `${rbac}/clusterroles/system:aggregated-metrics-reader`, ({ body }) =>
			aggregatedTo(parseJson(body)),
		);
		const inKubeSystem = await ask(context, `${rbac}/namespaces/kube-system/rolebindings`, ({ body }) => [
			...objectsField(parseJson(body), 'items'),
		]);
		const value: PolicyFacts = {
			metricsServerRules: role.value,
			authDelegators: subjectsOf(bindings.value, 'system:auth-delegator'),
			metricsServerSubjects: subjectsOf(bindings.value, 'system:metrics-server'),
			authReaders: inKubeSystem.value && subjectsOf(inKubeSystem.value, 'extension-apiserver-authentication-reader'),
			aggregatedTo: reader.value,
		};
		return { ...bindings, body: '', value };
	},
};

/** `namespace/name` of the service accounts, and names of users and groups, that are bound to a role. */
function subjectsOf(bindings: readonly JsonObject[], role: string): readonly string[] {
	return bindings
		.filter((binding) => textField(objectField(binding, 'roleRef'), 'name') === role)
		.flatMap((binding) => [...objectsField(binding, 'subjects')])
		.map((subject) => {
			const namespace = textField(subject, 'namespace');
			return `${namespace === '' ? '' : `${namespace}/`}${textField(subject, 'name')}`;
		});
}

/** `get nodes/metrics`, one for each verb and resource. */
function rulesOf(role: JsonObject): readonly string[] {
	return [...objectsField(role, 'rules')].flatMap((rule) =>
		textList(rule, 'verbs').flatMap((verb) => textList(rule, 'resources').map((resource) => `${verb} ${resource}`)),
	);
}

/** The roles that a ClusterRole is added to. */
export function aggregatedTo(role: JsonObject): readonly string[] {
	return Object.entries(textsOf(metadataOf(role), 'labels'))
		.filter(([name, value]) => value === 'true' && name.startsWith('rbac.authorization.k8s.io/aggregate-to-'))
		.map(([name]) => name.slice('rbac.authorization.k8s.io/aggregate-to-'.length));
}
