/** A client whose answers the test scripts: each request takes the next answer of its path. */
import type { KubeClient, RequestOptions } from '../../../source/kube/client.ts';
import { KubeError } from '../../../source/kube/errors.ts';

export type Answer =
	| { json: unknown }
	/** A watch: these events, then the end; `open` keeps it open until it is aborted. */
	| { events: readonly unknown[]; open?: boolean }
	| { error: KubeError };

export interface Asked {
	path: string;
	query: Record<string, string | undefined>;
}

export function refusal(status: number, message = `status ${status}`): Answer {
	return { error: new KubeError('status', message, { status }) };
}

export const unreachable: Answer = { error: new KubeError('unreachable', 'connection refused', { retriable: true }) };

export class FakeClient implements KubeClient {
	readonly asked: Asked[] = [];
	readonly target = {
		context: 'test',
		cluster: 'test',
		user: 'test',
		server: 'https://api.example',
		namespace: 'web',
		namespaceGiven: false,
		insecure: '' as const,
		origin: 'test',
	};
	readonly cost = { requests: 0, bytesReceived: 0, requestsPerSecond: () => 0, requestsNow: () => 0 };
	readonly #answer: (asked: Asked, count: number) => Answer;
	now = 1_000_000;

	/** @param answer What to say to a request; `count` = how often this path was asked before (watches apart). */
	constructor(answer: (asked: Asked, count: number) => Answer) {
		this.#answer = answer;
	}

	async authenticate() {}

	async open(path: string, options: RequestOptions = {}) {
		options.signal?.throwIfAborted();
		const query = options.query ?? {};
		const isWatch = query['watch'] !== undefined;
		const count = this.asked.filter(
			(one) => one.path === path && (one.query['watch'] !== undefined) === isWatch,
		).length;
		const asked = { path, query };
		this.asked.push(asked);
		const answer = this.#answer(asked, count);
		if ('error' in answer) {
			throw answer.error;
		}
		return { status: 200, headers: {}, contentType: 'application/json', body: bodyOf(answer, options.signal) };
	}

	async read(path: string, options?: RequestOptions) {
		const { body, contentType, headers } = await this.open(path, options);
		const chunks: Buffer[] = [];
		for await (const chunk of body) {
			chunks.push(chunk);
		}
		return { body: Buffer.concat(chunks), contentType, headers };
	}

	async readJson<T>(path: string, options?: RequestOptions): Promise<T> {
		return JSON.parse((await this.read(path, options)).body.toString()) as T;
	}

	async openSocket(): Promise<never> {
		throw new KubeError('status', 'it has no sockets', { status: 404 });
	}

	roundTrip(): number {
		return 0;
	}

	serverTime(): number {
		return this.now;
	}

	close(): void {}
}

async function* bodyOf(answer: Exclude<Answer, { error: KubeError }>, signal?: AbortSignal): AsyncGenerator<Buffer> {
	if ('json' in answer) {
		yield Buffer.from(JSON.stringify(answer.json));
		return;
	}
	for (const event of answer.events) {
		yield Buffer.from(`${JSON.stringify(event)}\n`);
	}
	if (answer.open === true) {
		await new Promise((_, reject) => {
			signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
		});
	}
}

/** Waits for a condition without a fixed time. */
export async function until(condition: () => boolean, what: string): Promise<void> {
	const deadline = Date.now() + 60_000;
	while (!condition()) {
		if (Date.now() > deadline) {
			throw new Error(`waited in vain for ${what}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
