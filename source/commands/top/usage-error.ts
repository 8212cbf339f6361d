import * as text from '../../messages/en/top.ts';
import type { TopRequest } from './request.ts';

/** What is wrong with the command line, in kubectl's words where kubectl has some; null if nothing is. */
export function usageError(request: TopRequest): string | null {
	const { sortBy, name, labelSelector, fieldSelector, resource } = request;
	if (!['', 'cpu', 'memory'].includes(sortBy)) {
		return text.sortBy;
	}
	if (name !== '' && (labelSelector !== '' || fieldSelector !== '')) {
		return resource === 'nodes' ? text.nameOrLabelSelector : text.nameOrSelector;
	}
	const faults = nameFaults(name);
	if (faults.length > 0) {
		return text.invalidName(name, faults);
	}
	if (request.sum && request.output === 'csv') {
		return text.noSumInCsv;
	}
	return null;
}

/** Names that cannot be a part of a path (k8s.io/apimachinery/pkg/api/validation/path/name.go). */
function nameFaults(name: string): string[] {
	if (name === '.' || name === '..') {
		return [`may not be '${name}'`];
	}
	return ['/', '%']
		.filter((character) => name.includes(character))
		.map((character) => `may not contain '${character}'`);
}
