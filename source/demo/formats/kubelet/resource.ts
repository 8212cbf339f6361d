/** `GET /metrics/resource` of a kubelet: processor time and working set of its node, its pods and their containers. */
import type { CadvisorSample } from '../../model/cadvisor.ts';
import { minorOf, type NodeModel } from '../../model/node.ts';
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

/**
 * @param node decides by its kubelet's version what the series are called, and which there are
 * @param samples of all cgroups that are watched; those of no node, pod or container are passed over. Without any, the
 *   kubelet could not make its summary, and says so
 */
export function resourceText(
	{ cgroupVersion, kubelet }: Pick<NodeModel, 'cgroupVersion' | 'kubelet'>,
	samples: readonly CadvisorSample[],
): string {
	const failed = samples.length === 0 ? 1 : 0;
	const minor = minorOf(kubelet);
	if (minor < 20) return oldText(samples, failed);
	const text = new PrometheusText();
	for (const sample of samples) {
		const labels = labelsOf(sample);
		const scope = scopeOf(sample);
		if (scope === undefined) continue;
		const { at, group, memory } = sample;
		text.add(processor(scope), labels, (sample.processor.total * 1000) / 1e9, at);
		text.add(workingSet(scope), labels, sample.workingSet, at);
		if (minor >= 28) text.add(swap(scope), labels, 0, at);
		if (scope !== 'container') continue;
		text.add(startTime, labels, group.startedAt / 1000);
		const limit = cgroupVersion === 1 ? memory.limit : 0;
		if (minor >= 33 && !Number.isNaN(limit)) text.add(swapLimit, labels, limit, at);
	}
	text.add(minor < 29 ? oldScrapeError : scrapeError, {}, failed);
	return text.toString();
}

function scopeOf({ group: { kind } }: CadvisorSample): Scope | undefined {
	return kind === 'root' ? 'node' : kind === 'pod' || kind === 'container' ? kind : undefined;
}

function labelsOf({ group: { pod, template } }: CadvisorSample): Labels {
	return {
		...(pod ? { pod: pod.name, namespace: pod.slot.workload.namespace } : {}),
		...(template ? { container: template.name } : {}),
	};
}

const oldScrapeError: Series = {
	type: 'gauge',
	name: 'scrape_error',
	help: '[ALPHA] 1 if there was an error while getting container metrics, 0 otherwise',
};

/** As 1.18 and 1.19 have it (pkg/kubelet/metrics/collectors/resource_metrics.go): other names, nothing of pods. */
function oldText(samples: readonly CadvisorSample[], failed: number): string {
	const text = new PrometheusText();
	for (const sample of samples) {
		const scope = scopeOf(sample);
		if (scope !== 'node' && scope !== 'container') continue;
		const labels = labelsOf(sample);
		const usage: Series = {
			type: 'gauge',
			name: `${scope}_cpu_usage_seconds`,
			help: `[ALPHA] Cumulative cpu time consumed by ${words[scope]} in core-seconds`,
		};
		text.add(usage, labels, (sample.processor.total * 1000) / 1e9, sample.at);
		const memory = workingSet(scope);
		text.add({ ...memory, help: memory.help.replace('[STABLE]', '[ALPHA]') }, labels, sample.workingSet, sample.at);
	}
	text.add(oldScrapeError, {}, failed);
	return text.toString();
}
