/** Which kubelets are worth asking: a scrape costs the node something. Pure. */
import { answerOf, type Evidence, factsOf } from './evidence/evidence.ts';
import {
	isVirtual,
	nodesWithoutSamples,
	samplesAreEmpty,
	unexplainedNodes,
	unexplainedPods,
	waitForFirstSample,
} from './evidence/missing.ts';
import type { NodeFacts } from './evidence/objects.ts';
import { staleSamples } from './evidence/stale.ts';

const most = 3;

/**
 * Nodes that lack a sample or have a pod that does, the one that was asked about first; ready and old enough ones only.
 * Where somebody wants kubelets to be asked, others as well, so that there is something to compare with.
 */
export function nodesToAsk(evidence: Evidence): readonly string[] {
	const ready = readyNodes(evidence);
	const lacking = lackingAmong(ready, evidence);
	const rank = (name: string) => (isPatient(evidence, name) ? 0 : lacking.has(name) ? 1 : 2);
	return ready
		.map(({ name }) => name)
		.filter((name) => rank(name) < 2 || evidence.probesKubelets === true)
		.toSorted((one, other) => rank(one) - rank(other))
		.slice(0, most);
}

/** Kubelets that this machine is to ask, which may be down as well: those in question first, then others. */
export function kubeletsToProbe(evidence: Evidence): readonly NodeFacts[] {
	const lacking = new Set([
		...lackingAmong(readyNodes(evidence), evidence),
		...nodesWithoutSamples(evidence).map(({ name }) => name),
	]);
	const rank = ({ name }: NodeFacts) => (isPatient(evidence, name) ? 0 : lacking.has(name) ? 1 : 2);
	return (factsOf(evidence, 'nodes') ?? [])
		.filter((node) => !isVirtual(node))
		.toSorted((one, other) => rank(one) - rank(other))
		.slice(0, most);
}

function readyNodes(evidence: Evidence): readonly NodeFacts[] {
	const wait = waitForFirstSample(evidence);
	return (factsOf(evidence, 'nodes') ?? []).filter(
		(node) => node.ready === 'True' && evidence.now - node.createdAt > wait && !isVirtual(node),
	);
}

function lackingAmong(ready: readonly NodeFacts[], evidence: Evidence): ReadonlySet<string> {
	return new Set([
		...unexplainedNodes(evidence).map(({ name }) => name),
		...unexplainedPods(evidence).map(({ node }) => node),
		...staleSamples(evidence)
			.filter(({ subject }) => subject.startsWith('node/'))
			.slice(0, most)
			.map(({ sample }) => sample.name),
		...(samplesAreEmpty(evidence) || answerOf(evidence, 'metrics-version').status === 503
			? ready.slice(0, 1).map(({ name }) => name)
			: []),
	]);
}

function isPatient({ patient }: Evidence, node: string): boolean {
	return patient.kind === 'node' && patient.name === node;
}
