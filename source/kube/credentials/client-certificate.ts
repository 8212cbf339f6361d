import { readFile } from 'node:fs/promises';
import * as text from '../../messages/en/kube.ts';
import { errorCode, KubeError } from '../errors.ts';
import type { UserEntry } from '../kubeconfig/entries.ts';
import { certificatesOf, fromBase64, pairProblem } from './certificates.ts';
import type { Credential, CredentialFact, CredentialSource } from './credential.ts';

/**
 * The client certificate of a kubeconfig's user, from data or from files. Data wins over a file, as in client-go. Files
 * are read again when the server refused the certificate: something may have renewed them.
 *
 * @throws KubeError kind `configuration`: a file that cannot be read, something that is no certificate or no key
 */
export async function clientCertificate(user: UserEntry): Promise<CredentialSource> {
	let credential = await load(user);
	return {
		current: async () => credential,
		async renew(refused) {
			if (refused !== credential) {
				return true;
			}
			const again = await load(user);
			if (again.certificate === credential.certificate && again.key === credential.key) {
				return false;
			}
			credential = again;
			return true;
		},
		facts: () => certificateFacts(credential.certificate),
		close: () => {},
	};
}

/** What a client certificate's dates say about a refusal. */
export function certificateFacts(pem: string, now = Date.now()): CredentialFact[] {
	const [leaf] = certificatesOf(pem);
	if (!leaf) {
		return [];
	}
	const until = leaf.validToDate;
	const from = leaf.validFromDate;
	if (until.getTime() < now) {
		return [{ sentence: text.clientCertificateExpired(until), id: 'client-cert-expired' }];
	}
	return from.getTime() > now ? [{ sentence: text.clientCertificateNotYetValid(from), id: 'clock-skew-client' }] : [];
}

async function load(user: UserEntry): Promise<Credential> {
	const certificate = await pem(user.clientCertificateData, user.clientCertificate, 'client-certificate', user);
	const key = await pem(user.clientKeyData, user.clientKey, 'client-key', user);
	if (key === '') {
		throw new KubeError('configuration', text.clientKeyMissing(user.name, user.file), {
			id: 'kubeconfig-file-ref-missing',
		});
	}
	const problem = pairProblem(certificate, key);
	if (problem !== '') {
		throw new KubeError('configuration', text.clientCertificateUnusable(problem, user.name, user.file), {
			id: 'kubeconfig-client-certificate-unusable',
		});
	}
	return { authorization: '', certificate, key };
}

async function pem(data: string, path: string, field: string, user: UserEntry): Promise<string> {
	if (data !== '') {
		return fromBase64(data);
	}
	if (path === '') {
		return '';
	}
	try {
		return await readFile(path, 'utf8');
	} catch (error) {
		throw new KubeError('configuration', text.referencedFileMissing(field, path, errorCode(error), user.file), {
			id: 'kubeconfig-file-ref-missing',
			code: errorCode(error),
		});
	}
}
