/** Which kubelets are worth asking: a scrape costs the node something. Pure. */
import { answerOf, type Evidence, factsOf } from './evidence/evidence.ts';
import {
	isVirtual,
	samplesAreEmpty,
	unexplainedNodes,
	unexplainedPods,
	waitForFirstSample,
} from './evidence/missing.ts';

const most = 3;

/** Nodes that lack a sample or have a pod that does, the one that was asked about first; ready and old enough ones only. */
export function nodesToAsk(evidence: Evidence): readonly string[] {
	const { now, patient } = evidence;
	const wait = waitForFirstSample(evidence);
	const ready = (factsOf(evidence, 'nodes') ?? []).filter(
		(node) => node.ready === 'True' && now - node.createdAt > wait && !isVirtual(node),
	);
	const lacking = new Set([
		...unexplainedNodes(evidence).map(({ name }) => name),
		...unexplainedPods(evidence).map(({ node }) => node),
		...(samplesAreEmpty(evidence) || answerOf(evidence, 'metrics-version').status === 503
			? ready.slice(0, 1).map(({ name }) => name)
			: []),
	]);
	return ready
		.map(({ name }) => name)
		.filter((name) => lacking.has(name) || (patient.kind === 'node' && patient.name === name))
		.toSorted((one, other) => Number(isPatient(evidence, other)) - Number(isPatient(evidence, one)))
		.slice(0, most);
}

function isPatient({ patient }: Evidence, node: string): boolean {
	return patient.kind === 'node' && patient.name === node;
}
