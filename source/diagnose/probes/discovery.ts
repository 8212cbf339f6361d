import { type JsonObject, objectField, objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** As kubectl since 1.26 asks: an older server, or one without this format, answers in the last of these. */
const accept = [
	'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
	'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList',
	'application/json',
].join(',');

/** A2: which groups there are, and whether the server calls the metrics group current or stale. */
export const discoveryProbe: Probe<'discovery'> = {
	id: 'discovery',
	step: 'discovery',
	cost: 1,
	needs: 'system:discovery, which every authenticated user has unless it was removed',
	timeLimit: 8_000,
	when: (evidence) => factsOf(evidence, 'version') !== null,
	ask: (context) =>
		ask(
			context,
			'/apis',
			({ body }) => {
				const answer = parseJson(body);
				return textField(answer, 'kind') === 'APIGroupDiscoveryList' ? fromAggregated(answer) : fromPlain(answer);
			},
			{ accept },
		),
};

const metrics = 'metrics.k8s.io';

function fromAggregated(answer: JsonObject) {
	const groups: string[] = [];
	const staleGroups: string[] = [];
	let freshness = '';
	for (const item of objectsField(answer, 'items')) {
		const name = textField(objectField(item, 'metadata'), 'name');
		groups.push(name);
		const marks = [...objectsField(item, 'versions')].map((version) => textField(version, 'freshness'));
		if (marks.includes('Stale')) {
			staleGroups.push(name);
		}
		if (name === metrics) {
			freshness = marks.includes('Stale') ? 'Stale' : (marks[0] ?? '');
		}
	}
	return { groups, staleGroups, listed: groups.includes(metrics), freshness };
}

function fromPlain(answer: JsonObject) {
	const groups = [...objectsField(answer, 'groups')].map((group) => textField(group, 'name'));
	return groups.length === 0 ? null : { groups, staleGroups: [], listed: groups.includes(metrics), freshness: '' };
}
