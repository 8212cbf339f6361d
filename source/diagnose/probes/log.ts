import { redact } from '../../kube/redact.ts';
import { clean } from '../../model/clean.ts';
import { type Answer, emptyReply } from '../evidence/answer.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import type { PodFacts } from '../evidence/objects.ts';
import type { LogFacts } from '../evidence/scraping.ts';
import { serverOf } from '../evidence/server-container.ts';
import type { Probe, ProbeContext } from '../probe.ts';
import { ask } from './ask.ts';

const lines = 300;
const mostPods = 2;

function started(evidence: Evidence): readonly PodFacts[] {
	return (factsOf(evidence, 'workload-pods') ?? []).filter((pod) => {
		const container = serverOf(pod);
		return container !== undefined && (container.state === 'running' || container.restarts > 0);
	});
}

function restarted(evidence: Evidence): readonly PodFacts[] {
	return started(evidence).filter((pod) => (serverOf(pod)?.restarts ?? 0) > 0);
}

const common = {
	step: 'scraping',
	cost: mostPods,
	needs: 'get pods/log in the namespace of metrics-server (role view there)',
	timeLimit: 6_000,
} as const;

/** A11: its last lines. A healthy one of 0.9 or newer writes none. */
export const logProbe: Probe<'log'> = {
	id: 'log',
	...common,
	when: (evidence) => started(evidence).length > 0,
	ask: (context, evidence) => read(context, started(evidence), false),
};

/** A11: the last lines of the one before, where it restarted: they say why it ended. */
export const previousLogProbe: Probe<'previous-log'> = {
	id: 'previous-log',
	...common,
	when: (evidence) => restarted(evidence).length > 0,
	ask: (context, evidence) => read(context, restarted(evidence), true),
};

async function read(
	context: ProbeContext,
	pods: readonly PodFacts[],
	previous: boolean,
): Promise<Answer<readonly LogFacts[]>> {
	const logs: LogFacts[] = [];
	let last: Answer<LogFacts> = { ...emptyReply, value: null };
	for (const pod of pods.slice(0, mostPods)) {
		const { name, namespace } = pod;
		const container = serverOf(pod)?.name ?? '';
		const path = `/api/v1/namespaces/${namespace}/pods/${name}/log`;
		const query = { container, tailLines: String(lines), ...(previous ? { previous: 'true' } : {}) };
		const answer: Answer<LogFacts> = await ask(
			context,
			path,
			({ body }) => ({
				pod: `${namespace}/${name}`,
				request: `GET ${path}?container=${container}${previous ? '&previous=true' : ''}`,
				lines: redact(body.toString('utf8'))
					.split('\n')
					.map((line) => clean(line).trimEnd())
					.filter((line) => line !== ''),
			}),
			{ query, accept: '*/*' },
		);
		last = answer;
		if (answer.value !== null) {
			logs.push(answer.value);
		}
	}
	return { ...last, body: '', value: logs.length === 0 ? null : logs };
}
