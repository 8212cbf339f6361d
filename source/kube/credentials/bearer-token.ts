import * as text from '../../messages/en/kube.ts';
import { type CredentialFact, type CredentialSource, fixedCredential } from './credential.ts';

/** A token that is written down in the kubeconfig or on the command line. */
export function bearerToken(token: string): CredentialSource {
	return fixedCredential({ authorization: `Bearer ${token}`, certificate: '', key: '' }, () => tokenFacts(token));
}

/** Basic authentication; API servers dropped it in 1.19, gateways in front of them did not. */
export function basicAuthentication(username: string, password: string): CredentialSource {
	const encoded = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
	return fixedCredential({ authorization: `Basic ${encoded}`, certificate: '', key: '' });
}

/** Expiry and beginning of a JSON Web Token in ms; NaN for what it does not say or if it is none. Verifies nothing. */
export function tokenTimes(token: string): { expires: number; begins: number } {
	try {
		const payload: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
		const { exp, nbf } = payload as { exp?: unknown; nbf?: unknown };
		return {
			expires: typeof exp === 'number' ? exp * 1000 : Number.NaN,
			begins: typeof nbf === 'number' ? nbf * 1000 : Number.NaN,
		};
	} catch {
		return { expires: Number.NaN, begins: Number.NaN };
	}
}

/** What a token's dates say about a refusal. */
export function tokenFacts(token: string, now = Date.now()): CredentialFact[] {
	const { expires, begins } = tokenTimes(token);
	if (expires < now) {
		return [{ sentence: text.tokenExpired(new Date(expires)), id: 'token-expired-or-revoked' }];
	}
	return begins > now ? [{ sentence: text.tokenNotYetValid(new Date(begins)), id: 'clock-skew-client' }] : [];
}
