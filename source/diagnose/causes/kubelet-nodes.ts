/** Nodes that have no samples for a reason of their own: down, virtual, or left out on purpose. */
import { type Cause, provedOf, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { isVirtual, nodesWithoutSamples, samplesAreEmpty, silentNodes } from '../evidence/missing.ts';
import { ofScraping, unknownRow } from './scraped-kubelets.ts';

/** Nobody saw the nodes, and one of them may be such. */
function otherwise(evidence: Evidence): Verdict {
	return silentNodes(evidence).size > 0 ? undecided('nodes', 'metrics-nodes') : ruledOut;
}

export const nodeCauses: readonly Cause[] = [
	{
		id: 'node-not-ready',
		...ofScraping,
		needs: ['metrics-nodes', 'nodes'],
		rulesOut: ['kubelet-timeout', 'kubelet-conn-refused-10250', 'node-too-young'],
		symptoms: [unknownRow],
		judge(evidence) {
			const down = nodesWithoutSamples(evidence).filter((node) => node.ready !== 'True' && !isVirtual(node));
			const everyNode = factsOf(evidence, 'nodes') ?? [];
			const all = samplesAreEmpty(evidence) && everyNode.every(({ ready }) => ready !== 'True') ? everyNode : down;
			const [first] = all;
			return first === undefined
				? otherwise(evidence)
				: provedOf(
						all.map(({ name }) => `node/${name}`),
						{ condition: first.ready, reason: first.readyReason },
						all
							.slice(0, 3)
							.map(({ name, ready, readyMessage, readyReason }) =>
								seen(answerOf(evidence, 'nodes'), `${name}: Ready=${ready}, ${readyReason}: ${readyMessage}`),
							),
					);
		},
	},
	{
		id: 'virtual-kubelet',
		...ofScraping,
		severity: 'info',
		explains: ['nodes-missing'],
		entails: [],
		needs: ['metrics-nodes', 'nodes'],
		rulesOut: ['kubelet-conn-refused-10250', 'node-not-ready'],
		symptoms: [unknownRow],
		judge(evidence) {
			const virtual = nodesWithoutSamples(evidence).filter(isVirtual);
			return virtual.length === 0
				? otherwise(evidence)
				: provedOf(
						virtual.map(({ name }) => `node/${name}`),
						{},
						[seen(answerOf(evidence, 'nodes'), `${virtual[0]?.name}: label type=virtual-kubelet`)],
					);
		},
	},
	{
		id: 'node-selector-excludes',
		...ofScraping,
		severity: 'info',
		explains: ['nodes-missing'],
		entails: [],
		needs: ['metrics-nodes', 'nodes', 'workload-pods'],
		rulesOut: ['kubelet-timeout'],
		symptoms: [unknownRow],
		judge(evidence) {
			const args = (factsOf(evidence, 'workload-pods') ?? []).flatMap(({ containers }) =>
				containers.flatMap(({ args: its, command }) => [...command, ...its]),
			);
			const selector = args
				.map((arg) => /^(?:--node-selector|-l)=(.+)$/.exec(arg)?.[1])
				.find((one) => one !== undefined);
			if (selector === undefined) {
				return silentNodes(evidence).size > 0 && factsOf(evidence, 'workload-pods') === null
					? undecided('nodes', 'workload-pods')
					: ruledOut;
			}
			const [name = '', value] = selector.split(/==?/);
			const left = nodesWithoutSamples(evidence).filter(({ labels }) =>
				value === undefined ? labels[name] === undefined : labels[name] !== value,
			);
			return left.length === 0
				? ruledOut
				: provedOf(
						left.map((node) => `node/${node.name}`),
						{ selector },
						[seen(answerOf(evidence, 'workload-pods'), `args: --node-selector=${selector}`)],
					);
		},
	},
];
