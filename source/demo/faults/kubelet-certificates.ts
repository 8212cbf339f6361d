/** One kubelet whose certificate metrics-server does not accept, or that has none. */
import { apiTime, type JsonObject } from '../formats/json.ts';
import { madeByHand } from '../formats/policy.ts';
import type { Behaviour } from '../server/behaviour.ts';
import { brokenNode } from './changes.ts';
import type { Fault } from './fault.ts';
import { get, type Scrape, scrapeFault, unreached, untrusted } from './scrape.ts';

/** What the broken node's kubelet asked for, and what became of that. */
function signingRequest(status: (at: string) => JsonObject): (behaviour: Behaviour) => void {
	return (behaviour) =>
		behaviour.extra.push((world) => {
			const at = apiTime(world.origin - 900_000);
			return [
				{
					resource: 'certificatesigningrequests',
					object: {
						metadata: {
							...madeByHand(world, 'certificatesigningrequests', 'csr-7fkzq'),
							creationTimestamp: at,
						},
						spec: {
							request: '',
							signerName: 'kubernetes.io/kubelet-serving',
							username: `system:node:${brokenNode(world)?.name ?? ''}`,
							groups: ['system:nodes', 'system:authenticated'],
							usages: ['digital signature', 'server auth'],
						},
						status: status(at),
					},
				},
			];
		});
}

/** Without a certificate it answers nobody. */
const withoutCertificate = {
	failure: get('remote error: tls: internal error'),
	answer: unreached('remote error: tls: internal error'),
};

const scrapes = {
	'kubelet-cert-no-ip-san': {
		failure: (node, url) => ({
			error: `Get "${url}": tls: failed to verify certificate: x509: cannot validate certificate for ${node.address} because it doesn't contain any IP SANs`,
		}),
	},
	'kubelet-cert-unknown-ca': { failure: untrusted('x509: certificate signed by unknown authority') },
	'kubelet-cert-name': {
		failure: (node, url) => ({
			error: `Get "${url}": tls: failed to verify certificate: x509: certificate is valid for 192.168.50.7, not ${node.address}`,
		}),
	},
	'kubelet-cert-expired': {
		failure: (node, url, now) =>
			untrusted(
				`x509: certificate has expired or is not yet valid: current time ${apiTime(now)} is after ${apiTime(now - 583_000_000)}`,
			)(node, url),
	},
	'kubelet-cert-legacy-cn': {
		failure: untrusted('x509: certificate relies on legacy Common Name field, use SANs instead'),
	},
	'kubelet-serving-csr-pending': { ...withoutCertificate, more: signingRequest(() => ({})) },
	'kubelet-serving-csr-denied': {
		...withoutCertificate,
		more: signingRequest((at) => ({
			conditions: [
				{
					type: 'Denied',
					status: 'True',
					reason: 'KubectlDeny',
					message: 'This CSR was denied by kubectl certificate deny.',
					lastUpdateTime: at,
					lastTransitionTime: at,
				},
			],
		})),
	},
} as const satisfies Record<string, Scrape>;

export const kubeletCertificateFaults: readonly Fault[] = (Object.keys(scrapes) as (keyof typeof scrapes)[]).map(
	(name) => scrapeFault(name, scrapes[name]),
);
