import { objectField, objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { backendOf } from '../backend.ts';
import { needsLookBehind } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { metadataOf, textList, textsOf } from './objects/metadata.ts';

/** A19: what may keep the API server from the pod. Policies of Cilium and Calico have kinds of their own. */
export const networkPoliciesProbe: Probe<'network-policies'> = {
	id: 'network-policies',
	step: 'scraping',
	cost: 1,
	needs: 'list networkpolicies in the namespace of metrics-server (role view there)',
	timeLimit: 6_000,
	when: (evidence) => needsLookBehind(evidence) && backendOf(evidence) !== null,
	ask(context, evidence) {
		const { namespace } = backendOf(evidence) ?? { namespace: 'kube-system' };
		return ask(context, `/apis/networking.k8s.io/v1/namespaces/${namespace}/networkpolicies`, ({ body }) =>
			[...objectsField(parseJson(body), 'items')].map((policy) => {
				const spec = objectField(policy, 'spec');
				const types = textList(spec, 'policyTypes');
				return {
					namespace,
					name: textField(metadataOf(policy), 'name'),
					selector: textsOf(objectField(spec, 'podSelector'), 'matchLabels'),
					// Without types a policy is about ingress, as the API says.
					ingress: types.length === 0 || types.includes('Ingress'),
				};
			}),
		);
	},
};
