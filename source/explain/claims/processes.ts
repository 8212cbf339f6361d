/**
 * top, ps and busybox's top inside the container: sums over its processes (procps-ng src/top/top.c, library/pids.c;
 * busybox procps/top.c). Processes that could not be read make a lower bound of a sum.
 */
import type { ProcessQuantity } from '../../model/reading.ts';
import { type Context, cpuCount, isMachine, isOfEngine } from '../context.ts';
import { fixed, topSize } from '../number-format.ts';
import { counterRate } from '../rate.ts';
import { type ClaimMaker, type Measured, type Statement, state, workloads } from './claim.ts';

const kinds = [...workloads, 'process'] as const;

/** Processes of a container are read inside of it if a cluster runs it, those of a machine in its /proc. */
function needs(context: Context): string {
	if (isOfEngine(context)) {
		return 'engine-machine';
	}
	return context.kind === 'container' || context.kind === 'pod' ? 'exec' : 'proc';
}

function sum(context: Context, quantity: ProcessQuantity): Measured {
	const reading = context.readings.find(quantity, 'proc');
	return reading === undefined
		? { value: Number.NaN, from: [], needs: needs(context) }
		: { value: reading.value, from: [reading], needs: '' };
}

/** Of several processes it is a sum that the tool does not print; of some that are hidden, a lower bound. */
function summed(context: Context, statement: Statement): Statement {
	const hidden = context.readings.value('unreadableProcesses', 'proc');
	if (!(hidden > 0) || Number.isNaN(statement.value)) {
		return statement;
	}
	return {
		...statement,
		printed: `≥${statement.printed}`,
		range: [statement.value, Number.POSITIVE_INFINITY],
	};
}

function sigma(context: Context, field: string): string {
	return context.kind === 'process' ? field : `Σ ${field}`;
}

function processCpu(context: Context): Measured {
	if (isMachine(context)) {
		return { value: Number.NaN, from: [], needs: 'proc' };
	}
	const rate = counterRate(context, 'proc');
	return { value: rate.value, from: rate.from, needs: rate.needs || needs(context) };
}

export const topInContainer: ClaimMaker = {
	tool: 'top-in-container',
	kinds,
	memory: (context) =>
		summed(
			context,
			state(sum(context, 'resident'), topSize, { formula: sigma(context, 'RES = RssAnon + RssFile + RssShmem') }),
		),
	cpu: (context) =>
		summed(
			context,
			state(processCpu(context), (nanocores) => fixed(nanocores / 1e7, 1), {
				formula: `${sigma(context, '%CPU')} = 100 · Δ (utime + stime) / Δ t`,
				decidedBy: 'Irix mode',
			}),
		),
};

export const psInContainer: ClaimMaker = {
	tool: 'ps-in-container',
	kinds,
	memory: (context) =>
		summed(
			context,
			state(sum(context, 'resident'), (bytes) => String(Math.trunc(bytes / 1024)), {
				formula: sigma(context, 'RSS (KiB) = RssAnon + RssFile + RssShmem'),
			}),
		),
};

/** busybox (v1.36 procps/top.c) shows VSZ in KiB, from 100,000 on in MiB, and percent of all CPUs together. */
export const busyboxTop: ClaimMaker = {
	tool: 'busybox-top',
	kinds,
	memory: (context) =>
		summed(
			context,
			state(
				sum(context, 'virtual'),
				(bytes) => {
					const kibibytes = Math.trunc(bytes / 1024);
					return kibibytes >= 100_000 ? `${Math.trunc(kibibytes / 1024)}m` : String(kibibytes);
				},
				{ formula: sigma(context, 'VSZ'), live: false, decidedBy: 'busybox' },
			),
		),
	cpu: (context) => {
		const measured = processCpu(context);
		const cpus = cpuCount(context);
		const divided = Number.isNaN(cpus) ? { value: Number.NaN, from: [], needs: 'cpus' } : measured;
		return summed(
			context,
			state(divided, (nanocores) => `${Math.trunc(nanocores / 1e7 / cpus)}%`, {
				formula: `${sigma(context, '%CPU')} = 100 · Δ (utime + stime) / Δ t / CPUs`,
				live: false,
				decidedBy: 'busybox',
			}),
		);
	},
};
