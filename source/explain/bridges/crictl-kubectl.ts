/** B9: crictl stats → kubectl top pod: one formula, two readers, two moments. */
import { claimOf } from '../claims.ts';
import { type BridgeMaker, buildBridge } from './bridge.ts';

export const crictlKubectl: BridgeMaker = {
	id: 'B9',
	make: (context, claims) => {
		const from = claimOf(claims, 'crictl-stats', 'memory');
		const to = claimOf(claims, 'kubectl-top-pod', 'memory');
		return from === undefined || to === undefined ? [] : [buildBridge(context, { id: 'B9', from, to, terms: [] })];
	},
};
