import { readFile } from 'node:fs/promises';
import * as text from '../../messages/en/kube.ts';
import { errorCode, KubeError } from '../errors.ts';
import { tokenFacts } from './bearer-token.ts';
import { type Credential, type CredentialSource, noCredential } from './credential.ts';

/** As in client-go: half of what lies between the kubelet's renewal of a projected token and the old one's end. */
const rereadAfter = 60_000;

/**
 * A token kept in a file by somebody else (a kubelet, a login helper): read again every minute, and at once when the
 * server refused it. While it cannot be read again, the last one stays in use.
 *
 * @param file the kubeconfig that names it, for messages
 * @throws KubeError kind `configuration` if it cannot be read at all
 */
export async function tokenFile(
	path: string,
	file: string,
	now: () => number = () => performance.now(),
): Promise<CredentialSource> {
	let credential: Credential = noCredential;
	let token = '';
	let readAt = Number.NEGATIVE_INFINITY;

	async function load(): Promise<void> {
		const content = (await readFile(path, 'utf8')).trim();
		readAt = now();
		if (content === '') {
			throw new KubeError('configuration', text.tokenFileEmpty(path, file), { id: 'kubeconfig-file-ref-missing' });
		}
		if (content !== token) {
			token = content;
			credential = { authorization: `Bearer ${token}`, certificate: '', key: '' };
		}
	}

	async function loadIfPossible(): Promise<void> {
		try {
			await load();
		} catch {
			readAt = now();
		}
	}

	try {
		await load();
	} catch (error) {
		if (error instanceof KubeError) {
			throw error;
		}
		throw new KubeError('configuration', text.referencedFileMissing('tokenFile', path, errorCode(error), file), {
			id: 'kubeconfig-file-ref-missing',
			code: errorCode(error),
		});
	}
	return {
		async current() {
			if (now() - readAt >= rereadAfter) {
				await loadIfPossible();
			}
			return credential;
		},
		async renew(refused) {
			if (refused === credential) {
				await loadIfPossible();
			}
			return refused !== credential;
		},
		facts: () => [{ sentence: text.tokenCameFromFile(path), id: '' }, ...tokenFacts(token)],
		close: () => {},
	};
}
