import { createPrivateKey, X509Certificate } from 'node:crypto';

/** The certificates in a PEM text, in order; [] if there is not one that can be read. */
export function certificatesOf(pem: string): X509Certificate[] {
	const blocks = pem.match(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED )?CERTIFICATE-----/g);
	return (blocks ?? []).flatMap((block) => {
		try {
			return [new X509Certificate(block)];
		} catch {
			return [];
		}
	});
}

/** Why a certificate and a key do not work together: '' if they do. */
export type PairProblem = '' | 'certificate' | 'key' | 'encrypted-key' | 'mismatch';

export function pairProblem(certificate: string, key: string): PairProblem {
	const [leaf] = certificatesOf(certificate);
	if (!leaf) {
		return 'certificate';
	}
	if (/ENCRYPTED/.test(key)) {
		return 'encrypted-key';
	}
	try {
		return leaf.checkPrivateKey(createPrivateKey(key)) ? '' : 'mismatch';
	} catch {
		return 'key';
	}
}

/** Base64 as kubeconfigs carry it, to text. */
export function fromBase64(data: string): string {
	return Buffer.from(data, 'base64').toString('utf8');
}
