import * as text from '../../messages/en/kube-oidc.ts';
import { KubeError } from '../errors.ts';
import type { UserEntry } from '../kubeconfig/entries.ts';
import { readKubeconfig } from '../kubeconfig/files.ts';
import { writeBack } from '../kubeconfig/write-back.ts';
import { presentable } from '../redact.ts';
import { tokenFacts, tokenTimes } from './bearer-token.ts';
import { type Credential, type CredentialSource, noCredential } from './credential.ts';
import { RefreshFailure, refreshTokens } from './token-endpoint.ts';

/** A token is replaced so long before it ends, in ms; as client-go does. */
const early = 10_000;
/** A failure is remembered so long, so that five loops that meet it do not ask five times. */
const failureLife = 5000;
/** After a refusal that a new token did not mend, the issuer is left in peace for so long. */
const refusalPause = 60_000;

interface Tokens {
	idToken: string;
	refreshToken: string;
}

/**
 * A user with the legacy `auth-provider: oidc`, as client-go's plugin: the id-token until it ends, then another one for
 * the refresh token, once for all who wait, and once more when the server refuses it.
 *
 * What comes is written back into the kubeconfig, as kubectl does: many issuers take a refresh token once only, so that
 * one who keeps its successor to himself locks every other program out. For the same reason the file is read again
 * before anything is asked for: another program may have been there.
 */
export function oidc(user: UserEntry, environment: NodeJS.ProcessEnv, now: () => number = Date.now): CredentialSource {
	const config = user.authProvider?.config ?? {};
	let tokens = tokensOf(user);
	let credential: Credential = noCredential;
	let running: Promise<Credential> | null = null;
	let failure: { error: KubeError; at: number } | null = null;
	let renewedAt = Number.NEGATIVE_INFINITY;
	/** Why the last tokens are in no file, '' if they are. */
	let unwritten = '';

	function present(next: Tokens): Credential {
		tokens = next;
		const authorization = `Bearer ${next.idToken}`;
		if (authorization !== credential.authorization) {
			credential = { ...noCredential, authorization };
		}
		return credential;
	}

	/** @param refused an id-token that is known to be of no use */
	async function refresh(refused: string): Promise<Credential> {
		const written = await reread(user);
		if (
			written &&
			written.idToken !== tokens.idToken &&
			written.idToken !== refused &&
			isGood(written.idToken, now())
		) {
			unwritten = '';
			return present(written);
		}
		// A token of the file that is newer than ours, else ours, which the file may not have taken.
		const refreshToken = unwritten === '' ? written?.refreshToken || tokens.refreshToken : tokens.refreshToken;
		if (refreshToken === '') {
			const { expires } = tokenTimes(tokens.idToken);
			throw failed(text.oidcNoRefreshToken(user.name, user.file, new Date(expires)), 'token-expired-or-revoked');
		}
		const next = await refreshTokens(
			{
				issuer: config['idp-issuer-url'] ?? '',
				clientId: config['client-id'] ?? '',
				clientSecret: config['client-secret'] ?? '',
				authorityFile: config['idp-certificate-authority'] ?? '',
				authorityData: config['idp-certificate-authority-data'] ?? '',
				refreshToken,
			},
			environment,
		).catch((error: unknown) => {
			if (!(error instanceof RefreshFailure)) {
				throw error;
			}
			const secrets = [refreshToken, config['client-secret'] ?? ''];
			const reason = presentable(error.message, 500, secrets);
			const spent = error.code === 'invalid_grant';
			throw failed(
				text.oidcNotRefreshed(user.name, user.file, reason, spent),
				spent ? 'token-expired-or-revoked' : 'oidc-refresh-failed',
				!spent,
			);
		});
		if (user.file !== '') {
			unwritten = await writeBack(user.file, user.name, {
				'id-token': next.idToken,
				...(next.refreshToken === refreshToken ? {} : { 'refresh-token': next.refreshToken }),
			});
		}
		return present(next);
	}

	function failed(message: string, id: string, retriable = false): KubeError {
		return new KubeError('credentials', message, { id, retriable });
	}

	function refreshOnce(refused = ''): Promise<Credential> {
		running ??= refresh(refused)
			.catch((error: unknown) => {
				if (error instanceof KubeError) {
					failure = { error, at: now() };
				}
				throw error;
			})
			.finally(() => {
				running = null;
			});
		return running;
	}

	return {
		async current() {
			if (!running && isGood(tokens.idToken, now())) {
				return present(tokens);
			}
			if (!running && failure && now() - failure.at < failureLife) {
				throw failure.error;
			}
			return refreshOnce();
		},
		async renew(refused) {
			if (refused !== credential) {
				return true;
			}
			if (!running && (tokens.refreshToken === '' || now() - renewedAt < refusalPause)) {
				return false;
			}
			renewedAt = now();
			return (await refreshOnce(tokens.idToken)) !== refused;
		},
		facts: () => [
			...(unwritten === '' ? [] : [{ sentence: text.oidcNotWritten(user.file, unwritten), id: '' }]),
			...tokenFacts(tokens.idToken),
		],
		close: () => {},
	};
}

/** A token whose end cannot be read is for the server to judge. */
function isGood(idToken: string, now: number): boolean {
	return idToken !== '' && !(tokenTimes(idToken).expires - early <= now);
}

function tokensOf({ authProvider }: UserEntry): Tokens {
	return {
		idToken: authProvider?.config['id-token'] ?? '',
		refreshToken: authProvider?.config['refresh-token'] ?? '',
	};
}

/** What the file says now; null if it cannot be read, or has no such user any more. */
async function reread(user: UserEntry): Promise<Tokens | null> {
	if (user.file === '') {
		return null;
	}
	try {
		const { users } = await readKubeconfig({ paths: [user.file], namedBy: 'flag' });
		const again = users.get(user.name);
		return again?.authProvider ? tokensOf(again) : null;
	} catch {
		return null;
	}
}
