/**
 * Horizontal pod autoscaler: every container rounded up to millicores, then summed; utilisation is cut to a whole
 * percentage of the sum of requests (pkg/controller/podautoscaler/metrics/{client,utilization}.go).
 */
import type { Context } from '../context.ts';
import { publishedWorkingSet } from '../working-set.ts';
import { type ClaimMaker, type Measured, state } from './claim.ts';
import { publishedCpu } from './kubectl-top-pod.ts';

const oneMillicore = 1e6;

function roundedCpu(context: Context): Measured {
	const parts = context.readings.parts('container/', 'cpuRate', 'metrics-api');
	if (parts.length > 0) {
		const millicores = parts.reduce((sum, part) => sum + Math.ceil(part.value / oneMillicore), 0);
		return { value: millicores * oneMillicore, from: parts, needs: '' };
	}
	if (context.kind === 'pod') {
		// Without the containers nobody knows how much their rounding adds.
		return { value: Number.NaN, from: [], needs: 'containers' };
	}
	const { value, from, needs } = publishedCpu(context);
	return { value: Math.ceil(value / oneMillicore) * oneMillicore, from, needs };
}

function percentage(context: Context, request: 'cpuRequest' | 'memoryRequest', measured: Measured): Measured {
	const reading = context.readings.find(request);
	if (reading === undefined || !(reading.value > 0)) {
		return { value: Number.NaN, from: [], needs: 'request' };
	}
	return { ...measured, from: [...measured.from, reading] };
}

export const hpa: ClaimMaker = {
	tool: 'hpa',
	kinds: ['container', 'pod'],
	memory: (context) =>
		state(
			percentage(context, 'memoryRequest', publishedWorkingSet(context)),
			(bytes) => `${Math.floor((bytes * 100) / context.readings.value('memoryRequest'))}%`,
			{ formula: '⌊100 · Σ containers working set / Σ request⌋' },
		),
	cpu: (context) =>
		state(
			percentage(context, 'cpuRequest', roundedCpu(context)),
			(nanocores) =>
				`${Math.floor((nanocores * 100) / (Math.ceil(context.readings.value('cpuRequest') / oneMillicore) * oneMillicore))}%`,
			{ formula: '⌊100 · Σ containers ⌈m⌉ / Σ request⌋' },
		),
};
