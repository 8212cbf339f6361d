/** Throttling, kills and pressure: what no tool that shows usage shows. */
import { type Context, cgroupVersion, firstNumber, isMachine } from '../context.ts';
import type { TruthMaker } from './truth.ts';

/** A counter since the previous readings, else since the cgroup was made. */
function counted(context: Context, quantity: 'throttledPeriods' | 'cpuPeriods' | 'throttledTime'): number {
	const now = context.readings.find(quantity);
	const before = now === undefined ? undefined : context.previous?.find(quantity, now.source);
	const delta = (now?.value ?? Number.NaN) - (before?.value ?? 0);
	return delta < 0 ? (now?.value ?? Number.NaN) : delta;
}

export const throttled: TruthMaker = {
	id: 'throttled',
	make: (context) => {
		const [periods, cut] = [counted(context, 'cpuPeriods'), counted(context, 'throttledPeriods')];
		if (!(periods > 0) || !(cut > 0)) {
			return undefined;
		}
		const time = counted(context, 'throttledTime');
		const facts = { periods, throttled: cut, percent: Math.round((cut / periods) * 1000) / 10 };
		return Number.isNaN(time) ? facts : { ...facts, time };
	},
};

export const killed: TruthMaker = {
	id: 'oom-kills',
	make: (context) => {
		const kills = context.readings.value('oomKills');
		// A machine's root cgroup is never made anew: only kills are news there.
		return Number.isNaN(kills) || (isMachine(context) && kills === 0) ? undefined : { kills };
	},
};

/** The limit is reached again and again, and each time cache was given back: nobody was killed. */
export const heldByCache: TruthMaker = {
	id: 'limit-held-by-cache',
	make: (context) => {
		const hits = context.readings.value('limitHits');
		// v1 counts kills only.
		const failed = firstNumber(context.readings.value('oomEvents'), context.readings.value('oomKills'));
		return hits > 0 && failed === 0 ? { hits } : undefined;
	},
};

export const pressure: TruthMaker = {
	id: 'pressure',
	make: (context) => {
		const memory = context.readings.value('pressureMemorySome10');
		const full = context.readings.value('pressureMemoryFull10');
		const cpu = context.readings.value('pressureCpuSome10');
		// Zeros of cgroup v1 are not measurements: it has no such files.
		return !measuresPressure(context) || Number.isNaN(memory + full + cpu) ? undefined : { memory, full, cpu };
	},
};

/** The host has /proc/pressure whatever its cgroups. */
function measuresPressure(context: Context): boolean {
	const reading = context.readings.find('pressureMemorySome10');
	return cgroupVersion(context) !== 'v1' || reading?.source === 'proc';
}

export const pressureNotMeasured: TruthMaker = {
	id: 'pressure-not-measured',
	// Of a single process nobody measures it.
	make: (context) => (measuresPressure(context) || context.kind === 'process' ? undefined : {}),
};
