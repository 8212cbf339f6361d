/** B5: the containers of a pod, which kubectl sums → the pod's own cgroup, which eviction goes by. */
import { total } from '../claims/claim.ts';
import { claimOf } from '../claims.ts';
import { kubeletSources, memorySources } from '../context.ts';
import { plus } from '../signed-sum.ts';
import { type BridgeMaker, buildBridge } from './bridge.ts';
import { planned } from './memory-terms.ts';

export const containerPod: BridgeMaker = {
	id: 'B5',
	make: (context, claims) => {
		const from = claimOf(claims, 'kubectl-top-pod', 'memory');
		const to = claimOf(claims, 'pod-cgroup', 'memory');
		const source = to?.from[0]?.source;
		if (from === undefined || to === undefined || source === undefined) {
			return [];
		}
		const { readings } = context;
		const pause = readings.findPart('pause', 'workingSet', ...kubeletSources, ...memorySources);
		const containers = readings.parts('container/', 'workingSet', source);
		const moved = containers.every((part) => from.from.includes(part)) ? Number.NaN : total(containers) - from.value;
		// What the containers moved meanwhile goes either way; what is charged to the pod itself only comes on top.
		const rest = to.value - from.value - (pause?.value ?? Number.NaN);
		const charged = !(rest < 0) && (Number.isNaN(moved) || Math.abs(rest - moved) >= Math.abs(rest));
		return [
			buildBridge(context, {
				id: 'B5',
				from,
				to,
				terms: [planned('pause', plus(pause))],
				moved,
				first: charged ? ['pod-level-charge'] : [],
			}),
		];
	},
};
