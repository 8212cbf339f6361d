import { acceptList } from '../../sources/accept.ts';
import { decodePodMetricsList } from '../../sources/pod-metrics.ts';
import type { Answer } from '../evidence/answer.ts';
import type { Sample, SamplesFacts } from '../evidence/api.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import type { Probe, ProbeContext } from '../probe.ts';
import { ask } from './ask.ts';
import { metricsVersion } from './metrics-version.ts';
import { namespaceOfContext } from './pods.ts';

/** A4: what kubectl top pod gets. Who may not ask for all namespaces asks for the one of the context. */
export const metricsPodsProbe: Probe<'metrics-pods'> = {
	id: 'metrics-pods',
	step: 'data',
	cost: 2,
	needs: 'list pods in metrics.k8s.io',
	timeLimit: 10_000,
	when: (evidence) => factsOf(evidence, 'metrics-version') !== null,
	async ask(context, evidence) {
		const answer = await list(context, evidence, evidence.namespace);
		return answer.outcome === 'forbidden' && evidence.namespace === null
			? list(context, evidence, namespaceOfContext(evidence))
			: answer;
	},
};

function list(context: ProbeContext, evidence: Evidence, namespace: string | null): Promise<Answer<SamplesFacts>> {
	const scope = namespace === null ? '' : `namespaces/${encodeURIComponent(namespace)}/`;
	return ask(
		context,
		`/apis/metrics.k8s.io/${metricsVersion(evidence)}/${scope}pods`,
		({ body, contentType }) => {
			const samples = new Map<string, Sample>();
			decodePodMetricsList(body, contentType, (record) => {
				const name = `${record.namespace}/${record.name}`;
				const containers = record.containers.map((container) => container.name);
				samples.set(name, { name, timestamp: record.timestamp, window: record.window, cpu: Number.NaN, containers });
			});
			return { namespace, samples, asOf: evidence.now };
		},
		{ accept: acceptList },
	);
}
