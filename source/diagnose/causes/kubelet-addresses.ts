/** metrics-server is led to the wrong place: an address that is not the node's, or a path that is not the kubelet's. */
import { type Cause, likely, provedOf, ruledOut, undecided, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { isVirtual, mayLackNodes, samplesAreEmpty, unexplainedNodes } from '../evidence/missing.ts';
import type { NodeFacts } from '../evidence/objects.ts';
import { scrapeFailures } from '../evidence/scrape-log.ts';
import { releaseOf, serverOf } from '../evidence/server-container.ts';
import { ofScraping, scrapeSymptom } from './scraped-kubelets.ts';

const pathAnnotation = 'metrics.k8s.io/resource-metrics-path';
/** Where kubelets have it. */
const ownPath = '/metrics/resource';

/**
 * Addresses that every machine of a kind has: VirtualBox's NAT, Docker's bridge, what DHCP did not give. Loopback is not
 * among them: simulated nodes have it on purpose.
 */
const ofNoNode = /^(?:10\.0\.2\.15|172\.17\.0\.1|169\.254\.\d+\.\d+)$/;

/** Nodes without a sample that should have one. */
function lacking(evidence: Evidence): readonly NodeFacts[] {
	return samplesAreEmpty(evidence)
		? (factsOf(evidence, 'nodes') ?? []).filter((node) => node.ready === 'True' && !isVirtual(node))
		: unexplainedNodes(evidence);
}

/** The address that metrics-server dials, by the released order of kinds. */
function addressOf({ addresses }: NodeFacts): string {
	return (
		['InternalIP', 'ExternalIP'].flatMap((kind) => addresses.find(({ type }) => type === kind) ?? [])[0]?.address ?? ''
	);
}

/** Who may not see nodes can still see that all pods of one of them lack samples. */
function unseen(evidence: Evidence): Verdict {
	return factsOf(evidence, 'nodes') === null && (mayLackNodes(evidence) || samplesAreEmpty(evidence))
		? undecided('nodes')
		: ruledOut;
}

export const kubeletAddressCauses: readonly Cause[] = [
	{
		id: 'node-address-wrong-nic',
		...ofScraping,
		explains: ['nodes-missing', 'empty'],
		needs: ['metrics-nodes', 'nodes', 'log'],
		entails: [
			...(ofScraping.entails ?? []),
			'kubelet-timeout',
			'kubelet-conn-refused-10250',
			'kubelet-no-route',
			'kubelet-cert-name',
			'kubelet-cert-no-ip-san',
			'kubelet-cert-unknown-ca',
			'duplicate-pod-point',
			'duplicate-node-name',
		],
		rulesOut: ['kubelet-401', 'kubelet-403-metrics'],
		symptoms: scrapeSymptom(
			/dial tcp (?:10\.0\.2\.15|172\.17\.0\.1|169\.254\.\d+\.\d+):\d+/,
			'"Failed to scrape node" err="Get \\"https://10.0.2.15:10250/metrics/resource\\": dial tcp 10.0.2.15:10250: connect: connection refused" node="n05"',
		),
		judge(evidence) {
			const every = factsOf(evidence, 'nodes') ?? [];
			const failing = scrapeFailures(evidence);
			const found = lacking(evidence).flatMap((node) => {
				const address = addressOf(node);
				const other = every.find((one) => one.name !== node.name && address !== '' && addressOf(one) === address);
				return other !== undefined || ofNoNode.test(address) ? [{ node, address, other }] : [];
			});
			const [first] = found;
			if (first === undefined) {
				return unseen(evidence);
			}
			const words = first.other === undefined ? 'which is no address of one machine' : `as ${first.other.name} does`;
			const line = failing.find(({ node }) => node === first.node.name);
			const verdict = provedOf(
				found.map(({ node }) => `node/${node.name}`),
				{ address: first.address, other: first.other?.name ?? '' },
				[
					seen(answerOf(evidence, 'nodes'), `${first.node.name} names ${first.address}, ${words}`),
					...(line === undefined ? [] : [{ request: line.request, status: 200, quote: line.line.slice(0, 400) }]),
				],
			);
			// Two machines behind one address exclude each other; that one looks odd can be meant so.
			return first.other === undefined ? likely(verdict) : verdict;
		},
	},
	{
		id: 'resource-metrics-path-annotation',
		...ofScraping,
		explains: ['nodes-missing', 'empty'],
		needs: ['metrics-nodes', 'nodes', 'workload-pods', 'log'],
		entails: [...(ofScraping.entails ?? []), 'kubelet-404-resource'],
		rulesOut: ['kubelet-timeout', 'kubelet-403-metrics'],
		symptoms: scrapeSymptom(
			/404 Not Found/,
			'"Failed to scrape node" err="request failed, status: \\"404 Not Found\\"" node="n05"',
		),
		judge(evidence) {
			const named = lacking(evidence).filter(({ annotations }) => {
				const path = annotations[pathAnnotation];
				return path !== undefined && path !== ownPath;
			});
			const [first] = named;
			if (first === undefined) {
				return unseen(evidence);
			}
			const [pod] = factsOf(evidence, 'workload-pods') ?? [];
			const server = pod === undefined ? undefined : serverOf(pod);
			if (server === undefined) {
				return undecided('workload-pods');
			}
			// Older ones do not look at it.
			if (releaseOf(server) < 7) {
				return ruledOut;
			}
			const failures = scrapeFailures(evidence).filter(({ node }) => named.some(({ name }) => name === node));
			const notFound = failures.find(({ tail }) => /404 Not Found/.test(tail));
			if (notFound === undefined && failures.length > 0) {
				return ruledOut;
			}
			const path = first.annotations[pathAnnotation] ?? '';
			const verdict = provedOf(
				named.map(({ name }) => `node/${name}`),
				{ path },
				[
					seen(answerOf(evidence, 'nodes'), `${first.name}: ${pathAnnotation}: ${path}`),
					...(notFound === undefined
						? []
						: [{ request: notFound.request, status: 200, quote: notFound.line.slice(0, 400) }]),
				],
			);
			return notFound === undefined ? likely(verdict) : verdict;
		},
	},
];
