import type { IncomingMessage } from 'node:http';
import * as text from '../../messages/en/kube.ts';
import type { ClusterTarget } from '../client.ts';
import type { CredentialSource } from '../credentials/credential.ts';
import { errorCode, KubeError } from '../errors.ts';
import { ignoredProxyVariable } from '../proxy/environment.ts';
import { proxyRefusal } from '../proxy/tunnel.ts';
import { UnknownEncoding } from './body.ts';
import { connectionError } from './connection-error.ts';
import { proxyError } from './proxy-error.ts';
import { ConnectionsRenewed } from './repetition.ts';
import type { Server } from './server.ts';
import { statusError } from './status-error.ts';

export interface FailuresOptions {
	target: ClusterTarget;
	server: Server;
	credentials: CredentialSource;
	environment: NodeJS.ProcessEnv;
	/** The user has credentials that an unencrypted connection does not carry. */
	keptBack: boolean;
}

/** What one client has to say of whatever goes wrong with a request, at each of its stages. */
export class Failures {
	readonly #options: FailuresOptions;

	constructor(options: FailuresOptions) {
		this.#options = options;
	}

	/** Before there was an answer. */
	async connection(error: Error): Promise<KubeError> {
		if (error instanceof ConnectionsRenewed) {
			return this.body(error, 0);
		}
		const { target, server, credentials, environment } = this.#options;
		return connectionError(error, {
			server,
			connection: target,
			facts: credentials.facts(),
			cluster: target.cluster,
			ignoredVariable: ignoredProxyVariable(environment),
		});
	}

	/** An answer that is not a success. */
	answer(
		response: IncomingMessage,
		body: string,
		asked: { path: string; authorization: string; serverTime: number },
	): KubeError {
		const { target, server, credentials, keptBack } = this.#options;
		if (response.statusCode === 407 && server.proxy) {
			return proxyError(proxyRefusal(server.proxy, response), server, target.cluster);
		}
		return statusError({
			status: response.statusCode ?? 0,
			headers: response.headers,
			body,
			path: asked.path.replace(/\?.*$/, ''),
			serverTime: asked.serverTime,
			connection: target,
			secrets: [asked.authorization, asked.authorization.replace(/^\w+ /, '')],
			facts: credentials.facts(),
			assumedPlain: server.assumedPlain,
			keptBack,
		});
	}

	/** In the middle of an answer. */
	body(error: unknown, status: number): KubeError {
		const { target } = this.#options;
		if (error instanceof ConnectionsRenewed) {
			return new KubeError('unreachable', error.message, { id: 'connections-renewed', retriable: true, status });
		}
		if (error instanceof KubeError) {
			return error;
		}
		if (error instanceof UnknownEncoding) {
			return new KubeError('protocol', text.encodingUnknown(target, error.encoding), { id: 'answer-damaged', status });
		}
		const code = errorCode(error);
		// Z_BUF_ERROR is gzip that ends too early: that is a connection that broke.
		return code.startsWith('Z_') && code !== 'Z_BUF_ERROR'
			? new KubeError('protocol', text.bodyDamaged(target), { id: 'answer-damaged', code, retriable: true, status })
			: new KubeError('unreachable', text.bodyCutOff(target), { id: 'api-reset', code, retriable: true, status });
	}

	/** An answer that came whole and should have been JSON. */
	notJson(path: string, contentType: string, body: Buffer): KubeError {
		const { target } = this.#options;
		if (body.length === 0) {
			return new KubeError('protocol', text.emptyAnswer(target, path), { id: 'answer-damaged', retriable: true });
		}
		return /\bjson\b/i.test(contentType) && /^\s*[{[]/.test(body.toString('latin1', 0, 64))
			? new KubeError('protocol', text.jsonDamaged(target, path, body.length), {
					id: 'answer-damaged',
					retriable: true,
				})
			: new KubeError('protocol', text.notJson(target, path, contentType), { id: 'server-is-web-page' });
	}

	/** Nothing came for so long, in the middle of an answer. */
	stalled(after: number, status: number): KubeError {
		const message = text.bodyStalled(this.#options.target, after);
		return new KubeError('timeout', message, { id: 'api-timeout', retriable: true, status });
	}
}
