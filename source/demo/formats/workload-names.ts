import { makeUid, mixText } from '../model/random.ts';
import type { Workload } from '../model/workload.ts';

/** Names and ids that one workload's objects share. */
export function workloadUid(workload: Workload, part = ''): string {
	const text = `${workload.kind}/${workload.namespace}/${workload.name}/${part}`;
	return makeUid(mixText(77, text), mixText(78, text));
}

/** Labels that select the pods of a workload. */
export function selectorLabels(workload: Workload): Readonly<Record<string, string>> {
	return workload.labels ?? { 'app.kubernetes.io/name': workload.name };
}
