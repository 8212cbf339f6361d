/** One kubelet that metrics-server does not get at, by its node's name, address, port, or state. */
import type { Behaviour } from '../server/behaviour.ts';
import { adaptContainer, brokenNode, editObjects } from './changes.ts';
import type { Fault } from './fault.ts';
import { loseNode } from './lost-node.ts';
import { broken, editNode, get, type Scrape, scrapeFault, status, unreached } from './scrape.ts';

function withArgs(...flags: readonly string[]): (behaviour: Behaviour) => void {
	return (behaviour) => adaptContainer(behaviour, ({ args = [] }) => ({ args: [...args, ...flags] }));
}

/** The port that a node's status names would come first. */
function atReadOnlyPort(...flags: readonly string[]): (behaviour: Behaviour) => void {
	return (behaviour) =>
		adaptContainer(behaviour, ({ args = [] }) => ({
			args: [...args.filter((arg) => arg !== '--kubelet-use-node-status-port'), '--kubelet-port=10255', ...flags],
		}));
}

const scrapes = {
	'kubelet-addr-hostname-dns': {
		everywhere: true,
		failure: (node) => ({
			error: `Get "https://${node.name}:10250/metrics/resource": dial tcp: lookup ${node.name} on 10.96.0.10:53: no such host`,
		}),
		more: (behaviour) =>
			adaptContainer(behaviour, ({ args = [] }) => ({
				args: args.filter((arg) => !arg.startsWith('--kubelet-preferred-address-types')),
			})),
	},
	'node-no-address': {
		failure: () => ({ error: 'no address matched types [InternalIP ExternalIP Hostname]' }),
		more: (behaviour) => editNode(behaviour, (before) => ({ ...before, addresses: [] })),
	},
	'kubelet-conn-refused-10250': {
		failure: (node, url) => ({ error: `Get "${url}": dial tcp ${node.address}:10250: connect: connection refused` }),
	},
	'kubelet-port-10255': {
		everywhere: true,
		failure: (node) => ({
			error: `Get "http://${node.address}:10255/metrics/resource": dial tcp ${node.address}:10255: connect: connection refused`,
		}),
		more: atReadOnlyPort('--deprecated-kubelet-completely-insecure'),
	},
	'kubelet-http-on-https': {
		everywhere: true,
		failure: (node) => ({
			error: `Get "https://${node.address}:10255/metrics/resource": http: server gave HTTP response to HTTPS client`,
		}),
		more: atReadOnlyPort(),
	},
	'kubelet-slow': {
		// Both the limit of one scrape, which runs first, and that of the connection are 10 s.
		failure: get('context deadline exceeded'),
		more: (behaviour) => behaviour.kubeletDelay.push((node, world) => (node === brokenNode(world) ? 12_000 : 0)),
	},
	'node-not-ready': {
		// Since 0.9 nothing is written of a node that is not ready.
		answer: unreached('dial tcp 10.0.0.4:10250: i/o timeout'),
		more: (behaviour) => loseNode(behaviour, brokenNode),
	},
	'node-selector-excludes': {
		more: withArgs('--node-selector=kubernetes.io/hostname!=worker-03'),
	},
	'resource-metrics-path-annotation': {
		failure: status('404 Not Found'),
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
	...(Object.keys(scrapes) as (keyof typeof scrapes)[]).map((name) => scrapeFault(name, scrapes[name])),
];
