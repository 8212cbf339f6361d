/** Of all that was found, what concerns the one thing that was asked about. Pure. */
import type { Diagnosis } from '../model/diagnosis.ts';
import { type Evidence, factsOf } from './evidence/evidence.ts';

/**
 * A pod is concerned by what ails itself, its node, or the cluster; a node by what ails itself, its pods (but for what is
 * only worth knowing of them), or the cluster; an autoscaler by what ails itself, the pods that it counts, or the cluster.
 */
export function findingsOf({
	diagnoses,
	evidence,
}: {
	diagnoses: readonly Diagnosis[];
	evidence: Evidence;
}): readonly Diagnosis[] {
	const { patient } = evidence;
	if (patient.kind === 'cluster') {
		return diagnoses;
	}
	const concerned = new Set(['cluster']);
	if (patient.kind === 'node') {
		concerned.add(`node/${patient.name}`);
	} else if (patient.kind === 'hpa') {
		concerned.add(`hpa/${patient.namespace}/${patient.name}`);
		for (const { name } of factsOf(evidence, 'autoscaled-pods') ?? []) {
			concerned.add(`pod/${patient.namespace}/${name}`);
		}
	} else {
		concerned.add(`pod/${patient.namespace}/${patient.name}`);
		const its = factsOf(evidence, 'pods')?.find(
			({ name, namespace }) => name === patient.name && namespace === patient.namespace,
		);
		concerned.add(`node/${its?.node ?? ''}`);
	}
	const onIt =
		patient.kind === 'node' ? (factsOf(evidence, 'pods') ?? []).filter(({ node }) => node === patient.name) : [];
	const itsPods = new Set(onIt.map(({ name, namespace }) => `pod/${namespace}/${name}`));
	return diagnoses.filter(
		({ severity, subjects }) =>
			subjects.some((subject) => concerned.has(subject)) ||
			(severity !== 'info' && subjects.some((subject) => itsPods.has(subject))),
	);
}
