/** What a residual is made of, by the evidence at hand, the likeliest first. */
import type { Reading } from '../../model/reading.ts';
import { type Context, cpuCount } from '../context.ts';

export interface ResidualEvidence {
	/** The bridge goes from the charge counter to page counters, which the kernel keeps in batches for each CPU. */
	batched?: boolean;
	/** It goes to a sum over processes, of which some may be hidden. */
	processes?: boolean;
	/** How much the source had moved when the terms were read, where both moments are known; NaN else. */
	moved?: number;
	/** Reasons that this bridge has by its nature, put first. */
	first?: readonly string[];
}

export interface Residual {
	reasons: readonly string[];
	facts: Readonly<Record<string, number | string>>;
}

/** MEMCG_CHARGE_BATCH: a CPU takes 64 pages from the counter at once (include/linux/memcontrol.h). */
const batchOfOneCpu = 64 * 4096;

/** Without the number of CPUs: more than was ever seen (1.4 MB on a machine with many). */
const largestSeen = 2 * 2 ** 20;

/** Files that are read one after the other are this close; more than that is another sample. */
const oneMoment = 500;

function spread(readings: readonly Reading[]): number {
	const times = readings.map((reading) => reading.at).filter((at) => !Number.isNaN(at));
	return times.length === 0 ? 0 : Math.max(...times) - Math.min(...times);
}

/** Whether movement between two samples explains the residual better than batches do. */
function explains(moved: number, residual: number): boolean {
	return moved !== 0 && Math.abs(residual - moved) < Math.abs(residual);
}

export function residualReasons(
	context: Context,
	evidence: ResidualEvidence,
	residual: number,
	readings: readonly Reading[],
	missing: readonly string[],
): Residual {
	const facts: Record<string, number | string> = {};
	if (residual === 0) {
		return { reasons: [], facts };
	}
	const reasons: string[] = [];
	const hidden = context.readings.value('unreadableProcesses', 'proc');
	const apart = spread(readings);
	const cpus = cpuCount(context);
	const bound = Number.isNaN(cpus) ? largestSeen : cpus * batchOfOneCpu;
	const moved = evidence.moved ?? Number.NaN;
	if (missing.length > 0) {
		reasons.push('unread-terms');
		facts['unread'] = missing.join(' ');
	}
	reasons.push(...(evidence.first ?? []));
	const batched = evidence.batched === true && Math.abs(residual) <= bound;
	const sampled = Number.isNaN(moved) ? apart >= oneMoment && !batched : explains(moved, residual);
	if (sampled) {
		reasons.push('sampling');
	}
	if (batched) {
		reasons.push('counter-batches');
		facts['bound'] = bound;
		if (!Number.isNaN(cpus)) {
			facts['cpus'] = cpus;
		}
	}
	// What hidden processes have mapped is in the terms of mapped pages, so what is small has another reason.
	if (evidence.processes && hidden > 0) {
		reasons.push('hidden-processes');
		facts['hidden'] = hidden;
	}
	// Even files that were read one right after the other were not read at one moment.
	if (!sampled && apart > 0 && moved !== 0) {
		reasons.push('sampling');
	}
	if (reasons.includes('sampling')) {
		facts['milliseconds'] = apart;
		if (!Number.isNaN(moved)) {
			facts['moved'] = moved;
		}
	}
	if (reasons.length === 0) {
		reasons.push('unknown');
	}
	return { reasons, facts };
}
