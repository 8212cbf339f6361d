import { objectsField, parseJson } from '../../sources/json/fields.ts';
import { backendOf } from '../backend.ts';
import { answerOf, factsOf } from '../evidence/evidence.ts';
import type { PodFacts } from '../evidence/objects.ts';
import { needsTheLog } from '../look-behind.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { askPages } from './ask-pages.ts';
import { readPodFacts } from './objects/pod.ts';

const itsImage = /metrics-server/;

function isIts({ containers, name }: PodFacts): boolean {
	return itsImage.test(name) || containers.some(({ image }) => itsImage.test(image));
}

/**
 * A9: the pods behind the Service, by its selector, never by a fixed label. Where the Service selects none, those that
 * have metrics-server's image or name, which tells a wrong selector from a missing pod.
 */
export const workloadPodsProbe: Probe<'workload-pods'> = {
	id: 'workload-pods',
	step: 'workload',
	cost: 2,
	needs: 'list pods in the namespace of metrics-server (role view there)',
	timeLimit: 6_000,
	when: (evidence) => needsTheLog(evidence) && backendOf(evidence) !== null,
	async ask(context, evidence) {
		const { namespace } = backendOf(evidence) ?? { namespace: 'kube-system' };
		const selector = factsOf(evidence, 'service')?.selector;
		const labelSelector = selector == null ? undefined : labels(selector);
		const path = `/api/v1/namespaces/${namespace}/pods`;
		const read = ({ body }: { body: Buffer }) => [...objectsField(parseJson(body), 'items')].map(readPodFacts);
		if (labelSelector !== undefined) {
			const selected = await ask(context, path, read, { query: { labelSelector } });
			if (selected.value === null || selected.value.length > 0) {
				return selected;
			}
		}
		// Without a Service its pods may be anywhere, among very many.
		const everywhere = answerOf(evidence, 'service').status === 404 ? '/api/v1/pods' : path;
		return askPages(context, everywhere, (object) => {
			const pod = readPodFacts(object);
			return isIts(pod) ? pod : null;
		});
	},
};

function labels(selector: Readonly<Record<string, string>>): string {
	return Object.entries(selector)
		.map(([name, value]) => `${name}=${value}`)
		.join(',');
}
