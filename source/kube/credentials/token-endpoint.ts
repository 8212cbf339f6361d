import { readFile } from 'node:fs/promises';
import { errorCode, KubeError } from '../errors.ts';
import { environmentProxy } from '../proxy/environment.ts';
import { ProxyFailure } from '../proxy/failure.ts';
import { bodyOf } from '../transport/body.ts';
import { Connections } from '../transport/connections.ts';
import { beginningOf } from '../transport/error-body.ts';
import { proxyError } from '../transport/proxy-error.ts';
import { SendFailure, send } from '../transport/send.ts';
import { fromBase64 } from './certificates.ts';
import { noCredential } from './credential.ts';

/** What a user's `auth-provider: oidc` has in its config, by kubectl's names. */
export interface OidcConfig {
	issuer: string;
	clientId: string;
	clientSecret: string;
	refreshToken: string;
	/** File and PEM in base64, '' = the system's authorities. */
	authorityFile: string;
	authorityData: string;
}

export interface RefreshedTokens {
	idToken: string;
	/** The same as before where the issuer gives no other. */
	refreshToken: string;
}

/** Why there are no new tokens. */
export class RefreshFailure extends Error {
	/** The issuer's own code (`invalid_grant`), '' if it gave none. */
	readonly code: string;

	constructor(message: string, code = '') {
		super(message);
		this.code = code;
	}
}

const connectTimeout = 10_000;
const answerTimeout = 30_000;

/**
 * New tokens for a refresh token, as client-go asks for them: the token endpoint by OpenID Connect's discovery, the
 * client by HTTP Basic, or in the form where the issuer wants it there. Through the proxy that the environment names.
 *
 * @throws RefreshFailure in words that may be shown
 */
export async function refreshTokens(config: OidcConfig, environment: NodeJS.ProcessEnv): Promise<RefreshedTokens> {
	const authority = await authorityOf(config);
	const ask = (url: string, form?: Form): Promise<Answer> => request(url, form ?? null, authority, environment);
	const discovery = await ask(`${config.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
	const { token_endpoint: endpoint, token_endpoint_auth_methods_supported: methods } = discovery.json;
	if (discovery.status !== 200 || typeof endpoint !== 'string') {
		throw new RefreshFailure(
			`${config.issuer} did not say where tokens are had (${discovery.status} to /.well-known/openid-configuration)`,
		);
	}
	const inForm = config.clientSecret === '' || (Array.isArray(methods) && !methods.includes('client_secret_basic'));
	let answer = await ask(endpoint, formOf(config, inForm));
	if (answer.json['error'] === 'invalid_client' && config.clientSecret !== '') {
		answer = await ask(endpoint, formOf(config, !inForm));
	}
	const { id_token: idToken, refresh_token: refreshToken, error, error_description: description } = answer.json;
	if (answer.status !== 200) {
		const code = typeof error === 'string' ? error : '';
		const words = [code, typeof description === 'string' ? description : ''].filter((word) => word !== '').join(': ');
		throw new RefreshFailure(
			`${config.issuer} gave no new token (${answer.status}${words === '' ? '' : ` ${words}`})`,
			code,
		);
	}
	if (typeof idToken !== 'string' || idToken === '') {
		throw new RefreshFailure(
			`${config.issuer} gave no id_token with the new token: the login was without the scope "openid", or it never does`,
		);
	}
	return {
		idToken,
		refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : config.refreshToken,
	};
}

interface Form {
	body: string;
	authorization: string;
}

function formOf({ clientId, clientSecret, refreshToken }: OidcConfig, inForm: boolean): Form {
	const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
	if (inForm) {
		body.set('client_id', clientId);
		if (clientSecret !== '') {
			body.set('client_secret', clientSecret);
		}
	}
	// RFC 6749 §2.3.1: both are encoded as in a form before they are joined.
	const login = [clientId, clientSecret].map((part) => new URLSearchParams({ '': part }).toString().slice(1)).join(':');
	return { body: body.toString(), authorization: inForm ? '' : `Basic ${Buffer.from(login).toString('base64')}` };
}

interface Answer {
	status: number;
	/** {} if it is none. */
	json: Record<string, unknown>;
}

async function request(
	address: string,
	form: Form | null,
	certificateAuthority: string,
	environment: NodeJS.ProcessEnv,
): Promise<Answer> {
	const url = URL.parse(address);
	if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
		throw new RefreshFailure(`the address ${address} of the issuer is none`);
	}
	const secure = url.protocol === 'https:';
	const host = url.hostname.replace(/^\[|\]$/g, '');
	const port = Number(url.port || (secure ? 443 : 80));
	const proxy = environmentProxy({ secure, host, port }, environment);
	const server = {
		...{ secure, host, port, proxy, certificateAuthority },
		...{
			origin: url.origin,
			address: url.origin,
			pathPrefix: '',
			tlsServerName: '',
			verify: true,
			assumedPlain: false,
		},
	};
	const connections = new Connections(server, connectTimeout);
	try {
		const response = await send({
			agent: connections.agentFor(noCredential),
			...{ secure, host, port, path: url.pathname + url.search },
			method: form ? 'POST' : 'GET',
			headers: {
				Accept: 'application/json',
				'User-Agent': 'whytop',
				...(form ? { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': form.body.length } : {}),
				...(form && form.authorization !== '' ? { Authorization: form.authorization } : {}),
			},
			body: form?.body,
			headersTimeout: answerTimeout,
			signal: undefined,
			onSent: () => {},
		});
		const body = bodyOf(response, {
			idleTimeout: answerTimeout,
			onIdle: () => new Error('it stopped in the middle of its answer'),
			onFailure: (error) => error,
			onBytes: () => {},
			onEnd: () => {},
		});
		return { status: response.statusCode ?? 0, json: jsonOf(await beginningOf(body)) };
	} catch (error) {
		const cause = error instanceof SendFailure ? error.error : error;
		if (cause instanceof ProxyFailure) {
			throw new RefreshFailure(
				`${url.origin} was not reached: ${proxyError(cause, server, '').message.split('\n')[0]}`,
			);
		}
		if (cause instanceof KubeError) {
			throw cause;
		}
		throw new RefreshFailure(`${url.origin} was not reached (${errorCode(cause) || (cause as Error).message})`);
	} finally {
		connections.destroy();
	}
}

function jsonOf(text: string): Record<string, unknown> {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	} catch {
		return {};
	}
}

async function authorityOf({ authorityFile, authorityData }: OidcConfig): Promise<string> {
	if (authorityData !== '') {
		return fromBase64(authorityData);
	}
	if (authorityFile === '') {
		return '';
	}
	try {
		return await readFile(authorityFile, 'utf8');
	} catch (error) {
		throw new RefreshFailure(`its idp-certificate-authority ${authorityFile} cannot be read (${errorCode(error)})`);
	}
}
