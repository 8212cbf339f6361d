/** B10: kubectl top pod → what the autoscaler counts: every container rounded up to a millicore before it is summed. */
import { claimOf } from '../claims.ts';
import { type BridgeMaker, buildBridge } from './bridge.ts';

export const hpaKubectl: BridgeMaker = {
	id: 'B10',
	make: (context, claims) =>
		(['memory', 'cpu'] as const).flatMap((of) => {
			const from = claimOf(claims, 'kubectl-top-pod', of);
			const to = claimOf(claims, 'hpa', of);
			if (from === undefined || to === undefined) {
				return [];
			}
			const samples = to.from.filter((reading) => reading.quantity === 'cpuRate');
			// A rate of a single container that we computed ourselves is rounded as a whole.
			const rates = samples.length > 0 ? samples.map((sample) => sample.value) : [from.value];
			const value = rates.reduce((sum, rate) => sum + Math.ceil(rate / 1e6) * 1e6 - rate, 0);
			const rounding = { id: 'rounding', sum: { value, fields: '+ Σ ⌈m⌉ − Σ m', from: samples }, optional: true };
			const terms = of === 'cpu' ? [rounding] : [];
			return [buildBridge(context, { id: 'B10', from, to: { ...to, from: [] }, terms })];
		}),
};
