/** `GET /metrics/resource` of a kubelet: processor time and working set of its node, its pods and their containers. */
import type { CadvisorSample } from '../../model/cadvisor.ts';
import { type Labels, PrometheusText, type Series } from '../prometheus-text.ts';

type Scope = 'node' | 'pod' | 'container';

const words = { node: 'the node', pod: 'the pod', container: 'the container' } as const;

function processor(scope: Scope): Series {
	return {
		type: 'counter',
		name: `${scope}_cpu_usage_seconds_total`,
		help: `[STABLE] Cumulative cpu time consumed by ${words[scope]} in core-seconds`,
	};
}

function workingSet(scope: Scope): Series {
	return {
		type: 'gauge',
		name: `${scope}_memory_working_set_bytes`,
		help: `[STABLE] Current working set of ${words[scope]} in bytes`,
	};
}

function swap(scope: Scope): Series {
	const amount = scope === 'node' ? 'Current swap usage of' : 'Current amount of';
	const what = scope === 'node' ? words.node : `${words[scope]} swap usage`;
	return {
		type: 'gauge',
		name: `${scope}_swap_usage_bytes`,
		help: `[ALPHA] ${amount} ${what} in bytes. Reported only on non-windows systems`,
	};
}

const swapLimit: Series = {
	type: 'gauge',
	name: 'container_swap_limit_bytes',
	help: '[ALPHA] Current amount of the container swap limit in bytes. Reported only on non-windows systems',
};
const startTime: Series = {
	type: 'gauge',
	name: 'container_start_time_seconds',
	help: '[STABLE] Start time of the container since unix epoch in seconds',
};
const scrapeError: Series = {
	type: 'gauge',
	name: 'resource_scrape_error',
	help: '[STABLE] 1 if there was an error while getting container metrics, 0 otherwise',
};

/** @param samples of all cgroups that are watched; those of no node, pod or container are passed over */
export function resourceText(cgroupVersion: 1 | 2, samples: readonly CadvisorSample[]): string {
	const text = new PrometheusText();
	for (const sample of samples) {
		const { group, at, memory } = sample;
		const { kind, pod, template } = group;
		if (kind !== 'root' && kind !== 'pod' && kind !== 'container') continue;
		const scope = kind === 'root' ? 'node' : kind;
		const labels: Labels = {
			...(pod ? { pod: pod.name, namespace: pod.slot.workload.namespace } : {}),
			...(template ? { container: template.name } : {}),
		};
		text.add(processor(scope), labels, (sample.processor.total * 1000) / 1e9, at);
		text.add(workingSet(scope), labels, sample.workingSet, at);
		text.add(swap(scope), labels, 0, at);
		if (kind !== 'container') continue;
		text.add(startTime, labels, group.startedAt / 1000);
		const limit = cgroupVersion === 1 ? memory.limit : 0;
		if (!Number.isNaN(limit)) text.add(swapLimit, labels, limit, at);
	}
	text.add(scrapeError, {}, 0);
	return text.toString();
}
