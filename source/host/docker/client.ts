/** The Docker Engine's API, read only: answers as they came, for `sources/docker` to read. */
import type { IncomingMessage } from 'node:http';
import { dockerAnswer } from '../../messages/en/docker.ts';
import type { DockerEndpoint } from './endpoint.ts';
import { DockerError } from './errors.ts';
import { lines } from './lines.ts';
import { body, get, pieces, statusError, type Wait } from './request.ts';

/** The newest version of the API that this was written against; an older engine is spoken to in its own. */
const newestKnown = '1.51';
/** Since this one an engine gives a single sample at once (`one-shot`). */
const withOneShot = '1.41';
/** An engine reads every container's numbers once a second; one that is busy takes longer. */
const streamLimit = 15_000;
const usualLimit = 5000;
/** Logging in takes its time, the more so over a jump or two. */
const overSsh = 15_000;

export interface DockerClientOptions {
	/** ms without a byte until an answer is given up; 5000, over ssh 15000. A stream of stats waits three times as long. */
	timeLimit?: number;
}

export interface Asked {
	signal?: AbortSignal;
}

export class DockerClient {
	readonly endpoint: DockerEndpoint;
	readonly #limit: number;
	#version: Promise<string> | null = null;

	constructor(endpoint: DockerEndpoint, { timeLimit }: DockerClientOptions = {}) {
		this.endpoint = endpoint;
		this.#limit = timeLimit ?? (endpoint.kind === 'ssh' ? overSsh : usualLimit);
	}

	/** `GET /version`: engine, API, kernel. */
	async version(asked: Asked = {}): Promise<Buffer> {
		return await this.#read('/version', '', asked);
	}

	/** `GET /containers/json`: those that run; `all` gives the others too. */
	async containers({ all = false, ...asked }: Asked & { all?: boolean } = {}): Promise<Buffer> {
		return await this.#readVersioned(`/containers/json${all ? '?all=true' : ''}`, '', asked);
	}

	/** `GET /containers/ID/json`. @throws DockerError `not-found` */
	async inspect(container: string, asked: Asked = {}): Promise<Buffer> {
		return await this.#readVersioned(`/containers/${encodeURIComponent(container)}/json`, container, asked);
	}

	/**
	 * One frame of stats. From API 1.41 on at once and without an earlier sample, so that its CPU counters tell nothing
	 * yet; before, after about two seconds and with one.
	 */
	async statsOnce(container: string, asked: Asked = {}): Promise<Buffer> {
		const oneShot = isOlder(await this.#apiVersion(asked), withOneShot) ? '' : '&one-shot=true';
		const path = `/containers/${encodeURIComponent(container)}/stats?stream=false${oneShot}`;
		return await this.#readVersioned(path, container, asked);
	}

	/**
	 * A frame of stats a second, until the container ends or the reader stops. The first has no earlier sample. Of a
	 * container that does not run the engine sends frames without a time.
	 */
	async *stats(container: string, { signal }: Asked = {}): AsyncGenerator<Buffer, void, undefined> {
		const version = await this.#apiVersion(signal === undefined ? {} : { signal });
		const path = `/v${version}/containers/${encodeURIComponent(container)}/stats?stream=true`;
		const wait: Wait = { limit: Math.min(this.#limit * 3, streamLimit), signal };
		const response = await this.#get(path, container, wait);
		yield* lines(pieces(response, this.endpoint, wait), this.endpoint);
	}

	async #readVersioned(path: string, container: string, asked: Asked): Promise<Buffer> {
		return await this.#read(`/v${await this.#apiVersion(asked)}${path}`, container, asked);
	}

	async #read(path: string, container: string, { signal }: Asked): Promise<Buffer> {
		const wait: Wait = { limit: this.#limit, signal };
		return await body(await this.#get(path, container, wait), this.endpoint, wait);
	}

	async #get(path: string, container: string, wait: Wait): Promise<IncomingMessage> {
		const response = await get(this.endpoint, path, wait);
		if (response.statusCode !== 200) {
			throw await statusError(response, this.endpoint, container, wait);
		}
		return response;
	}

	/** Asked once, for all; after a failure, or if who asked gave up, asked again. */
	async #apiVersion(asked: Asked): Promise<string> {
		while (true) {
			const own = this.#version === null;
			const version = this.#version ?? this.#negotiate(asked);
			this.#version = version;
			try {
				return await version;
			} catch (error) {
				if (this.#version === version) {
					this.#version = null;
				}
				if (own || error instanceof DockerError || asked.signal?.aborted) {
					throw error;
				}
			}
		}
	}

	async #negotiate(asked: Asked): Promise<string> {
		let engine = '';
		let oldest = '';
		try {
			const answer = JSON.parse((await this.version(asked)).toString()) as Record<string, unknown> | null;
			engine = versionText(answer?.['ApiVersion']);
			oldest = versionText(answer?.['MinAPIVersion']);
		} catch (error) {
			// A proxy before the socket may keep /version to itself.
			if (!(error instanceof DockerError && error.kind === 'status') && !(error instanceof SyntaxError)) {
				throw error;
			}
		}
		if (engine === '') {
			const wait: Wait = { limit: this.#limit, signal: asked.signal };
			const response = await this.#get('/_ping', '', wait);
			await body(response, this.endpoint, wait);
			engine = versionText(response.headers['api-version']);
		}
		if (engine === '') {
			throw new DockerError('protocol', dockerAnswer.notDocker(this.endpoint.address));
		}
		const chosen = isOlder(newestKnown, engine) ? newestKnown : engine;
		return oldest !== '' && isOlder(chosen, oldest) ? oldest : chosen;
	}
}

function versionText(value: unknown): string {
	return typeof value === 'string' && /^\d+\.\d+$/.test(value) ? value : '';
}

function isOlder(version: string, than: string): boolean {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [thanMajor = 0, thanMinor = 0] = than.split('.').map(Number);
	return major === thanMajor ? minor < thanMinor : major < thanMajor;
}
