import * as text from '../../messages/en/kube.ts';
import { KubeError } from '../errors.ts';
import type { UserEntry } from '../kubeconfig/entries.ts';
import { presentable } from '../redact.ts';
import { tokenFacts, tokenTimes } from './bearer-token.ts';
import { type Credential, type CredentialSource, noCredential } from './credential.ts';

/** A token whose end is not known is asked for again after this time, in ms. */
const unknownLife = 60_000;
/** A token is replaced so long before it ends, in ms. */
const early = 10_000;

const providers: readonly string[] = ['gcp', 'azure'];

/** Makes the Authorization header's value of a user's `auth-provider`, '' if it gives none. */
export type Authenticate = (user: UserEntry) => Promise<string>;

/**
 * A user with a legacy `auth-provider` of a cloud (gcp, azure), as @kubernetes/client-node understands it. That library
 * is loaded when the first credential is needed: it costs most of a second. Its answer is kept here until the token ends,
 * and it is asked once at a time. (For oidc see oidc.ts: the library keeps what it refreshed to itself.)
 *
 * @throws KubeError kind `configuration` for a provider that nobody knows
 */
export function authProvider(user: UserEntry, authenticate: Authenticate = clientNode()): CredentialSource {
	const name = user.authProvider?.name ?? '';
	if (!providers.includes(name)) {
		throw new KubeError('configuration', text.authProviderUnknown(presentable(name, 80), user.name, user.file), {
			id: 'auth-provider-removed',
		});
	}
	let credential: Credential = noCredential;
	let until = Number.NEGATIVE_INFINITY;
	let running: Promise<Credential> | null = null;

	async function ask(): Promise<Credential> {
		let authorization: string;
		try {
			authorization = await authenticate(user);
		} catch (error) {
			const reason = presentable(error instanceof Error ? error.message : String(error), 500);
			throw new KubeError('credentials', text.authProviderFailed(name, reason, user.name, user.file), {
				id: 'auth-provider-removed',
				retriable: true,
			});
		}
		if (authorization === '') {
			throw new KubeError('credentials', text.authProviderFailed(name, '', user.name, user.file), {
				id: 'token-expired-or-revoked',
			});
		}
		const { expires } = tokenTimes(tokenOf(authorization));
		until = Number.isNaN(expires) ? Date.now() + unknownLife : expires - early;
		if (authorization !== credential.authorization) {
			credential = { ...noCredential, authorization };
		}
		return credential;
	}

	function askOnce(): Promise<Credential> {
		running ??= ask().finally(() => {
			running = null;
		});
		return running;
	}

	return {
		current: async () => (Date.now() < until ? credential : await askOnce()),
		renew: async (refused) => refused !== (await askOnce()),
		facts: () => tokenFacts(tokenOf(credential.authorization)),
		close: () => {},
	};
}

function tokenOf(authorization: string): string {
	return authorization.replace(/^Bearer /, '');
}

/** client-node's authenticators, with the state that they keep between two tokens. */
function clientNode(): Authenticate {
	let made: Promise<{ headers: () => Promise<string> }> | null = null;
	return async (user) => {
		made ??= import('@kubernetes/client-node/dist/config.js').then(({ KubeConfig }) => {
			const config = new KubeConfig();
			config.loadFromOptions({
				// The server is never asked through it; it only wants to know one.
				clusters: [{ name: 'cluster', server: 'https://cluster.invalid', skipTLSVerify: false }],
				users: [{ name: user.name, authProvider: user.authProvider }],
				contexts: [{ name: 'context', cluster: 'cluster', user: user.name }],
				currentContext: 'context',
			});
			return {
				headers: async () => {
					const options: { headers?: Record<string, string> } = {};
					await config.applyToHTTPSOptions(options as Parameters<typeof config.applyToHTTPSOptions>[0]);
					return options.headers?.['Authorization'] ?? '';
				},
			};
		});
		return (await made).headers();
	};
}
