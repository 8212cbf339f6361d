/** What the Docker Engine of this machine knows of its containers, asked beside the polls: nothing ever waits for it. */
import type { DockerClient } from '../../host/docker/client.ts';
import { DockerError, type DockerErrorKind } from '../../host/docker/errors.ts';
import {
	type DockerContainer,
	type DockerContainerState,
	readDockerContainers,
	readDockerState,
	readDockerVersion,
} from '../../sources/docker-containers.ts';

export type EngineContainer = DockerContainer & Partial<Pick<DockerContainerState, 'restarts' | 'started'>>;

/** Between two lists, ms. The cgroups tell of containers that come and go; the engine only names them. */
const usualPause = 5_000;
/** After a failure: one that hangs is not asked again and again. */
const longestPause = 60_000;
/** Restarts are counted by the engine alone, a question for each container. */
const inspectAgainAfter = 60_000;
const inspectionsAtOnce = 8;
const inspectionsEachTime = 64;

export class Engine {
	containers: ReadonlyMap<string, EngineContainer> = new Map();
	/** `20.10.24`, '' until it answered. */
	version = '';
	/** Why the newest question failed, '' if it did not. */
	failure: DockerErrorKind | '' = '';
	error: Error | null = null;
	/** When the newest answer came, ms since 1970; NaN before the first. */
	answeredAt = Number.NaN;
	readonly #client: DockerClient;
	readonly #changed: () => void;
	readonly #abort = new AbortController();
	readonly #inspected = new Map<string, { at: number; restarts: number; started: number }>();
	#asking: Promise<void> | null = null;
	#pause = usualPause;
	#due = 0;

	/** @param changed Called when containers have other names than before. */
	constructor(client: DockerClient, changed: () => void) {
		this.#client = client;
		this.#changed = changed;
	}

	/** Asks if it is time to. @returns When the answer is there, or will not come; never rejects. */
	ask(now = performance.now()): Promise<void> {
		if (this.#asking === null && now >= this.#due && !this.#abort.signal.aborted) {
			this.#asking = this.#askOnce().finally(() => {
				this.#asking = null;
				this.#due = performance.now() + this.#pause;
			});
		}
		return this.#asking ?? Promise.resolve();
	}

	/** A container has come that has no name yet: the next question is due, unless the engine is in trouble. */
	hurry(): void {
		if (this.failure === '') {
			this.#due = Math.min(this.#due, performance.now() + 1_000);
		}
	}

	stop(): void {
		this.#abort.abort();
	}

	async #askOnce(): Promise<void> {
		const { signal } = this.#abort;
		try {
			if (this.version === '') {
				this.version = readDockerVersion(await this.#client.version({ signal })).version;
			}
			const listed = readDockerContainers(await this.#client.containers({ signal }));
			this.#settle(listed);
			await this.#inspect(listed.map(({ id }) => id));
			this.#settle(listed);
		} catch (error) {
			if (!signal.aborted) {
				this.error = error instanceof Error ? error : new Error(String(error));
				this.failure = error instanceof DockerError ? error.kind : 'protocol';
				this.#pause = Math.min(longestPause, this.#pause * 2);
				this.#changed();
			}
		}
	}

	#settle(listed: readonly DockerContainer[]): void {
		this.containers = new Map(listed.map((one) => [one.id, { ...one, ...this.#inspected.get(one.id) }]));
		this.failure = '';
		this.error = null;
		this.answeredAt = Date.now();
		this.#pause = usualPause;
		this.#changed();
	}

	async #inspect(ids: readonly string[]): Promise<void> {
		for (const id of this.#inspected.keys()) {
			if (!this.containers.has(id)) {
				this.#inspected.delete(id);
			}
		}
		const old = performance.now() - inspectAgainAfter;
		const due = ids.filter((id) => !((this.#inspected.get(id)?.at ?? Number.NEGATIVE_INFINITY) > old));
		const waiting = due.slice(0, inspectionsEachTime).values();
		const work = async (): Promise<void> => {
			for (const id of waiting) {
				try {
					const { restarts, started } = readDockerState(await this.#client.inspect(id, { signal: this.#abort.signal }));
					this.#inspected.set(id, { at: performance.now(), restarts, started });
				} catch (error) {
					if (!(error instanceof DockerError && error.kind === 'not-found')) {
						throw error;
					}
				}
			}
		};
		await Promise.all(Array.from({ length: inspectionsAtOnce }, work));
	}
}
