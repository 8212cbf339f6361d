/** What a kubelet tells of its node and containers, in either of the two forms that releases of metrics-server ask for. */
import {
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	parseJson,
	textField,
	timeField,
} from '../../../sources/json/fields.ts';
import { samples } from '../../../sources/prometheus-text/parse.ts';
import { labelWord } from '../../../sources/prometheus-text/values.ts';
import type { KubeletContainer, KubeletFacts } from '../../evidence/scraping.ts';

export function nothingOf(node: string): KubeletFacts {
	return {
		node,
		request: '',
		status: 0,
		words: '',
		took: 0,
		timestamp: Number.NaN,
		nodeCpu: Number.NaN,
		nodeMemory: Number.NaN,
		scrapeError: false,
		containers: [],
	};
}

const wanted: ReadonlySet<string> = new Set([
	'node_cpu_usage_seconds_total',
	'node_memory_working_set_bytes',
	'container_cpu_usage_seconds_total',
	'container_memory_working_set_bytes',
	'container_start_time_seconds',
	'scrape_error',
	'resource_scrape_error',
]);

/** `/metrics/resource`, for 0.6 and newer. */
export function readResource(node: string, text: string): KubeletFacts {
	const facts = nothingOf(node);
	const containers = new Map<string, KubeletContainer>();
	for (const { labels, name, timestamp, value } of samples(text, wanted)) {
		if (name.endsWith('scrape_error')) {
			facts.scrapeError ||= value !== 0;
		} else if (name === 'node_cpu_usage_seconds_total') {
			facts.nodeCpu = value;
			facts.timestamp = timestamp;
		} else if (name === 'node_memory_working_set_bytes') {
			facts.nodeMemory = value;
		} else {
			const pod = `${labelWord(labels, 'namespace')}/${labelWord(labels, 'pod')}`;
			const container = labelWord(labels, 'container');
			const key = `${pod}/${container}`;
			const its = containers.get(key) ?? { pod, container, cpu: Number.NaN, memory: Number.NaN, startedAt: Number.NaN };
			containers.set(key, its);
			if (name.startsWith('container_cpu')) {
				its.cpu = value;
			} else if (name.startsWith('container_memory')) {
				its.memory = value;
			} else {
				its.startedAt = value * 1000;
			}
		}
	}
	return { ...facts, containers: [...containers.values()] };
}

/** `/stats/summary`, for those before. @param text JSON */
export function readSummary(node: string, text: string): KubeletFacts {
	const summary = parseJson(Buffer.from(text));
	const containers = [...objectsField(summary, 'pods')].flatMap((pod) => {
		const reference = objectField(pod, 'podRef');
		const name = `${textField(reference, 'namespace')}/${textField(reference, 'name')}`;
		return [...objectsField(pod, 'containers')].map((container) => ({
			pod: name,
			container: textField(container, 'name'),
			...usageOf(container),
			startedAt: timeField(container, 'startTime'),
		}));
	});
	const ofNode = objectField(summary, 'node');
	const { cpu, memory } = usageOf(ofNode);
	const timestamp = timeField(objectField(ofNode, 'cpu'), 'time');
	return { ...nothingOf(node), timestamp, nodeCpu: cpu, nodeMemory: memory, containers };
}

function usageOf(stats: JsonObject): { cpu: number; memory: number } {
	return {
		cpu: numberField(objectField(stats, 'cpu'), 'usageCoreNanoSeconds', Number.NaN) / 1e9,
		memory: numberField(objectField(stats, 'memory'), 'workingSetBytes', Number.NaN),
	};
}
