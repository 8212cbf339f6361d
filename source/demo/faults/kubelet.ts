/** One kubelet that metrics-server cannot scrape, by the error that 0.9 writes; its node and the pods on it have no samples. */
import { apiTime } from '../formats/json.ts';
import { madeByHand } from '../formats/policy.ts';
import { part, parts } from '../formats/table.ts';
import type { NodeModel } from '../model/node.ts';
import type { Behaviour, RawAnswer } from '../server/behaviour.ts';
import { adaptContainer, brokenNode, editObjects, klog, textAnswer } from './changes.ts';
import type { Fault, FaultName } from './fault.ts';

interface Scrape {
	/** Error as Go gives it; '' if nothing is written. */
	error: (node: NodeModel, url: string) => string;
	/** What the kubelet answers to the API server, where it is not what it always does. */
	answer?: RawAnswer;
	more?: (behaviour: Behaviour) => void;
}

const get =
	(reason: string) =>
	(_node: NodeModel, url: string): string =>
		`Get "${url}": ${reason}`;
const untrusted = (reason: string): ReturnType<typeof get> => get(`tls: failed to verify certificate: ${reason}`);
const status = (line: string) => (): string => `request failed, status: "${line}"`;
/** As the API server's node proxy tells it. */
const unreached = (reason: string): RawAnswer => textAnswer(502, `error trying to reach service: ${reason}`);

function withArgs(...flags: readonly string[]): (behaviour: Behaviour) => void {
	return (behaviour) => adaptContainer(behaviour, ({ args = [] }) => ({ args: [...args, ...flags] }));
}

function editNode(behaviour: Behaviour, change: (status: ReturnType<typeof part>) => ReturnType<typeof part>): void {
	editObjects(behaviour, 'nodes', (object) =>
		object.metadata.name === broken ? { ...object, status: change(part(object['status'])) } : object,
	);
}

/** Name of {@link brokenNode} in a cluster of the usual size and larger. */
const broken = 'worker-03';

const scrapes = {
	'kubelet-cert-no-ip-san': {
		error: (node, url) =>
			`Get "${url}": tls: failed to verify certificate: x509: cannot validate certificate for ${node.address} because it doesn't contain any IP SANs`,
	},
	'kubelet-cert-unknown-ca': { error: untrusted('x509: certificate signed by unknown authority') },
	'kubelet-cert-name': {
		error: (node, url) =>
			`Get "${url}": tls: failed to verify certificate: x509: certificate is valid for 192.168.50.7, not ${node.address}`,
	},
	'kubelet-cert-expired': {
		error: untrusted(
			'x509: certificate has expired or is not yet valid: current time 2026-11-28T10:00:00Z is after 2026-11-21T10:16:48Z',
		),
	},
	'kubelet-cert-legacy-cn': {
		error: untrusted('x509: certificate relies on legacy Common Name field, use SANs instead'),
	},
	'kubelet-serving-csr-pending': {
		error: get('remote error: tls: internal error'),
		answer: unreached('remote error: tls: internal error'),
		more: (behaviour) =>
			behaviour.extra.push((world) => [
				{
					resource: 'certificatesigningrequests',
					object: {
						metadata: {
							...madeByHand(world, 'certificatesigningrequests', 'csr-7fkzq'),
							creationTimestamp: apiTime(world.origin - 900_000),
						},
						spec: {
							request: '',
							signerName: 'kubernetes.io/kubelet-serving',
							username: `system:node:${broken}`,
							groups: ['system:nodes', 'system:authenticated'],
							usages: ['digital signature', 'server auth'],
						},
						status: {},
					},
				},
			]),
	},
	'kubelet-addr-hostname-dns': {
		error: (node) =>
			`Get "https://${node.name}:10250/metrics/resource": dial tcp: lookup ${node.name} on 10.96.0.10:53: no such host`,
		more: (behaviour) =>
			adaptContainer(behaviour, ({ args = [] }) => ({
				args: args.filter((arg) => !arg.startsWith('--kubelet-preferred-address-types')),
			})),
	},
	'node-no-address': {
		error: () => 'no address matches types [InternalIP ExternalIP Hostname]',
		more: (behaviour) => editNode(behaviour, (before) => ({ ...before, addresses: [] })),
	},
	'kubelet-conn-refused-10250': {
		error: (node, url) => `Get "${url}": dial tcp ${node.address}:10250: connect: connection refused`,
	},
	'kubelet-port-10255': {
		error: (node) =>
			`Get "http://${node.address}:10255/metrics/resource": dial tcp ${node.address}:10255: connect: connection refused`,
		more: withArgs('--kubelet-port=10255', '--deprecated-kubelet-completely-insecure'),
	},
	'kubelet-http-on-https': {
		error: (node) =>
			`Get "https://${node.address}:10255/metrics/resource": http: server gave HTTP response to HTTPS client`,
		more: withArgs('--kubelet-port=10255'),
	},
	'kubelet-slow': {
		error: get('net/http: request canceled (Client.Timeout exceeded while awaiting headers)'),
	},
	'kubelet-401': { error: status('401 Unauthorized'), answer: textAnswer(401, 'Unauthorized') },
	'kubelet-403-metrics': {
		error: status('403 Forbidden'),
		more: (behaviour) =>
			editObjects(behaviour, 'clusterroles', (object) =>
				object.metadata.name === 'system:metrics-server'
					? {
							...object,
							rules: parts(object['rules']).map((rule) =>
								JSON.stringify(rule['resources']) === '["nodes/metrics"]'
									? { ...rule, resources: ['nodes/stats'] }
									: rule,
							),
						}
					: object,
			),
	},
	'kubelet-authz-webhook-error': {
		error: status('500 Internal Server Error'),
		answer: textAnswer(
			500,
			'Authorization error (user=kube-apiserver-kubelet-client, verb=get, resource=nodes, subresource(s)=[metrics])',
		),
	},
	'kubelet-404-resource': {
		error: status('404 Not Found'),
		answer: textAnswer(404, '404 page not found\n'),
		more: (behaviour) =>
			editNode(behaviour, (before) => ({
				...before,
				nodeInfo: { ...part(before['nodeInfo']), kubeletVersion: 'v1.17.17' },
			})),
	},
	'kubelet-parse-error': {
		error: () => 'failed parsing metrics: expected value after metric, got "<" ("INVALID") while parsing: "<"',
		answer: { status: 200, type: 'text/html', body: '<!doctype html><title>Welcome</title>' },
	},
	'node-not-ready': {
		// Since 0.9 nothing is written of a node that is not ready.
		error: () => '',
		answer: unreached('dial tcp 10.0.0.4:10250: i/o timeout'),
		more: (behaviour) =>
			editNode(behaviour, (before) => ({
				...before,
				conditions: parts(before['conditions']).map((condition) => ({
					...condition,
					status: 'Unknown',
					reason: 'NodeStatusUnknown',
					message: 'Kubelet stopped posting node status.',
				})),
			})),
	},
	'node-selector-excludes': {
		error: () => '',
		more: withArgs('--node-selector=kubernetes.io/hostname!=worker-03'),
	},
	'resource-metrics-path-annotation': {
		error: (node) => `request failed, status: "404 Not Found" (/metrics/nodes/${node.name}/metrics/resource)`,
		more: (behaviour) =>
			editObjects(behaviour, 'nodes', (object) =>
				object.metadata.name === broken
					? {
							...object,
							metadata: {
								...object.metadata,
								annotations: {
									...object.metadata.annotations,
									'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${broken}/metrics/resource`,
								},
							},
						}
					: object,
			),
	},
} as const satisfies Record<string, Scrape>;

function scrapeFault(name: FaultName & keyof typeof scrapes): Fault {
	const scrape: Scrape = scrapes[name];
	return {
		name,
		change(behaviour) {
			behaviour.samples.push((world) => {
				const node = brokenNode(world);
				return { node: (each) => each === node };
			});
			behaviour.logs.push((world, now) => {
				const node = brokenNode(world);
				const error = node ? scrape.error(node, `https://${node.address}:10250/metrics/resource`) : '';
				const text = `"Failed to scrape node" err="${error.replaceAll('"', '\\"')}" node="${node?.name ?? ''}"`;
				return { previous: false, lines: error === '' ? [] : klog(now, 'E', 'scraper.go:149', [text], 20) };
			});
			const { answer } = scrape;
			if (answer) {
				behaviour.kubelets.push((node, world) => (node === brokenNode(world) ? answer : undefined));
			}
			scrape.more?.(behaviour);
		},
	};
}

export const kubeletFaults: readonly Fault[] = [
	{
		name: 'node-row-unknown',
		also: ['node-without-samples'],
		change(behaviour) {
			behaviour.samples.push((world) => {
				const node = brokenNode(world);
				return { node: (each) => each === node };
			});
		},
	},
	...(Object.keys(scrapes) as (keyof typeof scrapes)[]).map(scrapeFault),
];
