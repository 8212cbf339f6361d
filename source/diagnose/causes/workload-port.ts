/** metrics-server listens on another port than its Service leads to. */
import { type Cause, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import type { ContainerFacts } from '../evidence/objects.ts';
import { flagOf } from '../evidence/server-container.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { byPods, findServer, ofUnready, provedByPod } from './workload-state.ts';

export const workloadPortCauses: readonly Cause[] = [
	{
		id: 'ms-port-mismatch',
		...ofUnready,
		needs: ['metrics-version', 'workload-pods', 'service'],
		rulesOut: ['ms-informers-never-sync', 'apiserver-no-clusterip-route', 'service-port-name-mismatch'],
		symptoms: [
			symptom(
				'the events of its pod',
				/probe failed: .*:(\d+)\/(?:livez|readyz|healthz).*connection refused/,
				'Readiness probe failed: Get "https://10.244.1.7:4443/readyz": dial tcp 10.244.1.7:4443: connect: connection refused',
			),
			...brokenBackend,
		],
		judge: portMismatch,
	},
];

/** The port of the container that its Service leads to; NaN if that is not known. */
export function leadsTo(evidence: Evidence, { ports }: Pick<ContainerFacts, 'ports'>): number {
	const wanted = factsOf(evidence, 'apiservice')?.service?.port ?? 443;
	const target = targetOf(evidence, wanted);
	return ports.find(({ name }) => name === target)?.port ?? Number(target || Number.NaN);
}

function targetOf(evidence: Evidence, wanted: number): string {
	return factsOf(evidence, 'service')?.ports.find(({ port }) => port === wanted)?.targetPort ?? '';
}

/** Exit codes of what was asked to end, or was killed. */
const byOthers: ReadonlySet<number> = new Set([0, 137, 143]);

function portMismatch(evidence: Evidence): Verdict {
	return byPods(evidence, (pods) => {
		// One that ends by itself has another reason: this one is only ended by the kubelet.
		const found = findServer(
			pods,
			({ lastExitCode, restarts, state }) =>
				(state === 'running' || restarts > 0) && (Number.isNaN(lastExitCode) || byOthers.has(lastExitCode)),
		);
		if (found === undefined) {
			return ruledOut;
		}
		if (factsOf(evidence, 'service') === null) {
			return answerOf(evidence, 'service').status === 404 ? ruledOut : undecided('service');
		}
		const { container, pod } = found;
		const serves = Number(flagOf(container, '--secure-port') ?? Number.NaN);
		const leads = leadsTo(evidence, container);
		const target = targetOf(evidence, factsOf(evidence, 'apiservice')?.service?.port ?? 443);
		return Number.isNaN(serves) || Number.isNaN(leads) || serves === leads
			? ruledOut
			: provedByPod(
					evidence,
					pod,
					`--secure-port=${serves}, and containerPort ${leads}`,
					{ serves, leads, target },
					seen(answerOf(evidence, 'service'), `targetPort: ${target}`),
				);
	});
}
