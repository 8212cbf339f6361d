import * as text from '../../messages/en/kube.ts';
import { KubeError } from '../errors.ts';
import type { UserEntry } from '../kubeconfig/entries.ts';
import { presentable } from '../redact.ts';
import { needsProgram, runProgram } from './auth-provider-program.ts';
import { tokenFacts, tokenTimes } from './bearer-token.ts';
import { type Credential, type CredentialSource, noCredential } from './credential.ts';

/** A token whose end is not known is asked for again after this time, in ms. */
const unknownLife = 60_000;
/** A token is replaced so long before it ends, in ms. */
const early = 10_000;
/** A failure is remembered so long, in ms: five loops that meet it do not start five programs. */
const failureLife = 5_000;

const providers: readonly string[] = ['gcp', 'azure'];

/** Makes the Authorization header's value of a user's `auth-provider`, '' if it gives none. Ends when it is aborted. */
export type Authenticate = (user: UserEntry, signal: AbortSignal) => Promise<string>;

/**
 * A user with a legacy `auth-provider` of a cloud (gcp, azure), as @kubernetes/client-node understands it. That library
 * is loaded when the first credential is needed: it costs most of a second. Its answer is kept here until the token ends,
 * and it is asked once at a time. (For oidc see oidc.ts: the library keeps what it refreshed to itself.)
 *
 * @throws KubeError kind `configuration` for a provider that nobody knows
 */
export function authProvider(user: UserEntry, authenticate: Authenticate): CredentialSource {
	const name = user.authProvider?.name ?? '';
	if (!providers.includes(name)) {
		throw new KubeError('configuration', text.authProviderUnknown(presentable(name, 80), user.name, user.file), {
			id: 'auth-provider-removed',
		});
	}
	let credential: Credential = noCredential;
	let until = Number.NEGATIVE_INFINITY;
	let running: Promise<Credential> | null = null;
	let failure: { error: unknown; at: number } | null = null;
	const closing = new AbortController();

	async function ask(): Promise<Credential> {
		let authorization: string;
		try {
			authorization = await authenticate(user, closing.signal);
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
		running ??= ask()
			.catch((error: unknown) => {
				failure = { error, at: Date.now() };
				throw error;
			})
			.finally(() => {
				running = null;
			});
		return running;
	}

	return {
		async current() {
			if (Date.now() < until) {
				return credential;
			}
			if (!running && failure && Date.now() - failure.at < failureLife) {
				throw failure.error;
			}
			return await askOnce();
		},
		renew: async (refused) => refused !== (await askOnce()),
		facts: () => tokenFacts(tokenOf(credential.authorization)),
		close: () => closing.abort(),
	};
}

function tokenOf(authorization: string): string {
	return authorization.replace(/^Bearer /, '');
}

/** client-node's authenticators, with the state that they keep between two tokens. */
export function clientNode(environment: NodeJS.ProcessEnv): Authenticate {
	let made: Promise<{ config: Record<string, string>; headers: () => Promise<string> }> | null = null;
	return async (user, signal) => {
		made ??= import('@kubernetes/client-node/dist/config.js').then(({ KubeConfig }) => {
			// It is not to run the program itself.
			const config = { ...user.authProvider?.config, 'cmd-path': '' };
			const kubeconfig = new KubeConfig();
			kubeconfig.loadFromOptions({
				// The server is never asked through it; it only wants to know one.
				clusters: [{ name: 'cluster', server: 'https://cluster.invalid', skipTLSVerify: false }],
				users: [{ name: user.name, authProvider: { ...user.authProvider, config } }],
				contexts: [{ name: 'context', cluster: 'cluster', user: user.name }],
				currentContext: 'context',
			});
			return {
				config,
				headers: async () => {
					const options: { headers?: Record<string, string> } = {};
					await kubeconfig.applyToHTTPSOptions(options as Parameters<typeof kubeconfig.applyToHTTPSOptions>[0]);
					return options.headers?.['Authorization'] ?? '';
				},
			};
		});
		const { config, headers } = await made;
		const withProgram = { ...config, 'cmd-path': user.authProvider?.config['cmd-path'] ?? '' };
		if (needsProgram(withProgram)) {
			Object.assign(config, await runProgram(withProgram, environment, signal));
		}
		return headers();
	};
}
