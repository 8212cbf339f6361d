import type { Evidence } from './evidence.ts';

/**
 * Works something out once for each evidence, which never changes: more than a hundred causes ask the same of lists that
 * can hold 150,000 pods. Pure as seen from outside.
 */
export function once<Value>(work: (evidence: Evidence) => Value): (evidence: Evidence) => Value {
	const known = new WeakMap<Evidence, { value: Value }>();
	return (evidence) => {
		const found = known.get(evidence) ?? { value: work(evidence) };
		known.set(evidence, found);
		return found.value;
	};
}
