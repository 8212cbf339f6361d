/** B7: CPU in all tools. All are the same rate over different windows; docker's clock leaves out stolen time. */
import type { Bridge, Claim, ToolId } from '../../model/ledger.ts';
import type { Reading } from '../../model/reading.ts';
import { claimOf } from '../claims.ts';
import { type Context, isMachine } from '../context.ts';
import { counterRate } from '../rate.ts';
import { type BridgeMaker, buildBridge, type PlannedTerm } from './bridge.ts';

/** How long a rate was taken over, ms: as its reading says, or between the two readings of its counter. */
function windowOf(readings: readonly Reading[]): number {
	const counters = readings.filter((reading) => reading.quantity === 'cpuTime');
	const [first, second] = counters;
	return first !== undefined && second !== undefined
		? Math.abs(second.at - first.at)
		: (readings.find((reading) => !Number.isNaN(reading.window))?.window ?? Number.NaN);
}

/** docker's figure less the rate by the wall clock over the same interval: steal, and the ticks of 10 ms. */
function stealTerms(context: Context, docker: Claim): readonly PlannedTerm[] {
	const wall = counterRate(context, 'docker');
	if (!docker.from.some((reading) => reading.quantity === 'systemCpuTime') || Number.isNaN(wall.value)) {
		return [];
	}
	const sum = {
		value: docker.value - wall.value,
		fields: `+ ${docker.formula} − ${wall.formula}`,
		from: docker.from,
	};
	return [{ id: 'steal', sum, optional: true }];
}

const ends: readonly ToolId[] = ['docker-stats', 'crictl-stats', 'podman-stats', 'top-in-container', 'prometheus-cpu'];

function one(context: Context, from: Claim, to: Claim): Bridge {
	const terms = to.tool === 'docker-stats' ? stealTerms(context, to) : [];
	const windows = [windowOf(from.from), windowOf(to.from)] as const;
	const bridge = buildBridge(context, {
		id: 'B7',
		from,
		to,
		terms,
		first: to.tool === 'top-in-container' ? ['window', 'ended-processes', 'ticks'] : ['window'],
		processes: to.tool === 'top-in-container',
	});
	if (bridge.residual === 0) {
		return bridge;
	}
	const facts = Object.fromEntries(
		(['fromWindow', 'toWindow'] as const)
			.map((name, index) => [name, windows[index] ?? Number.NaN] as const)
			.filter(([, value]) => !Number.isNaN(value)),
	);
	return {
		...bridge,
		// Another window is another sample: said once.
		residualReasons: bridge.residualReasons.filter((reason) => reason !== 'sampling'),
		residualFacts: { ...bridge.residualFacts, ...facts },
	};
}

export const cpu: BridgeMaker = {
	id: 'B7',
	make: (context, claims) => {
		const from = claimOf(claims, isMachine(context) ? 'kubectl-top-node' : 'kubectl-top-pod', 'cpu');
		if (from === undefined) {
			return [];
		}
		return ends.flatMap((tool) => {
			const to = claimOf(claims, tool, 'cpu');
			return to === undefined ? [] : [one(context, from, to)];
		});
	},
};
