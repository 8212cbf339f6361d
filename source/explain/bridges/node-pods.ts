/** B4: the sum of a node's pods → kubectl top node, with what the kubelet itemises between. */
import type { Reading } from '../../model/reading.ts';
import { total } from '../claims/claim.ts';
import { claimOf } from '../claims.ts';
import { plus, signedSum, sumOf } from '../signed-sum.ts';
import { type BridgeMaker, buildBridge, type PlannedTerm } from './bridge.ts';
import { planned } from './memory-terms.ts';

/** A term of two sums of many readings. */
function difference(
	id: string,
	more: readonly Reading[],
	moreName: string,
	less: readonly Reading[],
	lessName: string,
) {
	const term: PlannedTerm = {
		id,
		sum: {
			value: total(more) - total(less),
			fields: `+ ${sumOf(more, moreName)} − ${sumOf(less, lessName)}`,
			from: [...more, ...less],
		},
	};
	return term;
}

export const nodePods: BridgeMaker = {
	id: 'B4',
	make: (context, claims) => {
		const from = claimOf(claims, 'kubectl-top-pod', 'memory');
		const to = claimOf(claims, 'kubectl-top-node', 'memory');
		if (from === undefined || to === undefined) {
			return [];
		}
		const { readings } = context;
		const pods = readings.parts('pod/', 'workingSet', 'kubelet-summary');
		const system = (name: string) => readings.findPart(`system/${name}`, 'workingSet', 'kubelet-summary');
		const kubepods = system('pods');
		const itself = pods.every((pod) => from.from.includes(pod));
		const terms: PlannedTerm[] = [
			...(itself && pods.length > 0 ? [] : [difference('pod-cgroups', pods, 'pod/', from.from, 'pod/')]),
			kubepods === undefined
				? { id: 'kubepods', sum: signedSum([plus(undefined)]) }
				: difference('kubepods', [kubepods], '', pods, 'pod/'),
			planned('kubelet', plus(system('kubelet'))),
			{ ...planned('runtime', plus(system('runtime'))), optional: true },
			{ ...planned('misc', plus(system('misc'))), optional: true },
		];
		return [buildBridge(context, { id: 'B4', from, to, terms, first: ['not-itemised'] })];
	},
};
