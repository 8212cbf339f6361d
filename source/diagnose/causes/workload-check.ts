/** metrics-server serves, and the kubelet asks it in the wrong place whether it is ready. */
import { type Cause, likely, ruledOut } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import type { ContainerFacts } from '../evidence/objects.ts';
import { flagOf, releaseOf } from '../evidence/server-container.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { leadsTo } from './workload-port.ts';
import { byPods, eventOf, findServer, ofUnready, provedByPod, seenEvent } from './workload-state.ts';

const failing =
	/Readiness probe failed: (?:HTTP probe failed with statuscode: 4\d\d|.*(?:connection refused|malformed HTTP))/;

export const workloadCheckCauses: readonly Cause[] = [
	{
		id: 'ms-readiness-probe-wrong',
		...ofUnready,
		needs: ['metrics-version', 'workload-pods', 'service', 'events', 'readiness'],
		rulesOut: ['ms-port-mismatch', 'ms-informers-never-sync'],
		symptoms: [
			symptom('the events of its pod', failing, 'Readiness probe failed: HTTP probe failed with statuscode: 404'),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const found = findServer(pods, ({ ready, state }) => state === 'running' && !ready);
				const mistake = found === undefined ? null : mistakeOf(evidence, found.container);
				if (found === undefined || mistake === null) {
					return ruledOut;
				}
				const { container, pod } = found;
				const event = eventOf(evidence, [pod], failing);
				const isReady = factsOf(evidence, 'readiness')?.ready === true;
				const { path = '', port = '', scheme = '' } = container.readinessCheck ?? {};
				const verdict = provedByPod(
					evidence,
					pod,
					`readinessProbe.httpGet: ${scheme} ${port} ${path}`,
					{ mistake, path, port, scheme, serves: servedPort(container) || '' },
					...(event === undefined ? [] : [seenEvent(evidence, event)]),
					...(isReady ? [seen(answerOf(evidence, 'readiness'), 'it says that it is ready')] : []),
				);
				// Without either it is a reason by itself, and there may be another one.
				return verdict.verdict === 'proved' && event === undefined && !isReady ? likely(verdict) : verdict;
			}),
	},
];

const servedPort = (container: ContainerFacts): number => Number(flagOf(container, '--secure-port') ?? 443);

/** What is wrong about the check; null if nothing is, or where the Service has the same mistake. */
function mistakeOf(evidence: Evidence, container: ContainerFacts): 'path' | 'scheme' | 'port' | null {
	const { ports, readinessCheck } = container;
	if (readinessCheck === null) {
		return null;
	}
	const { path, port, scheme } = readinessCheck;
	const asked = ports.find(({ name }) => name === port)?.port ?? Number(port);
	if (asked !== servedPort(container)) {
		return leadsTo(evidence, container) === servedPort(container) ? 'port' : null;
	}
	if (scheme !== 'HTTPS') {
		return 'scheme';
	}
	// Those before 0.4 have one check for everything.
	const known = releaseOf(container) < 4 ? ['/healthz'] : ['/readyz', '/livez', '/healthz'];
	return known.some((one) => path === one || path.startsWith(`${one}/`) || path.startsWith(`${one}?`)) ? null : 'path';
}
