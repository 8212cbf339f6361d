/**
 * A kubelet's ports as this machine sees them. What metrics-server sees can be otherwise: it dials from a pod, with its
 * own idea of the address. Only the certificate is the same for whoever asks. Pure.
 */
import type { Observation } from '../../model/diagnosis.ts';
import type { KubeletPortFacts } from './kubelet-port-facts.ts';
import { seenDial, seenHandshake } from './way-seen.ts';

export const readOnlyPort = 10_255;

/** What metrics-server would say of this certificate, in the order in which Go looks: dates, names, authority. */
export type CertificateProblem = 'expired' | 'no-ip-san' | 'name' | 'unknown-ca' | 'no-certificate' | '';

export function certificateProblem(
	{ address, asPodsJudge, handshake }: KubeletPortFacts,
	now: number,
): CertificateProblem {
	const [leaf] = handshake?.chain ?? [];
	if (handshake === null) {
		return '';
	}
	if (leaf === undefined) {
		// The alert of a kubelet that waits for its certificate.
		return /ALERT_INTERNAL_ERROR/.test(handshake.code) ? 'no-certificate' : '';
	}
	if (leaf.until < now || leaf.from > now) {
		return 'expired';
	}
	const isNumber = /^[\d.]+$|:/.test(address);
	const addresses = leaf.names.filter((name) => name.startsWith('IP Address:'));
	if (isNumber && addresses.length === 0) {
		return 'no-ip-san';
	}
	if (handshake.code === 'ERR_TLS_CERT_ALTNAME_INVALID' || (isNumber && !names(addresses, address))) {
		return 'name';
	}
	return handshake.code === '' || !asPodsJudge ? '' : 'unknown-ca';
}

function names(addresses: readonly string[], address: string): boolean {
	return addresses.some((name) => name.slice('IP Address:'.length).toLowerCase() === address.toLowerCase());
}

/** All that was seen of one kubelet. */
export function seenAtPorts(facts: KubeletPortFacts, now: number): readonly Observation[] {
	const { address, code, handshake, node, port, readOnlyCode, readOnlyTook, status, took, words } = facts;
	const fromHere = (one: Observation): Observation => ({ ...one, request: `${one.request} (${node}, from here)` });
	return [
		seenDial({ of: 'server', address, port, code, took }),
		...(handshake === null ? [] : seenHandshake(handshake, now)),
		...(status === 0
			? []
			: [{ request: `GET https://${bracketed(address)}:${port}/metrics/resource as nobody`, status, quote: words }]),
		seenDial({ of: 'server', address, port: readOnlyPort, code: readOnlyCode, took: readOnlyTook }),
	].map(fromHere);
}

export function bracketed(address: string): string {
	return address.includes(':') ? `[${address}]` : address;
}
