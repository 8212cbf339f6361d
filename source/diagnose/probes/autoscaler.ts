import { parseJson } from '../../sources/json/fields.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';
import { readAutoscaler } from './objects/autoscaler.ts';

/** A20: the HorizontalPodAutoscaler that was asked about, with its conditions. Servers up to 1.22 know it by its beta. */
export const autoscalerProbe: Probe<'autoscaler'> = {
	id: 'autoscaler',
	step: 'data',
	cost: 2,
	needs: 'get horizontalpodautoscalers in its namespace (role view there)',
	timeLimit: 6_000,
	when: ({ patient }) => patient.kind === 'hpa',
	async ask(context, { patient }) {
		const { name, namespace } = patient.kind === 'hpa' ? patient : { name: '', namespace: '' };
		const rest = `namespaces/${encodeURIComponent(namespace)}/horizontalpodautoscalers/${encodeURIComponent(name)}`;
		const read = ({ body }: { body: Buffer }) => readAutoscaler(parseJson(body));
		const answer = await ask(context, `/apis/autoscaling/v2/${rest}`, read);
		// A version that the server does not know is answered otherwise than an object that is not there.
		const isUnknown = answer.status === 404 && /page not found|the requested resource/.test(answer.body);
		return isUnknown ? ask(context, `/apis/autoscaling/v2beta2/${rest}`, read) : answer;
	},
};
