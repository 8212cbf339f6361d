import { samples } from '../../sources/prometheus-text/parse.ts';
import { labelWord } from '../../sources/prometheus-text/values.ts';
import { emptyReply } from '../evidence/answer.ts';
import type { KubeletContainer, KubeletFacts } from '../evidence/scraping.ts';
import { nodesToAsk } from '../kubelets-to-ask.ts';
import type { Probe } from '../probe.ts';
import { ask } from './ask.ts';

/** A13: what metrics-server would get, by the API server's own way to the kubelet. A few nodes only, one after another. */
export const kubeletsProbe: Probe<'kubelets'> = {
	id: 'kubelets',
	step: 'kubelets',
	cost: 3,
	needs: 'get nodes/proxy',
	sensitive: true,
	timeLimit: 8_000,
	when: (evidence) => nodesToAsk(evidence).length > 0,
	async ask(context, evidence) {
		const startedAt = performance.now();
		const facts: KubeletFacts[] = [];
		for (const node of nodesToAsk(evidence)) {
			const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/metrics/resource`;
			const answer = await ask(context, path, ({ body }) => readResource(node, body.toString('utf8')), {
				accept: '*/*',
			});
			if (answer.outcome === 'forbidden') {
				return { ...answer, value: null };
			}
			const { request, status, took } = answer;
			const words = answer.error || answer.body.split('\n')[0] || '';
			facts.push({ ...(answer.value ?? nothingOf(node)), request, status, took, words: words.slice(0, 300) });
		}
		const request = facts[0]?.request ?? '';
		return { ...emptyReply, request, outcome: 'answered', took: performance.now() - startedAt, value: facts };
	},
};

function nothingOf(node: string): KubeletFacts {
	return {
		node,
		request: '',
		status: 0,
		words: '',
		took: 0,
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

function readResource(node: string, text: string): KubeletFacts {
	const facts = nothingOf(node);
	const containers = new Map<string, KubeletContainer>();
	for (const { labels, name, value } of samples(text, wanted)) {
		if (name.endsWith('scrape_error')) {
			facts.scrapeError ||= value !== 0;
		} else if (name === 'node_cpu_usage_seconds_total') {
			facts.nodeCpu = value;
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
