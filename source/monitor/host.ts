/**
 * The data host: owns what is followed and the standing questions about it, and answers them. Runs in a worker under
 * the screen, in process in tests; it knows neither.
 */
import { nowSpan } from '../kube/transport/cost.ts';
import { keyColumns } from '../model/columns.ts';
import { type Finding, findingKey } from '../model/finding.ts';
import { Depth } from './depth/depth.ts';
import { makeDetail } from './detail.ts';
import type { FleetFollower, Follow } from './follow/fleet-follower.ts';
import { ContainerList } from './lists/containers.ts';
import { FindingList } from './lists/findings.ts';
import { ListEngine, type Window } from './lists/list.ts';
import { type KnownSums, NodeList } from './lists/nodes.ts';
import { PodList } from './lists/pods.ts';
import { ProcessList } from './lists/processes.ts';
import type { ClusterStatus, FromHost, ListQuery, Rows, ToHost } from './messages.ts';
import type { HostOptions } from './options.ts';
import { Selectors } from './selectors.ts';
import { Standing } from './standing.ts';
import type { UsageContext } from './usage.ts';

/** Data that arrives is passed on at most so often, ms; an answer to a question goes at once. */
const shortestBetweenNews = 250;
/** However long it takes to pass them on, news are no older, ms. */
const longestBetweenNews = 2_000;
/** Until the first rows and samples are there, somebody waits for each of them. */
const shortestWhileLoading = 30;
/** Passing on may take this share of the time: on a huge fleet news come more seldom, and never crowd out questions. */
const shareOfNews = 0.005;
const shareWhileLoading = 0.06;

/** What a column holds is a sample, or a share of one: not what is requested. */
function isSampled(column: string): boolean {
	return /^(?:cpu|memory)(?:$|.*%$)/.test(column);
}

/** Until the rows of a window are on screen, counting all that match would be in their way; and the next key may come. ms. */
const beforeCounting = 15;
/** ms after all is loaded: what is shown goes first. */
const beforePreparing = 400;
/** ms between two steps of it, in which a question may come. */
const betweenSteps = 5;

export class DataHost {
	readonly #options: HostOptions;
	readonly #post: (message: FromHost) => void;
	readonly #follower: FleetFollower;
	readonly #depth: Depth;
	readonly #standing = new Standing();
	readonly #lists;
	#namespace: string | null;
	readonly #selectors: Selectors;
	#context: UsageContext;
	#findings: readonly Finding[] = [];
	readonly #firstSeen = new Map<string, number>();
	/** Grows with whatever the rows depend on besides the fleet's own epoch. */
	#changes = 0;
	/** While news are on their way. */
	#takeNewsBack: (() => void) | null = null;
	#lastNews = 0;
	/** ms until the next news after the last. */
	#newsPause = shortestBetweenNews;
	/** While the status that was told says that something is asked: until that may be over. */
	#quietTimer: NodeJS.Timeout | undefined;
	#prepared = false;
	#lastPolls = '';
	/** What had been read to its end when news were on their way last. */
	#toldAs = 0;
	#closed = false;

	/** @param follow Makes what is followed, with the labels that the options name. */
	constructor(follow: Follow, options: HostOptions, post: (message: FromHost) => void) {
		this.#options = options;
		this.#post = post;
		this.#follower = follow(() => this.#changed());
		this.#namespace = this.#follower.scope.namespace;
		this.#selectors = new Selectors(options.labelSelector, (labelSelector) => {
			this.#follower.follow({ labelSelector });
			this.#changed();
		});
		this.#context = this.#follower.context();
		const { fleet } = this.#follower;
		this.#depth = new Depth(this.#follower.depth, post);
		const context = () => this.#context;
		const pods = new PodList(fleet, context, () => this.#namespace);
		this.#lists = {
			nodes: new ListEngine(new NodeList(fleet, context, () => this.#knownSums())),
			pods: new ListEngine(pods),
			containers: new ListEngine(new ContainerList(fleet, context, pods)),
			processes: new ListEngine(new ProcessList(() => this.#follower.processes?.rows ?? [], context)),
			diagnostics: new ListEngine(new FindingList(() => this.#findings)),
		};
	}

	start(): void {
		this.#follower.start();
		this.#changed();
	}

	receive(message: ToHost): void {
		switch (message.type) {
			case 'list':
				this.#standing.set(message.query);
				this.#selectors.filtered(message.query);
				if (message.query.list === 'processes') {
					this.#follower.processes?.watch(message.query.scope);
				}
				this.#answer(message.query);
				break;
			case 'unlist':
				this.#standing.drop(message.list);
				if (message.list === 'processes') {
					this.#follower.processes?.watch(null);
				}
				break;
			case 'detail':
				this.#standing.focus(message.subject);
				this.#postDetail();
				break;
			case 'ledger':
				this.#depth.look(message.subject);
				break;
			case 'inside':
				this.#depth.readInside();
				break;
			case 'namespace':
				this.#lookAt(message.namespace);
				break;
			case 'selector':
				this.#selectors.choose(message.labelSelector);
				break;
			case 'refresh':
				this.#follower.refresh();
				this.#depth.refresh();
				break;
			case 'namespaces':
				void this.#follower.namespaces().then((names) => this.#post({ type: 'namespaces', names }));
				break;
			case 'close':
				this.close();
				break;
		}
	}

	close(): void {
		this.#closed = true;
		this.#takeNewsBack?.();
		clearTimeout(this.#quietTimer);
		this.#selectors.close();
		this.#depth.close();
		this.#follower.stop();
	}

	#lookAt(namespace: string | null): void {
		const followed = this.#follower.scope.namespace;
		if (namespace === null && this.#follower.namespaceOnly) {
			return;
		}
		this.#namespace = namespace;
		// All namespaces are followed already: looking at one of them needs no request.
		if (followed !== null && followed !== namespace) {
			this.#follower.follow({ namespace });
		}
		// Somebody has just chosen it: the title says so with the first rows.
		this.#postStatus();
		this.#changed();
	}

	#knownSums(): KnownSums {
		const { knowsRequests, scope } = this.#follower;
		const isWhole = scope.namespace === null && scope.labelSelector === '' && scope.fieldSelector === '';
		const pods = isWhole && this.#follower.progress('pods').loaded;
		return { pods, requests: pods && knowsRequests };
	}

	/** Something arrived: tell those who asked, soon, and not too often; the first rows and what became whole, at once. */
	#changed(): void {
		const arrived = this.#arrived();
		if (arrived !== this.#toldAs) {
			this.#takeNewsBack?.();
			this.#takeNewsBack = null;
		}
		if (this.#takeNewsBack === null && !this.#closed) {
			const wait = arrived === this.#toldAs ? this.#lastNews + this.#newsPause - Date.now() : 0;
			this.#toldAs = arrived;
			this.#takeNewsBack = after(wait, () => this.#news());
		}
	}

	/** Whether there are pods at all, and what has been read to its end at least once. */
	#arrived(): number {
		const { fleet } = this.#follower;
		return (
			Number(fleet.ranked) +
			2 * Number(this.#follower.progress('nodes').loaded) +
			4 * Number(this.#follower.progress('pods').loaded) +
			8 * Number(fleet.pods.slots.count > 0)
		);
	}

	#news(): void {
		this.#takeNewsBack = null;
		const started = performance.now();
		this.#tellNews();
		this.#lastNews = Date.now();
		const [shortest, share] = this.#isSettled()
			? [shortestBetweenNews, shareOfNews]
			: [shortestWhileLoading, shareWhileLoading];
		const pause = (performance.now() - started) / share;
		this.#newsPause = Math.min(longestBetweenNews, Math.max(shortest, pause));
		if (!this.#prepared && this.#isSettled()) {
			this.#prepared = true;
			const steps = this.#lists.pods.prepare(Object.values(keyColumns));
			setTimeout(() => this.#prepare(steps), beforePreparing).unref();
		}
	}

	/** What people will ask for and takes long the first time, made while nobody waits. */
	#prepare(steps: Generator<void>): void {
		if (!this.#closed && steps.next().done !== true) {
			setTimeout(() => this.#prepare(steps), betweenSteps).unref();
		}
	}

	#isSettled(): boolean {
		const lists = [this.#follower.progress('nodes'), this.#follower.progress('pods')];
		return this.#follower.polls > 0 && lists.every(({ error, loaded }) => loaded || error !== null);
	}

	#tellNews(): void {
		this.#changes++;
		if (this.#follower.namespaceOnly && this.#namespace === null) {
			this.#namespace = this.#follower.scope.namespace;
		}
		this.#context = this.#follower.context();
		this.#judge();
		for (const query of this.#standing.queries.values()) {
			this.#postRows(query);
		}
		this.#postDetail();
		this.#postStatus();
	}

	#judge(): void {
		const { fleet } = this.#follower;
		const now = this.#context.serverTime;
		const findings = this.#follower.judge(this.#context, this.#namespace).map((finding) => {
			const key = findingKey(finding);
			const since = this.#firstSeen.get(key) ?? now;
			this.#firstSeen.set(key, since);
			return { ...finding, since };
		});
		for (const key of this.#firstSeen.keys()) {
			if (!findings.some((finding) => findingKey(finding) === key)) {
				this.#firstSeen.delete(key);
			}
		}
		// While nothing was read yet, everything lacks everything, and none of it is a finding.
		this.#findings = fleet.epoch === 0 ? findings.filter((finding) => finding.severity === 'error') : findings;
	}

	/**
	 * A question is answered at once, with what its window shows; how many rows match in all may follow, and the whole
	 * order, which the next key will need.
	 */
	#answer(query: ListQuery): void {
		if (this.#postRows(query, true).following) {
			setTimeout(() => {
				if (!this.#closed && this.#standing.queries.get(query.list) === query) {
					this.#postRows(query);
				}
			}, beforeCounting);
		}
	}

	/** @param first see {@link ListEngine.window} */
	#postRows(query: ListQuery, first = false): Rows {
		const base = {
			type: 'rows' as const,
			sequence: query.sequence,
			loading: this.#isLoading(query),
			partial: this.#isPartial(query),
		};
		const epoch = `${this.#follower.fleet.epoch} ${this.#changes} ${this.#namespace}`;
		const message = this.#makeRows(query, base, epoch, first);
		if (this.#standing.isNews(message)) {
			this.#post(message);
		}
		return message;
	}

	#makeRows(
		query: ListQuery,
		base: Pick<Rows, 'type' | 'sequence' | 'loading' | 'partial'>,
		epoch: string,
		first: boolean,
	): Rows {
		switch (query.list) {
			case 'nodes':
				return { ...base, list: 'nodes', ...this.#lists.nodes.window(query, epoch, first) };
			case 'pods':
				return { ...base, list: 'pods', ...this.#lists.pods.window(query, epoch, first) };
			case 'containers':
				return { ...base, list: 'containers', ...this.#lists.containers.window(query, epoch, first) };
			case 'processes': {
				const { processes } = this.#follower;
				const window = this.#lists.processes.window(query, processes?.epoch ?? 0, first);
				processes?.look(window.rows);
				return { ...base, list: 'processes', ...window };
			}
			case 'diagnostics': {
				const window: Window<Finding> = this.#lists.diagnostics.window(query, epoch, first);
				return { ...base, list: 'diagnostics', ...window };
			}
		}
	}

	#isLoading(query: ListQuery): boolean {
		if (query.list === 'diagnostics') {
			return false;
		}
		if (query.list === 'processes') {
			return this.#follower.processes?.loaded === false;
		}
		const { error, loaded } = this.#follower.progress(query.list === 'nodes' ? 'nodes' : 'pods');
		return !loaded && error === null;
	}

	#isPartial({ list, sort }: ListQuery): boolean {
		const { podPoll, ranked } = this.#follower.fleet;
		return (list === 'pods' || list === 'containers') && isSampled(sort.column) && podPoll > 0 && !ranked;
	}

	#postDetail(): void {
		const { subject } = this.#standing;
		if (subject !== null) {
			const detail = makeDetail(this.#follower.fleet, subject, this.#context, this.#knownSums());
			if (this.#standing.isNews(detail)) {
				this.#post(detail);
			}
		}
	}

	#makeStatus(): ClusterStatus {
		return this.#follower.status({
			context: this.#context,
			findings: this.#findings,
			namespace: this.#namespace,
			demo: this.#options.demo,
		});
	}

	#postStatus(): void {
		const status = this.#makeStatus();
		// Ages step with every poll, also with one that failed or brought the numbers of before.
		const polls = `${this.#follower.polls}`;
		if (this.#standing.isNews(status) || polls !== this.#lastPolls) {
			this.#lastPolls = polls;
			this.#tellStatus(status);
		}
	}

	#tellStatus(status: ClusterStatus): void {
		this.#post(status);
		clearTimeout(this.#quietTimer);
		if (status.cost.requestsNow > 0) {
			this.#quietTimer = setTimeout(() => this.#tellCost(status), nowSpan);
		}
	}

	/** Of the status that was told only what it cost has changed: nothing else moves, no age steps. */
	#tellCost(told: ClusterStatus): void {
		this.#tellStatus({ ...told, cost: this.#makeStatus().cost });
	}
}

/**
 * Calls after so many milliseconds. Where it is none, by the end of this turn of the event loop: a timer would have to wait
 * until all is decoded that has come by then.
 *
 * @returns takes that back
 */
function after(wait: number, call: () => void): () => void {
	if (wait <= 0) {
		const turn = setImmediate(call);
		return () => clearImmediate(turn);
	}
	const timer = setTimeout(call, wait);
	return () => clearTimeout(timer);
}
