import type { Entry } from './collection.ts';
import { fieldOf, type ResourceType } from './resources.ts';
import { type FieldRequirement, type LabelPredicate, parseFieldSelector, parseLabelSelector } from './selectors.ts';
import { badRequest } from './status.ts';

/** Which objects a request means. */
export interface Selection {
	/** '' for all. */
	namespace: string;
	matches(entry: Entry): boolean;
	/** Everything matches. */
	all: boolean;
	/** It has a label or field selector: then nobody knows how many remain. */
	selective: boolean;
	/** The same selection has the same text. */
	text: string;
}

function fieldValue(entry: Entry, field: string): string {
	if (field === 'metadata.name') return entry.name;
	if (field === 'metadata.namespace') return entry.namespace;
	return entry.quickField?.(field) ?? fieldOf(entry.object(), field);
}

function checkFields(type: ResourceType, requirements: readonly FieldRequirement[]): void {
	for (const { field } of requirements) {
		if (field === 'metadata.name' || field === 'metadata.namespace' || type.fields.includes(field)) continue;
		if (type.metrics || type.group !== '') {
			throw badRequest(`"${field}" is not a known field selector: only "metadata.name", "metadata.namespace"`);
		}
		throw badRequest(`field label not supported: ${field}`);
	}
}

/** Reads the selectors of a request; throws the answer to a bad one. */
export function readSelection(type: ResourceType, namespace: string, query: URLSearchParams): Selection {
	const labelText = query.get('labelSelector') ?? '';
	const fieldText = query.get('fieldSelector') ?? '';
	const labels: LabelPredicate | undefined = labelText === '' ? undefined : parseLabelSelector(labelText);
	const fields = parseFieldSelector(fieldText);
	checkFields(type, fields);
	const selective = labels !== undefined || fields.length > 0;
	return {
		namespace,
		all: namespace === '' && !selective,
		selective,
		text: `${namespace} ${labelText} ${fieldText}`,
		matches: (entry) =>
			(namespace === '' || entry.namespace === namespace) &&
			fields.every(({ field, value, equal }) => (fieldValue(entry, field) === value) === equal) &&
			(labels === undefined || labels(entry.labels())),
	};
}
