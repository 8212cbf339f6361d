/** B7: CPU in all tools. All are the same rate over different windows; docker's clock leaves out stolen time. */
import type { Bridge, Claim, ToolId } from '../../model/ledger.ts';
import type { Reading } from '../../model/reading.ts';
import { claimOf } from '../claims.ts';
import { type Context, isMachine } from '../context.ts';
import { counterRate } from '../rate.ts';
import { type BridgeMaker, buildBridge, type PlannedTerm } from './bridge.ts';
import type { ResidualEvidence } from './residual.ts';

/** How long a rate was taken over, ms: as its reading says, or between the two readings of its counter. */
function windowOf(readings: readonly Reading[]): number {
	const counters = readings.filter((reading) => reading.quantity === 'cpuTime');
	const [first, second] = counters;
	return first !== undefined && second !== undefined
		? Math.abs(second.at - first.at)
		: (readings.find((reading) => !Number.isNaN(reading.window))?.window ?? Number.NaN);
}

/** When a rate ended, ms. */
function endOf({ from }: Claim): number {
	return Math.max(...from.map((reading) => reading.at));
}

/** Whether two rates were taken over the same time, but for the moment that lies between reading two files. */
function isOneInterval(from: Claim, to: Claim): boolean {
	const [one, other] = [windowOf(from.from), windowOf(to.from)];
	const slack = Math.min(one, other) / 20;
	return Math.abs(one - other) <= slack && Math.abs(endOf(from) - endOf(to)) <= slack;
}

/** utime and stime are cut to ticks each, so that a process may be two ticks off between two readings. */
const ticksOff = 2 * 1e7;

/** What top's rate over the same time may be off by, in nanocores. */
function tickBound(context: Context, to: Claim): number {
	return (context.readings.value('processes', 'proc') * ticksOff) / (windowOf(to.from) / 1000);
}

/** Reasons of what is left between two rates, the likeliest first. */
function reasons(context: Context, from: Claim, to: Claim, left: number): ResidualEvidence {
	if (Math.abs(left) < 1) {
		return { first: ['whole-nanocores'] };
	}
	if (to.tool !== 'top-in-container') {
		return { first: ['window'] };
	}
	const ticksExplain = isOneInterval(from, to) && Math.abs(left) <= tickBound(context, to);
	return ticksExplain ? { first: ['ticks'] } : { first: ['window', 'ended-processes', 'ticks'], processes: true };
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
	const left = to.value - from.value - terms.reduce((sum, term) => sum + term.sum.value, 0);
	const bridge = buildBridge(context, { id: 'B7', from, to, terms, ...reasons(context, from, to, left) });
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
