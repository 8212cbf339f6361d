/** free and top's header on the host, from /proc/meminfo (procps-ng library/meminfo.c). */
import { type Context, firstNumber } from '../context.ts';
import { fixed, freeSize } from '../number-format.ts';
import { minus, plus, type SignedSum, signedSum } from '../signed-sum.ts';
import { type ClaimMaker, type Measured, machines, state } from './claim.ts';

/** procps 4.0.1 and later: MemTotal − MemAvailable. */
export function usedNow(context: Context): SignedSum {
	const { readings } = context;
	return signedSum([plus(readings.find('memTotal', 'proc')), minus(readings.find('memAvailable', 'proc'))]);
}

/** procps 3.3.12 to 4.0.0: what is neither free nor cache; shared memory is cache to it. */
export function usedBefore(context: Context): SignedSum {
	const { readings } = context;
	return signedSum([
		plus(readings.find('memTotal', 'proc')),
		minus(readings.find('memFree', 'proc')),
		minus(readings.find('buffers', 'proc')),
		minus(readings.find('cached', 'proc')),
		minus(readings.find('slabReclaimable', 'proc')),
	]);
}

function measured(sum: SignedSum): Measured {
	return { value: sum.value, from: sum.from, needs: 'proc' };
}

function print(bytes: number): string {
	return `${Math.trunc(bytes / 1024)} (-h ${freeSize(bytes)})`;
}

export const free: ClaimMaker = {
	tool: 'free',
	kinds: machines,
	memory: (context) =>
		state(measured(usedNow(context)), print, {
			formula: 'used = MemTotal − MemAvailable',
			decidedBy: 'procps ≥ 4.0.1',
		}),
};

export const freeBefore: ClaimMaker = {
	tool: 'free-3.3',
	kinds: machines,
	memory: (context) =>
		state(measured(usedBefore(context)), print, {
			formula: 'used = MemTotal − MemFree − Buffers − Cached − SReclaimable',
			live: false,
			decidedBy: 'procps 3.3.12–4.0.0',
		}),
};

export const topOnHost: ClaimMaker = {
	tool: 'top-on-host',
	kinds: machines,
	memory: (context) =>
		state(measured(usedNow(context)), (bytes) => fixed(Math.fround(bytes / 2 ** 20), 1), {
			formula: 'MiB Mem used = MemTotal − MemAvailable',
			decidedBy: 'procps ≥ 4.0.1',
		}),
	cpu: (context) => {
		const busy = context.readings.find('cpuRate', 'proc');
		const cpus = firstNumber(context.readings.value('onlineCpus', 'proc'), context.readings.value('onlineCpus'));
		return busy === undefined || Number.isNaN(cpus)
			? undefined
			: state({ value: busy.value, from: [busy], needs: '' }, (value) => fixed(value / 1e7 / cpus, 1), {
					formula: '%Cpu(s) = 100 − id',
				});
	},
};
