import { objectField, objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readAutoscaledPod } from './objects/autoscaler.ts';

/** A20: the pods that it counts, by the selector of what it scales: by labels, as the HPA does, not by ownership. */
export const autoscaledPodsProbe: Probe<'autoscaled-pods'> = {
	id: 'autoscaled-pods',
	step: 'data',
	cost: 2,
	needs: 'get the scale of its target, and list pods, in its namespace (role view there)',
	timeLimit: 6_000,
	after: ['autoscaler'],
	when: (evidence) => (factsOf(evidence, 'autoscaler')?.scalePath ?? '') !== '',
	async ask(context, evidence) {
		const { namespace, scalePath } = factsOf(evidence, 'autoscaler') ?? { namespace: '', scalePath: '' };
		const scale = await ask(context, scalePath, ({ body }) => {
			const selector = textField(objectField(parseJson(body), 'status'), 'selector');
			return selector === '' ? null : selector;
		});
		return scale.value === null
			? { ...scale, value: null }
			: ask(
					context,
					`/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`,
					({ body }) => [...objectsField(parseJson(body), 'items')].map(readAutoscaledPod),
					{ query: { labelSelector: scale.value } },
				);
	},
};
