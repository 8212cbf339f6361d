import type { OutgoingHttpHeaders } from 'node:http';
import * as text from '../../messages/en/kube.ts';
import { KubeError } from '../errors.ts';
import type { UserEntry } from '../kubeconfig/entries.ts';

/** Characters of a header's name (RFC 9110 §5.6.2) without `%`, which client-go escapes with. */
const headerNameCharacter = /[!#$&'*+\-.^_`|~0-9A-Za-z]/;

/**
 * The Impersonate-* headers of a user's entry, {} if it impersonates nobody.
 *
 * @throws KubeError kind `configuration` for groups, uid or extra without a user
 */
export function impersonationHeaders(user: UserEntry): OutgoingHttpHeaders {
	const extra = Object.entries(user.asUserExtra);
	if (user.as === '') {
		if (user.asUid !== '' || user.asGroups.length > 0 || extra.length > 0) {
			throw new KubeError('configuration', text.impersonationWithoutUser(user.file), {
				id: 'kubeconfig-flag-conflict',
			});
		}
		return {};
	}
	const headers: OutgoingHttpHeaders = { 'Impersonate-User': headerValue(user.as) };
	if (user.asUid !== '') {
		headers['Impersonate-Uid'] = headerValue(user.asUid);
	}
	if (user.asGroups.length > 0) {
		headers['Impersonate-Group'] = user.asGroups.map(headerValue);
	}
	for (const [key, values] of extra) {
		headers[`Impersonate-Extra-${headerName(key)}`] = values.map(headerValue);
	}
	return headers;
}

/** Node.js writes header values as Latin-1; Go reads and writes their bytes as UTF-8. */
function headerValue(value: string): string {
	return Buffer.from(value, 'utf8').toString('latin1');
}

/** Percent-encoded as client-go's `headerKeyEscape` does. */
function headerName(key: string): string {
	return [...Buffer.from(key, 'utf8')]
		.map((byte) => {
			const character = String.fromCharCode(byte);
			return headerNameCharacter.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');
}
