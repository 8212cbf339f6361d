import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApiObject } from '../formats/json.ts';
import { nodeMetricsObject, podMetricsObject } from '../formats/metrics.ts';
import { nodeLabels, nodeObject } from '../formats/node.ts';
import { podLabels } from '../formats/pod.ts';
import { PodMetricsEncoder } from '../formats/protobuf/pod-metrics.ts';
import { KnownLives } from '../model/known-lives.ts';
import { answeredFrom, cycleAt, nodeUsage, slotUsage } from '../model/metrics-server.ts';
import type { NodeModel } from '../model/node.ts';
import type { Entry } from './collection.ts';
import type { Service } from './context.ts';
import { longFrom, type Page, type Rendering, slice } from './list.ts';
import { preparePage } from './page-cache.ts';
import type { PodEntry } from './pod-entry.ts';
import type { ResourceType } from './resources.ts';
import type { Selection } from './select.ts';

/** When the newest samples are from: now, or a time before the start if samples have stopped. */
function samplesTime(service: Service): number {
	const { metricsStopped } = service.behaviour;
	return Number.isNaN(metricsStopped) ? service.clock.now() : service.cluster.world.origin - metricsStopped;
}

/** Names the set of samples that is answered from now: it changes every 15 s. */
export function samplesName(service: Service): string {
	return String(cycleAt(samplesTime(service)));
}

/** When objects of a cycle say that they were made: now, unless they are made before they are due. */
function answerTime(service: Service, cycle: number): number {
	return Math.max(service.clock.now(), answeredFrom(cycle));
}

/** What is known of the pods from one cycle to the next. */
interface Known {
	lives: KnownLives;
	encoder: PodMetricsEncoder;
}

const knowledge = new WeakMap<Service, Known>();

function knownTo(service: Service): Known {
	let known = knowledge.get(service);
	if (!known) {
		known = { lives: new KnownLives(service.cluster.world), encoder: new PodMetricsEncoder() };
		knowledge.set(service, known);
	}
	return known;
}

function entryOf(
	namespace: string,
	name: string,
	labels: () => Readonly<Record<string, string>>,
	object: () => ApiObject,
): Entry {
	return { key: namespace ? `${namespace}/${name}` : name, namespace, name, version: 0, labels, object };
}

function podMetrics(service: Service, entry: PodEntry, cycle: number): Entry | undefined {
	const { cluster, samples } = service;
	const { encoder, lives } = knownTo(service);
	// As entry.life(), which looks it up anew.
	const current = lives.at(entry.slot, entry.time);
	const usage = current && slotUsage(cluster.world, entry.slot, current, cycle, samples, lives);
	if (!usage) return undefined;
	const now = answerTime(service, cycle);
	const made = entryOf(
		entry.namespace,
		entry.name,
		() => podLabels(usage.pod),
		() => podMetricsObject(usage, now),
	);
	return { ...made, message: () => encoder.encode(usage, now) };
}

async function* podSlices(
	service: Service,
	pods: readonly PodEntry[],
	cycle: number,
): AsyncGenerator<readonly Entry[]> {
	for (let start = 0; start < pods.length; start += slice) {
		if (start > 0) await nextTurn();
		const found: Entry[] = [];
		for (const pod of pods.slice(start, start + slice)) {
			const metrics = podMetrics(service, pod, cycle);
			if (metrics) found.push(metrics);
		}
		yield found;
	}
}

async function* nodeSlices(
	service: Service,
	nodes: readonly NodeModel[],
	cycle: number,
): AsyncGenerator<readonly Entry[]> {
	const { cluster, samples } = service;
	const { lives } = knownTo(service);
	for (const [index, node] of nodes.entries()) {
		// A node costs as much as all pods on it.
		if (index % 20 === 19) await nextTurn();
		const usage = nodeUsage(cluster.world, node, cluster.slotsOf.get(node) ?? [], cycle, samples, lives);
		const now = answerTime(service, cycle);
		if (usage)
			yield [
				entryOf(
					'',
					node.name,
					() => nodeLabels(node),
					() => nodeMetricsObject(usage, now),
				),
			];
	}
}

/** Nodes that metrics-server has and the API server does not. */
function remembered({ behaviour, cluster, clock }: Service, selection: Selection): Entry[] {
	return cluster.world.nodes
		.filter((node) => behaviour.remembered(node))
		.map((node) =>
			entryOf(
				'',
				node.name,
				() => nodeLabels(node),
				() => nodeObject(node, cluster.world, clock.now(), 0),
			),
		)
		.filter((entry) => selection.matches(entry));
}

/**
 * The metrics objects that a request means, in order, and whether there are many.
 * @param cycle whose samples, the newest if it is not said
 */
export function metricsPage(
	service: Service,
	type: ResourceType,
	selection: Selection,
	cycle = cycleAt(samplesTime(service)),
): Page {
	const { cluster, clock, behaviour } = service;
	// Made in advance, nobody's request has brought the pods up to this moment.
	cluster.advance(clock.now());
	const stored = service.resources.find((other) => other.group === '' && other.name === type.name);
	let entries: Entry[] = [];
	if (stored && !behaviour.metricsEmpty) {
		// Those of now: metrics-server watches the pods, and a list of the API server may be some minutes old.
		entries = cluster.collection(stored).filter((entry) => selection.matches(entry));
		if (!type.namespaced) entries.push(...remembered(service, selection));
		// It sorts by namespace and name; the store's order differs where one namespace begins with another's name.
		entries.sort((first, second) => compare(first.namespace, second.namespace) || compare(first.name, second.name));
	}
	const nodes = new Map(cluster.world.nodes.map((node) => [node.name, node]));
	const slices = type.namespaced
		? podSlices(service, entries as PodEntry[], cycle)
		: nodeSlices(
				service,
				entries.map((entry) => nodes.get(entry.name)).filter((node) => node !== undefined),
				cycle,
			);
	const count = entries.length;
	return { version: '', slices, count, long: count > longFrom, continueToken: '', remaining: undefined };
}

/** The one metrics object of a name, if there is one. */
export async function metricsEntry(
	service: Service,
	type: ResourceType,
	selection: Selection,
): Promise<Entry | undefined> {
	for await (const [entry] of metricsPage(service, type, selection).slices) if (entry) return entry;
	return undefined;
}

/** ms of this machine's clock. */
function untilNextCycle(service: Service): number {
	const now = samplesTime(service);
	return (answeredFrom(cycleAt(now) + 1) - now) / service.clock.speed + 5;
}

/** For how many cycles answers are made in advance after somebody asked. */
const cyclesAhead = 3;

/** Who asks for which samples again and again: until which cycle they are made in advance. */
const askers = new WeakMap<Service, Map<string, number>>();

/**
 * Makes the next cycle's answer when its samples are there, since whoever asked once will ask again. Nobody keeps a
 * process alive by this.
 * @returns when the answers are made that the first one who asks is to wait for
 */
export async function keepReady(service: Service, rendering: Rendering, selection: Selection): Promise<void> {
	const own = askers.get(service) ?? new Map<string, number>();
	askers.set(service, own);
	const id = `${rendering.type.name} ${rendering.form} ${rendering.include} ${selection.text}`;
	const waiting = own.has(id);
	const newest = cycleAt(samplesTime(service));
	own.set(id, newest + cyclesAhead);
	if (waiting || service.clock.frozen || !Number.isNaN(service.behaviour.metricsStopped)) return;
	const make = (cycle: number): Promise<void> => {
		const page = metricsPage(service, rendering.type, selection, cycle);
		return preparePage(service, page, rendering, `${cycle} ${selection.text}`);
	};
	const prepare = async (): Promise<void> => {
		const cycle = cycleAt(samplesTime(service));
		if (cycle > (own.get(id) ?? 0)) {
			own.delete(id);
			return;
		}
		await make(cycle);
		setTimeout(prepare, untilNextCycle(service)).unref();
	};
	setTimeout(prepare, untilNextCycle(service)).unref();
	for (let ahead = 1; ahead <= service.options.samplesAhead; ahead++) await make(newest + ahead);
}

const compare = (first: string, second: string): number => (first < second ? -1 : first > second ? 1 : 0);
