/** A program started in a container through the API server's exec endpoint, over a websocket (no SPDY). */
import { notWhole } from '../../messages/en/exec.ts';
import { clean } from '../../model/clean.ts';
import type { KubeClient, KubeSocket } from '../client.ts';
import { KubeError } from '../errors.ts';
import { channels, type ExecStatus, protocols, readStatus } from './channels.ts';

export interface ExecTarget {
	namespace: string;
	pod: string;
	container: string;
}

export interface ExecOptions {
	/** The program and its arguments; no shell reads them. */
	command: readonly string[];
	/** Keep its standard input open, for {@link ExecSession.write}. */
	stdin?: boolean;
	/** Ends the session; then the signal's reason is thrown. */
	signal?: AbortSignal;
	/** Bytes of output after which the session is ended; 8 MiB by default. */
	limit?: number;
}

const usualLimit = 8 * 2 ** 20;
/** Of what a program says on standard error, more is seldom read. */
const longestStderr = 64 * 1024;

/**
 * Starts a program. That it could not be started is told by {@link ExecSession.status}, for it is the runtime that says so.
 *
 * @throws KubeError if the server refuses, or does not switch to a websocket
 */
export async function startExec(client: KubeClient, target: ExecTarget, options: ExecOptions): Promise<ExecSession> {
	const { namespace, pod, container } = target;
	const socket = await client.openSocket(
		`/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/exec`,
		{
			protocols,
			query: {
				container,
				stdout: 'true',
				stderr: 'true',
				stdin: options.stdin === true ? 'true' : undefined,
				command: options.command,
			},
			...(options.signal === undefined ? {} : { signal: options.signal }),
		},
	);
	return new ExecSession(socket, options.limit ?? usualLimit);
}

export class ExecSession {
	readonly #socket: KubeSocket;
	readonly #limit: number;
	#stderr = '';
	#status = '';

	constructor(socket: KubeSocket, limit: number) {
		this.#socket = socket;
		this.#limit = limit;
	}

	/** What it said on standard error, line by line, made safe to show. */
	get stderr(): readonly string[] {
		return this.#stderr
			.split('\n')
			.map((line) => clean(line).trim())
			.filter((line) => line !== '');
	}

	/** How it ended, once its output has ended. Nothing but a broken connection leaves it without one. */
	get status(): ExecStatus {
		return this.#status === '' ? { exitCode: Number.NaN, message: notWhole } : readStatus(this.#status);
	}

	write(text: string): void {
		this.#socket.send(Buffer.concat([Buffer.of(channels.stdin), Buffer.from(text)]));
	}

	/**
	 * Its standard output, piece by piece, until it ends. Whoever stops early ends the connection: a program that reads its
	 * standard input then sees the end of it.
	 *
	 * @throws KubeError if the connection breaks or there is too much of it
	 */
	async *output(): AsyncGenerator<Buffer, void, undefined> {
		let length = 0;
		for await (const message of this.#socket.messages) {
			const data = message.subarray(1);
			switch (message[0]) {
				case channels.stdout:
					length += data.length;
					if (length > this.#limit) {
						throw new KubeError('protocol', notWhole, { id: 'exec-output-too-large' });
					}
					yield data;
					break;
				case channels.stderr:
					this.#stderr += data.subarray(0, Math.max(0, longestStderr - this.#stderr.length)).toString();
					break;
				case channels.status:
					this.#status += data.toString();
					break;
				default:
			}
		}
	}

	close(): void {
		this.#socket.close();
	}
}
