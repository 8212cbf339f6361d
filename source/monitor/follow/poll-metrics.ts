/**
 * Polls metrics.k8s.io: the nodes first, which is small; the pods only if a node's timestamp has moved since, or if the
 * nodes cannot tell. The first time both at once, for then there is nothing on screen yet. Never two polls at a time.
 */
import type { MetricsAnswer } from '../../diagnose/causes/no-sample.ts';
import type { KubeClient, KubeResponse } from '../../kube/client.ts';
import { findMetricsVersion, type MetricsVersion } from '../../kube/discovery.ts';
import { KubeError } from '../../kube/errors.ts';
import { Turns } from '../../kube/turns.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import { acceptList } from '../../sources/accept.ts';
import { decodeNodeMetricsList } from '../../sources/node-metrics.ts';
import { openPodMetricsList } from '../../sources/pod-metrics.ts';
import { type AsOf, asOfNothing } from '../usage.ts';
import { Outstanding } from './outstanding.ts';
import type { Precedence } from './precedence.ts';
import { Waker } from './waker.ts';

/** What became of the newest question to one of the two metrics lists. */
export interface PollState {
	answer: MetricsAnswer;
	/** The newest and the longest of the answer's timestamps and windows, ms; NaN while there is none. */
	newest: number;
	window: number;
	items: number;
	/** What the newest answer can know of. */
	asOf: AsOf;
	error: KubeError | null;
}

export interface PollScope {
	/** null for all namespaces. */
	namespace: string | null;
	labelSelector: string;
}

export interface PollOptions {
	client: KubeClient;
	fleet: Fleet;
	/** Interval in ms. */
	refresh: number;
	scope: () => PollScope;
	/** Samples of which pods can be joined now: also of those that no list has named yet, only of listed ones, or none. */
	joinable: () => 'all' | 'listed' | 'none';
	/** Resolves when the pods (the nodes) are known, or cannot be: samples can be joined only then. */
	podsKnown: () => Promise<unknown>;
	nodesKnown: () => Promise<unknown>;
	changed: () => void;
	/** The first samples of pods go before all that has time. */
	ranking: Precedence;
}

/** What every metrics-server serves so far: asked for while the group is still asked for its versions. */
const likelyVersion: MetricsVersion = 'v1beta1';

/** The first pods, asked for before it is known whether the group has that version: a round trip earlier. */
interface Guess {
	scope: PollScope;
	/** When it was asked by the server's clock, as soon as that is known. */
	since: () => number;
	answer: Promise<KubeResponse>;
	/** It was wrong, or the group does not answer. */
	drop(): void;
}

export class MetricsPoller {
	readonly nodes: PollState = emptyState();
	readonly pods: PollState = emptyState();
	/** `v1` or `v1beta1`, '' while unknown. */
	version = '';
	/** Polls so far, also those that failed. */
	polls = 0;
	/** How long decoding the newest answer of the pods, and joining it, took: ms. */
	decoding = Number.NaN;
	/** ms between the beginnings of two polls now: longer than was asked for where the answers take longer. */
	interval: number;
	/** The poll that is being waited for. */
	readonly outstanding: Outstanding;
	readonly #options: PollOptions;
	readonly #abort = new AbortController();
	readonly #waker = new Waker();
	#poll = 0;
	/** What the timestamps were last time: if none moved, the numbers are the same and no point of the history. */
	#nodesSeen = '';
	#podsSeen = '';
	#podsDue = true;

	constructor(options: PollOptions) {
		this.#options = options;
		this.interval = options.refresh;
		this.outstanding = new Outstanding(options.changed);
	}

	async run(): Promise<void> {
		const { signal } = this.#abort;
		while (!signal.aborted) {
			const started = Date.now();
			await this.outstanding.during(() => this.#pollOnce());
			this.polls++;
			if (signal.aborted) {
				return;
			}
			const took = Date.now() - started;
			this.interval = nextInterval(this.interval, took, this.#options.refresh);
			this.#options.changed();
			await this.#waker.sleep(Math.max(1_000, this.interval - took), signal);
		}
	}

	/** Polls now, the pods as well whatever the nodes say. */
	wake(): void {
		this.#podsDue = true;
		this.#waker.wake();
	}

	/** Other pods are followed from now on: nothing was asked about them yet. */
	followOthers(): void {
		this.pods.asOf = asOfNothing;
		this.wake();
	}

	stop(): void {
		this.#abort.abort();
	}

	async #pollOnce(): Promise<void> {
		const guess = this.version === '' && this.polls === 0 ? this.#guess() : null;
		try {
			if (this.version === '') {
				const version = await findMetricsVersion(this.#options.client, this.#abort.signal);
				if (version !== likelyVersion) {
					guess?.drop();
				}
				if (version === null) {
					failed(this.nodes, 'api-group-absent', null);
					failed(this.pods, 'api-group-absent', null);
					return;
				}
				this.version = version;
			}
		} catch (error) {
			guess?.drop();
			const problem = asKubeError(error);
			failed(this.nodes, answerOf(problem), problem);
			failed(this.pods, answerOf(problem), problem);
			return;
		}
		if (this.polls === 0) {
			await Promise.all([this.#pollNodes(), this.#pollPods(this.version === likelyVersion ? guess : null)]);
			this.#podsDue = this.pods.answer !== 'answering';
			return;
		}
		await this.#pollNodes();
		if (this.#podsDue || this.nodes.answer !== 'answering') {
			await this.#pollPods();
		}
	}

	async #pollNodes(): Promise<void> {
		const { client, fleet, nodesKnown } = this.#options;
		const since = this.#timed();
		try {
			const answer = await client.read(`/apis/metrics.k8s.io/${this.version}/nodes`, {
				accept: acceptList,
				signal: this.#abort.signal,
			});
			const time = since();
			await nodesKnown();
			const asOf = { time, rows: fleet.nodes.slots.version };
			const poll = ++this.#poll;
			const seen = new Timestamps();
			decodeNodeMetricsList(answer.body, answer.contentType, (record) => {
				seen.add(record.timestamp, record.window);
				fleet.sampleNode(record, poll);
			});
			if (seen.fingerprint() === this.#nodesSeen) {
				fleet.nodePoll = poll;
				if (this.pods.answer === 'answering' && !this.#podsDue) {
					// Nor would another answer about the pods differ from the newest.
					this.pods.asOf = { time, rows: fleet.pods.slots.version };
				}
			} else {
				this.#podsDue = true;
				fleet.endNodePoll(poll, seen.items > 0 ? seen.newest : client.serverTime());
			}
			this.#nodesSeen = seen.fingerprint();
			seen.writeTo(this.nodes, asOf);
		} catch (error) {
			this.#failed(this.nodes, error);
		}
	}

	#guess(): Guess {
		const scope = this.#options.scope();
		const wrong = new AbortController();
		const since = this.#timed();
		const answer = this.#askPods(likelyVersion, scope, AbortSignal.any([this.#abort.signal, wrong.signal]));
		// It may fail while nobody waits for it yet.
		answer.catch(() => {});
		return { scope, since, answer, drop: () => wrong.abort() };
	}

	#askPods(version: string, scope: PollScope, signal: AbortSignal): Promise<KubeResponse> {
		const place = scope.namespace === null ? '' : `namespaces/${encodeURIComponent(scope.namespace)}/`;
		return this.#options.client.open(`/apis/metrics.k8s.io/${version}/${place}pods`, {
			accept: acceptList,
			query: { labelSelector: scope.labelSelector || undefined },
			signal,
		});
	}

	async #pollPods(guess: Guess | null = null): Promise<void> {
		const { client, fleet, joinable } = this.#options;
		const scope = guess?.scope ?? this.#options.scope();
		const since = guess?.since ?? this.#timed();
		try {
			const answer = await (guess?.answer ?? this.#askPods(this.version, scope, this.#abort.signal));
			const time = since();
			const body = joinable() === 'none' ? await this.#onceKnown(answer.body) : answer.body;
			const asOf = { time, rows: fleet.pods.slots.version };
			const poll = ++this.#poll;
			const seen = new Timestamps();
			const list = openPodMetricsList(answer.contentType, (record) => {
				seen.add(record.timestamp, record.window);
				fleet.samplePod(record, poll, joinable() === 'all');
			});
			const turns = new Turns();
			let decoding = 0;
			for await (const chunk of this.#firstOf(body)) {
				if (!this.#isStill(scope)) {
					return;
				}
				const begun = performance.now();
				list.push(chunk);
				decoding += performance.now() - begun;
				this.#options.changed();
				await turns.next();
			}
			if (!this.#isStill(scope)) {
				return;
			}
			list.end();
			this.decoding = decoding;
			if (joinable() === 'all') {
				fleet.pods.forgetUnlisted(poll);
			}
			this.#podsDue = false;
			if (seen.fingerprint() === this.#podsSeen) {
				fleet.keepPodPoll(poll);
			} else {
				fleet.endPodPoll(poll, seen.items > 0 ? seen.newest : client.serverTime());
			}
			this.#podsSeen = seen.fingerprint();
			seen.writeTo(this.pods, asOf);
		} catch (error) {
			this.#failed(this.pods, error);
		}
	}

	/**
	 * Tells, once something was answered, what the server's clock said now: of a server that has not been heard yet it is
	 * not known now. Rather too early than too late.
	 */
	#timed(): () => number {
		const { client } = this.#options;
		const begun = performance.now();
		const before = client.serverTime();
		return () => Math.min(before, client.serverTime() - (performance.now() - begun));
	}

	/** The whole answer, as soon as its samples can be joined. */
	async #onceKnown(body: AsyncIterable<Buffer>): Promise<Buffer[]> {
		const chunks: Buffer[] = [];
		for await (const chunk of body) {
			chunks.push(chunk);
		}
		await this.#options.podsKnown();
		return chunks;
	}

	/** What comes of the first poll goes before what else is asked for. */
	async *#firstOf(body: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
		const { ranking } = this.#options;
		if (this.polls > 0) {
			yield* body;
			return;
		}
		ranking.begin();
		try {
			for await (const chunk of body) {
				ranking.sign();
				yield chunk;
			}
		} finally {
			ranking.end();
		}
	}

	/** The pods that are followed are those that were asked for. */
	#isStill(scope: PollScope): boolean {
		const now = this.#options.scope();
		return now.namespace === scope.namespace && now.labelSelector === scope.labelSelector;
	}

	#failed(state: PollState, error: unknown): void {
		if (this.#abort.signal.aborted) {
			return;
		}
		const problem = asKubeError(error);
		failed(state, answerOf(problem), problem);
		if (problem.status === 404) {
			// The group may have gone, or come back in another version: look again, and never remember a "no" for longer.
			this.version = '';
		}
	}
}

/**
 * A poll that took longer than its interval doubles it, so that a server which is slow already is asked less; once polls
 * take a quarter of it, it is halved again, down to what was asked for.
 */
export function nextInterval(interval: number, took: number, wanted: number): number {
	if (took > interval) {
		return interval * 2;
	}
	return took * 4 < interval ? Math.max(wanted, interval / 2) : interval;
}

class Timestamps {
	items = 0;
	newest = 0;
	window = 0;
	#sum = 0;

	add(timestamp: number, window: number): void {
		this.items++;
		this.#sum += timestamp % 1_000_003;
		this.newest = Math.max(this.newest, timestamp);
		this.window = Math.max(this.window, window);
	}

	/** Equal for answers whose timestamps are all equal. */
	fingerprint(): string {
		return `${this.items} ${this.newest} ${this.#sum}`;
	}

	writeTo(state: PollState, asOf: AsOf): void {
		state.asOf = asOf;
		state.answer = this.items === 0 ? 'metrics-empty' : 'answering';
		state.items = this.items;
		state.error = null;
		if (this.items > 0) {
			state.newest = this.newest;
			state.window = this.window;
		}
	}
}

function emptyState(): PollState {
	return {
		answer: 'not-asked-yet',
		newest: Number.NaN,
		window: Number.NaN,
		items: 0,
		asOf: asOfNothing,
		error: null,
	};
}

function failed(state: PollState, answer: MetricsAnswer, error: KubeError | null): void {
	state.answer = answer;
	state.error = error;
}

function asKubeError(error: unknown): KubeError {
	return error instanceof KubeError
		? error
		: new KubeError('protocol', error instanceof Error ? error.message : String(error));
}

function answerOf(error: KubeError): MetricsAnswer {
	switch (error.status) {
		case 401:
		case 403:
			return 'metrics-forbidden';
		case 404:
			return 'api-group-absent';
		case 503:
			return 'apiservice-unavailable';
		default:
			return 'metrics-unreachable';
	}
}
