/**
 * Follows one resource: a paged list, then a watch from where the list ended, for ever. A watch that ends is resumed; one
 * whose past is gone (410) starts with a new list; a server that allows lists but no watches is listed again and again.
 */
import type { KubeClient } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { type PageReader, streamPages } from '../../kube/list.ts';
import { watchFrames } from '../../kube/watch.ts';
import type { WatchEventMeta } from '../../model/records.ts';
import { acceptList, acceptWatch } from '../../sources/accept.ts';
import { Outstanding } from './outstanding.ts';
import { Waker } from './waker.ts';

/** How bytes become records, and where the records go. */
export interface Followed<Record> {
	path: string;
	query: Readonly<Partial<globalThis.Record<string, string>>>;
	openList(contentType: string, visit: (record: Record) => void): PageReader;
	decodeEvent(frame: Buffer, contentType: string, visit: (record: Record) => void): WatchEventMeta;
	/** A new list begins: what it does not name is to be swept when it ends. */
	listStarts(): void;
	/** A page has been read; `remaining` more items will come (NaN if not known). */
	pageEnds(remaining: number): void;
	listEnds(): void;
	put(record: Record): void;
	remove(record: Record): void;
	/** Waited for before each page but the first. */
	beforeNext(): Promise<void>;
}

export type FollowPhase = 'listing' | 'watching' | 'waiting';

export interface FollowState {
	phase: FollowPhase;
	/** A list was read to its end at least once. */
	loaded: boolean;
	/** What went wrong last, null since it went well again. */
	error: KubeError | null;
	/** The server refuses watches: the list is asked again every minute instead. */
	watchRefused: boolean;
}

/** A first page is there soon; a large one costs the server less than many small ones. */
const largestPageSize = 5000;
const shortestWait = 500;
const longestWait = 30_000;
/** A refusal is not taken back within seconds, but it is taken back: a role may be granted while the monitor runs. */
const refusedWait = 60_000;

export class Follower<Record> {
	readonly state: FollowState = { phase: 'listing', loaded: false, error: null, watchRefused: false };
	readonly #client: KubeClient;
	readonly #followed: Followed<Record>;
	readonly #changed: () => void;
	readonly #abort = new AbortController();
	readonly #waker = new Waker();
	/** The list that is being waited for. */
	readonly outstanding: Outstanding;
	#failures = 0;
	#resourceVersion = '';

	/** @param changed Called after each change of `state` and each batch of records. */
	constructor(client: KubeClient, followed: Followed<Record>, changed: () => void) {
		this.#client = client;
		this.#followed = followed;
		this.#changed = changed;
		this.outstanding = new Outstanding(changed);
	}

	/** Runs until `stop`. Never throws: what goes wrong is in `state`. */
	async run(): Promise<void> {
		while (!this.#abort.signal.aborted) {
			try {
				if (this.#resourceVersion === '') {
					await this.#list();
				}
				await this.#watch();
			} catch (error) {
				if (this.#abort.signal.aborted) {
					return;
				}
				await this.#failed(error instanceof KubeError ? error : unexpected(error));
			}
		}
	}

	/** Tries again at once if it is waiting. */
	wake(): void {
		if (this.state.phase === 'waiting') {
			this.#waker.wake();
		}
	}

	stop(): void {
		this.#abort.abort();
	}

	async #list(): Promise<void> {
		this.#to('listing');
		const followed = this.#followed;
		followed.listStarts();
		const options = {
			largestPageSize,
			query: followed.query,
			accept: acceptList,
			signal: this.#abort.signal,
			onRestart: () => followed.listStarts(),
			beforeNext: () => followed.beforeNext(),
		};
		const meta = await this.outstanding.during(() =>
			streamPages(this.#client, followed.path, options, (contentType) => this.#openPage(contentType)),
		);
		followed.listEnds();
		this.#resourceVersion = meta.resourceVersion;
		this.state.loaded = true;
		this.#wentWell();
	}

	#openPage(contentType: string): PageReader {
		const followed = this.#followed;
		const page = followed.openList(contentType, (record) => followed.put(record));
		const goesOn = () => {
			this.outstanding.goesOn();
			this.#changed();
		};
		return {
			get meta() {
				return page.meta;
			},
			push(chunk) {
				page.push(chunk);
				goesOn();
			},
			end() {
				const meta = page.end();
				followed.pageEnds(meta.remainingItemCount);
				goesOn();
				return meta;
			},
		};
	}

	async #watch(): Promise<void> {
		this.#to('watching');
		const ended = new AbortController();
		let failure: KubeError | null = null;
		const started = Date.now();
		const signal = AbortSignal.any([this.#abort.signal, ended.signal]);
		try {
			await watchFrames(
				this.#client,
				this.#followed.path,
				{
					resourceVersion: this.#resourceVersion,
					query: this.#followed.query,
					accept: acceptWatch,
					signal,
					onOpen: () => {
						// A quiet resource may send nothing for a minute: that the server watches is news enough.
						this.state.watchRefused = false;
						this.#wentWell();
					},
				},
				(frame, contentType) => {
					failure ??= this.#event(frame, contentType);
					if (failure !== null) {
						ended.abort();
					}
				},
			);
		} catch (error) {
			if (failure === null) {
				throw error;
			}
		}
		if (failure !== null) {
			throw failure;
		}
		if (Date.now() - started < shortestWait) {
			// A server (or a proxy before it) that ends watches at once must not be asked in a tight loop.
			await this.#waker.sleep(shortestWait, this.#abort.signal);
		}
	}

	/** @returns The error that the server sent as an event, null if all is well. */
	#event(frame: Buffer, contentType: string): KubeError | null {
		const records: Record[] = [];
		const event = this.#followed.decodeEvent(frame, contentType, (record) => records.push(record));
		if (event.type === 'ERROR') {
			return new KubeError('status', event.message, { status: event.code });
		}
		if (event.resourceVersion !== '') {
			this.#resourceVersion = event.resourceVersion;
		}
		for (const record of records) {
			if (event.type === 'DELETED') {
				this.#followed.remove(record);
			} else {
				this.#followed.put(record);
			}
		}
		this.#wentWell();
		return null;
	}

	async #failed(error: KubeError): Promise<void> {
		if (error.status === 410) {
			this.#resourceVersion = '';
			return;
		}
		if (this.#resourceVersion !== '' && (error.status === 403 || error.status === 405)) {
			this.#resourceVersion = '';
			this.state.watchRefused = true;
			this.#to('waiting');
			await this.#waker.sleep(refusedWait, this.#abort.signal);
			return;
		}
		this.state.error = error;
		this.#to('waiting');
		const refused = error.status === 401 || error.status === 403 || error.status === 404;
		const backoff = Math.min(longestWait, shortestWait * 2 ** this.#failures);
		this.#failures = Math.min(10, this.#failures + 1);
		const wait = refused ? refusedWait : Math.max(backoff, Number.isNaN(error.retryAfter) ? 0 : error.retryAfter);
		await this.#waker.sleep(wait * (0.75 + Math.random() / 2), this.#abort.signal);
	}

	#wentWell(): void {
		this.#failures = 0;
		this.state.error = null;
		this.#changed();
	}

	#to(phase: FollowPhase): void {
		if (this.state.phase !== phase) {
			this.state.phase = phase;
			this.#changed();
		}
	}
}

function unexpected(error: unknown): KubeError {
	return new KubeError('protocol', error instanceof Error ? error.message : String(error));
}
