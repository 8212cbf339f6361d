/** What is known of a subject besides its history, as labelled facts. Each percentage names its denominator. Pure. */
import { noSample } from '../../../messages/en/no-sample.ts';
import { detailText as text } from '../../../messages/en/panes.ts';
import { age, percent, percentOf, shortDuration } from '../../../model/display.ts';
import type { Usage } from '../../../model/usage.ts';
import type { ContainerRow, NodeRow, PodRow } from '../../../monitor/messages.ts';
import { type Span, span } from '../../text/line.ts';
import type { Glyphs, Tone } from '../../theme.ts';
import type { Quantity } from '../list/amounts.ts';
import { amount, spelled } from '../list/amounts.ts';
import { containerHealth, nodeHealth, podHealth, severityOfPercent, toneOf } from '../list/severity.ts';
import type { SubjectRow } from './subject.ts';

export interface Fact {
	label: string;
	/** Stands before the parts; lines that follow are indented under what comes after it. */
	head?: readonly Span[];
	/** Pieces that stay together; between them the line may be broken. */
	parts: ReadonlyArray<readonly Span[]>;
	/** The parts are words of a sentence. */
	sentence?: boolean;
}

export interface FactContext {
	now: number;
	/** There are few lines: leave out what is seldom asked for. */
	brief: boolean;
	/** There are few cells in a line: long words are shortened. */
	narrow: boolean;
	glyphs: Glyphs;
}

interface Denominator {
	name: string;
	value: number;
	/** Said when there is no value; null says nothing. */
	absent: string | null;
	/** Coming near to it is worth a sign. */
	bound: boolean;
}

function usageFact(
	quantity: Quantity,
	usage: Usage,
	denominators: readonly Denominator[],
	{ glyphs }: FactContext,
): Fact {
	const used = usage.kind === 'sampled' ? usage[quantity] : Number.NaN;
	const stale = usage.kind === 'sampled' && usage.stale;
	const head = [
		span((Number.isFinite(used) ? amount(quantity, used) : glyphs.missing).padStart(6), stale ? 'dim' : 'strong'),
	];
	const parts: Span[][] = [];
	for (const { name, value, absent, bound } of denominators) {
		const share = percentOf(used, value);
		if (Number.isFinite(share)) {
			const severity = bound && !stale ? severityOfPercent(share) : 'info';
			const tone: Tone = stale ? 'dim' : toneOf(severity);
			parts.push([
				span(`${percent(share)}%`, tone),
				...(severity === 'info' ? [] : [span(glyphs[severity], tone)]),
				span(` ${text.of(name, spelled(quantity, value))}`, 'dim'),
			]);
		} else if (Number.isFinite(value)) {
			parts.push([span(`${name} ${spelled(quantity, value)}`, 'dim')]);
		} else if (absent !== null) {
			parts.push([span(absent, 'dim')]);
		}
	}

	return { label: quantity === 'cpu' ? text.cpu : text.memory, head, parts };
}

function sampleFact(usage: Usage, { now, glyphs }: FactContext): Fact {
	if (usage.kind === 'none') {
		const { sentence } = noSample[usage.code];
		const parts = sentence.split(' ').map((word) => [span(word)]);
		return { label: text.sample, head: [span(glyphs.missing, 'warning')], parts, sentence: true };
	}

	const tone: Tone = usage.stale ? 'warning' : 'plain';
	return {
		label: text.sample,
		parts: [[span(text.sampled(shortDuration(now - usage.timestamp), shortDuration(usage.window)), tone)]],
	};
}

/** A fact of short parts, those left out that say nothing. */
function fact(label: string, ...parts: ReadonlyArray<Span | null>): Fact {
	return { label, parts: parts.filter((part) => part !== null && part.text !== '').map((part) => [part as Span]) };
}

function plain(value: string, otherwise: string | null = null): Span | null {
	if (value !== '') {
		return span(value);
	}

	return otherwise === null ? null : span(otherwise, 'dim');
}

function ago(label: (age: string) => string, time: number, now: number): Span | null {
	return Number.isFinite(now - time) ? span(label(age(now - time)), 'dim') : null;
}

function allocatable({ narrow }: FactContext): string {
	return narrow ? text.alloc : text.allocatable;
}

function restarts(count: number): Span | null {
	return Number.isFinite(count) ? span(text.restarts(count), count === 0 ? 'dim' : 'plain') : null;
}

function podFacts(row: PodRow, context: FactContext): Fact[] {
	const { now, glyphs } = context;
	return [
		usageFact(
			'cpu',
			row.usage,
			[
				{ name: text.request, value: row.cpuRequest, absent: text.noRequest, bound: false },
				{ name: text.limit, value: row.cpuLimit, absent: text.noLimit, bound: true },
				...(context.brief
					? []
					: [{ name: allocatable(context), value: row.cpuAllocatable, absent: null, bound: false }]),
			],
			context,
		),
		usageFact(
			'memory',
			row.usage,
			[
				{ name: text.request, value: row.memoryRequest, absent: text.noRequest, bound: false },
				{ name: text.limit, value: row.memoryLimit, absent: text.noLimit, bound: true },
				...(context.brief
					? []
					: [{ name: allocatable(context), value: row.memoryAllocatable, absent: null, bound: false }]),
			],
			context,
		),
		sampleFact(row.usage, context),
		fact(
			text.status,
			span(row.status, podHealth(row).tone),
			span(text.ready(row.readyContainers, row.totalContainers)),
			restarts(row.restarts),
			row.restarts > 0 ? ago(text.lastRestart, row.lastRestartAt, now) : null,
		),
		fact(text.node, plain(row.node, text.notScheduled), row.ip === '' ? null : span(text.ip(row.ip), 'dim')),
		fact(text.owner, plain(row.owner, text.none), row.qosClass === '' ? null : span(text.qos(row.qosClass), 'dim')),
		fact(text.age, plain(Number.isFinite(now - row.createdAt) ? age(now - row.createdAt) : glyphs.unset)),
	];
}

function containerFacts(row: ContainerRow, context: FactContext): Fact[] {
	const { now } = context;
	return [
		usageFact(
			'cpu',
			row.usage,
			[
				{ name: text.request, value: row.cpuRequest, absent: text.noRequest, bound: false },
				{ name: text.limit, value: row.cpuLimit, absent: text.noLimit, bound: true },
			],
			context,
		),
		usageFact(
			'memory',
			row.usage,
			[
				{ name: text.request, value: row.memoryRequest, absent: text.noRequest, bound: false },
				{ name: text.limit, value: row.memoryLimit, absent: text.noLimit, bound: true },
			],
			context,
		),
		sampleFact(row.usage, context),
		fact(
			text.state,
			span(row.state, containerHealth(row).tone),
			span(row.ready ? text.isReady : text.notReady, row.ready ? 'plain' : 'dim'),
			restarts(row.restarts),
			row.kind === 'app' ? null : span(text.kinds[row.kind], 'dim'),
		),
		...(row.lastTermination === ''
			? []
			: [fact(text.last, span(row.lastTermination, 'warning'), ago(text.ago, row.lastTerminatedAt, now))]),
		fact(text.image, plain(row.image, text.none)),
		fact(text.node, plain(row.node, text.notScheduled), ago(text.startedAgo, row.startedAt, now)),
	];
}

/** `CPU 63% · memory 81% of allocatable`: sums over the pods. */
function sumFact(label: string, cores: number, bytes: number, row: NodeRow, { narrow }: FactContext): Fact {
	const part = (quantity: Quantity, value: number, whole: number): Span[] => {
		const share = percentOf(value, whole);
		const name = quantity === 'cpu' ? text.cpu : text.memory;
		return Number.isFinite(share)
			? [span(`${name} ${percent(share)}%`), ...(narrow ? [] : [span(` (${amount(quantity, value)})`, 'dim')])]
			: [];
	};
	const parts = [part('cpu', cores, row.cpuAllocatable), part('memory', bytes, row.memoryAllocatable)].filter(
		(spans) => spans.length > 0,
	);
	parts.at(-1)?.push(span(` ${text.ofAllocatable(narrow)}`, 'dim'));
	return { label, parts };
}

function nodeFacts(row: NodeRow, context: FactContext): Fact[] {
	const { now, glyphs } = context;
	const count = (value: number) => (Number.isFinite(value) ? String(value) : glyphs.unset);
	return [
		usageFact(
			'cpu',
			row.usage,
			[{ name: allocatable(context), value: row.cpuAllocatable, absent: null, bound: true }],
			context,
		),
		usageFact(
			'memory',
			row.usage,
			[
				{
					name: allocatable(context),
					value: row.memoryAllocatable,
					absent: null,
					bound: true,
				},
			],
			context,
		),
		sampleFact(row.usage, context),
		fact(
			text.status,
			span(row.status, nodeHealth(row).tone),
			row.pressure === '' ? null : span(row.pressure, 'warning'),
		),
		sumFact(text.requested, row.cpuRequested, row.memoryRequested, row, context),
		sumFact(text.limited, row.cpuLimited, row.memoryLimited, row, context),
		fact(
			text.capacity,
			span(`${text.cpu} ${spelled('cpu', row.cpuCapacity)}`),
			span(`${text.memory} ${spelled('memory', row.memoryCapacity)}`),
		),
		fact(
			text.pods,
			Number.isNaN(row.pods) && Number.isNaN(row.podAllocatable)
				? null
				: span(text.ofPods(count(row.pods), count(row.podAllocatable))),
		),
		// This machine has none, whatever runs its containers.
		row.kubeletVersion === ''
			? fact(text.runtime, plain(row.containerRuntime, text.none))
			: fact(text.kubelet, plain(row.kubeletVersion), plain(row.containerRuntime)),
		fact(text.system, plain(row.osImage, text.none), plain(row.kernelVersion), plain(row.architecture)),
		fact(text.address, plain(row.internalIp), plain(row.roles === '<none>' ? '' : row.roles)),
		fact(text.age, plain(Number.isFinite(now - row.createdAt) ? age(now - row.createdAt) : glyphs.unset)),
	].filter(({ parts }) => parts.length > 0);
}

/** The facts of a subject, the most asked for first. */
export function factsOf(view: SubjectRow, context: FactContext): Fact[] {
	switch (view.kind) {
		case 'pod': {
			return podFacts(view.row, context);
		}

		case 'container': {
			return containerFacts(view.row, context);
		}

		default: {
			return nodeFacts(view.row, context);
		}
	}
}
