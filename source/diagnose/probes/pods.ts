import { listPages } from '../../kube/list.ts';
import { acceptList } from '../../sources/accept.ts';
import { decodePodList } from '../../sources/pods.ts';
import { type Answer, emptyReply } from '../evidence/answer.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import type { ListedPod } from '../evidence/objects.ts';
import type { Probe, ProbeContext } from '../probe.ts';
import { failureOf } from './ask.ts';

/** The namespace for who may not see all. */
export function namespaceOfContext(evidence: Evidence): string {
	return evidence.namespace ?? factsOf(evidence, 'kubeconfig')?.namespace ?? 'default';
}

/** The pods that should have samples. */
export const podsProbe: Probe<'pods'> = {
	id: 'pods',
	step: 'data',
	cost: 2,
	needs: 'list pods',
	timeLimit: 10_000,
	when: (evidence) => factsOf(evidence, 'metrics-version') !== null,
	async ask(context, evidence) {
		const answer = await list(context, evidence.namespace);
		return answer.outcome === 'forbidden' && evidence.namespace === null
			? list(context, namespaceOfContext(evidence))
			: answer;
	},
};

async function list({ reach, signal }: ProbeContext, namespace: string | null): Promise<Answer<readonly ListedPod[]>> {
	const path = `/api/v1/${namespace === null ? '' : `namespaces/${encodeURIComponent(namespace)}/`}pods`;
	const request = `GET ${path}`;
	const startedAt = performance.now();
	const pods: ListedPod[] = [];
	try {
		const client = await reach();
		const options = { accept: acceptList, signal, largestPageSize: 4_000, onRestart: () => pods.splice(0) };
		await listPages(client, path, options, (body, contentType) =>
			decodePodList(body, contentType, (pod) => {
				const containers = pod.containers
					.filter(({ kind }) => kind === 'app' || kind === 'sidecar')
					.map(({ lastTerminatedAt, name, restarts, startedAt: since, state }) => ({
						name,
						state,
						restarts,
						startedAt: since,
						lastTerminatedAt,
					}));
				const { createdAt, name, namespace: its, node, owner, phase, status } = pod;
				pods.push({ namespace: its, name, node, phase, status, createdAt, owner, containers });
			}),
		);
		const took = performance.now() - startedAt;
		return { ...emptyReply, request, outcome: 'answered', status: 200, took, value: pods };
	} catch (error) {
		const took = performance.now() - startedAt;
		return { ...emptyReply, request, took, ...failureOf(error, signal), value: null };
	}
}
