/**
 * The REST API of a cAdvisor that runs by itself (google/cadvisor info/v1/container.go, info/v2/container.go, read at
 * 0.56): `/api/v1.3/containers/PATH` is one container, `/api/v1.3/subcontainers/PATH` a list, `/api/v1.3/docker/` and
 * `/api/v2.1/stats/PATH` are maps. Of each container the newest sample. The shapes tell themselves apart.
 */
import { asked, kubeletDamage } from '../messages/en/kubelet.ts';
import type { ReadingQuantity } from '../model/reading.ts';
import { WireError } from './answer.ts';
import { cpuRateOf } from './cadvisor/rate.ts';
import { subjectOfContainer } from './cadvisor/subject.ts';
import { has, type JsonObject, numberField, objectField, objectsField, wordField } from './json/fields.ts';
import { momentField } from './json/moment.ts';
import { readJson } from './kubelet-answer.ts';
import { words } from './strings.ts';
import { ReadingList, type SourceAnswer, type SourceNote } from './subject-readings.ts';

/**
 * @throws Error with a sentence, if the answer is none of cAdvisor or is damaged
 */
export function decodeCadvisor(body: Buffer, contentType: string): SourceAnswer {
	return readJson(asked.standalone, body, contentType, (value) => {
		const reader = new ContainersReader();
		for (const [key, container] of containersOf(value)) {
			reader.read(key, container);
		}
		return reader.answer();
	});
}

function* containersOf(value: unknown): Generator<readonly [key: string, container: JsonObject]> {
	if (Array.isArray(value)) {
		for (const container of objectsField({ containers: value }, 'containers')) {
			yield [wordField(container, 'name'), container];
		}
		return;
	}
	const answer = objectField({ answer: value }, 'answer');
	if (has(answer, 'spec')) {
		yield [wordField(answer, 'name'), answer];
		return;
	}
	for (const key of Object.keys(answer)) {
		const container = objectField(answer, key);
		if (!has(container, 'spec')) {
			throw new WireError(kubeletDamage.noContainers);
		}
		yield [key, container];
	}
}

type Field = readonly [path: readonly string[], quantity: ReadingQuantity];

const memoryFields: readonly Field[] = [
	[['memory', 'usage'], 'usage'],
	[['memory', 'working_set'], 'workingSet'],
	[['memory', 'rss'], 'anon'],
	[['memory', 'cache'], 'file'],
	[['memory', 'swap'], 'swap'],
	[['memory', 'mapped_file'], 'mappedFile'],
	[['memory', 'total_active_file'], 'activeFile'],
	[['memory', 'total_inactive_file'], 'inactiveFile'],
];
const throttlingFields: readonly Field[] = [
	[['cpu', 'cfs', 'periods'], 'cpuPeriods'],
	[['cpu', 'cfs', 'throttled_periods'], 'throttledPeriods'],
	[['cpu', 'cfs', 'throttled_time'], 'throttledTime'],
];
/** Zero where the kernel has no such file. */
const peakField: Field = [['memory', 'max_usage'], 'peak'];
/** Zero on cgroup v2, whatever the kernel counts. */
const kernelField: Field = [['memory', 'kernel'], 'kernel'];
const limitHitsField: Field = [['memory', 'failcnt'], 'limitHits'];
const pressureFields: readonly Field[] = [
	[['cpu', 'psi', 'some', 'avg10'], 'pressureCpuSome10'],
	[['memory', 'psi', 'some', 'avg10'], 'pressureMemorySome10'],
	[['memory', 'psi', 'full', 'avg10'], 'pressureMemoryFull10'],
];
const pressureWindow = 10_000;

/** "No limit" is a little less than 2^63 on v1, 2^64 − 1 on v2. */
const noLimit = 2 ** 62;

function valueAt(object: JsonObject, path: readonly string[]): number {
	let parent = object;
	for (const name of path.slice(0, -1)) {
		parent = objectField(parent, name);
	}
	return numberField(parent, path.at(-1) ?? '', Number.NaN);
}

class ContainersReader {
	readonly #subjects: ReadingList[] = [];
	/** What is added only if some of its kind is not zero. */
	readonly #doubtful: Readonly<Record<'kernel' | 'limitHits' | 'pressure', Array<() => void>>> = {
		kernel: [],
		limitHits: [],
		pressure: [],
	};
	readonly #measured = new Set<string>();

	read(key: string, container: JsonObject): void {
		const spec = objectField(container, 'spec');
		const stats = [...objectsField(container, 'stats')];
		const last = stats.at(-1);
		if (last === undefined) {
			return;
		}
		const list = new ReadingList(subjectOfContainer(key, container, spec), 'cadvisor');
		this.#subjects.push(list);
		list.cgroup = wordField(container, 'name') || words.fromText(key);
		list.startedAt = momentField(spec, 'creation_time');
		const at = momentField(last, 'timestamp');
		this.#readCpu(list, stats, last, at);
		for (const field of [...memoryFields, ...throttlingFields]) {
			add(list, last, field, at);
		}
		if (valueAt(last, peakField[0]) > 0) {
			add(list, last, peakField, at);
		}
		this.#doubt('kernel', list, last, kernelField, at);
		this.#doubt('limitHits', list, last, limitHitsField, at);
		for (const field of pressureFields) {
			this.#doubt('pressure', list, last, field, at, pressureWindow);
		}
		readSpec(list, spec, at);
	}

	#readCpu(list: ReadingList, stats: readonly JsonObject[], last: JsonObject, at: number): void {
		add(list, last, [['cpu', 'usage', 'total'], 'cpuTime'], at);
		const rate = cpuRateOf(stats.at(-2), last);
		list.add('cpuRate', rate.value, rate.field, at, rate.window);
	}

	#doubt(
		kind: 'kernel' | 'limitHits' | 'pressure',
		list: ReadingList,
		stat: JsonObject,
		field: Field,
		at: number,
		window = Number.NaN,
	): void {
		const value = valueAt(stat, field[0]);
		if (Number.isNaN(value)) {
			return;
		}
		if (value > 0) {
			this.#measured.add(kind);
		}
		this.#doubtful[kind].push(() => add(list, stat, field, at, window));
	}

	answer(): SourceAnswer {
		const isV1 = this.#measured.has('kernel') || this.#measured.has('limitHits');
		const notes: SourceNote[] = [];
		for (const kind of ['kernel', 'limitHits', 'pressure'] as const) {
			const doubtful = this.#doubtful[kind];
			if (this.#measured.has(kind) || (kind === 'limitHits' && isV1)) {
				for (const confirm of doubtful) {
					confirm();
				}
			} else if (doubtful.length > 0) {
				notes.push(noteOf[kind]);
			}
		}
		const cgroup = isV1 ? 'v1' : this.#measured.has('pressure') ? 'v2' : '';
		return { nodeName: '', subjects: this.#subjects, notes, cgroup, kernel: '' };
	}
}

const noteOf = {
	kernel: 'kernel-not-measured',
	limitHits: 'limit-hits-not-measured',
	pressure: 'pressure-not-measured',
} as const;

function add(list: ReadingList, stat: JsonObject, [path, quantity]: Field, at: number, window = Number.NaN): void {
	list.add(quantity, valueAt(stat, path), `stats[-1].${path.join('.')}`, at, window);
}

function readSpec(list: ReadingList, spec: JsonObject, at: number): void {
	const limit = numberField(objectField(spec, 'memory'), 'limit', Number.NaN);
	if (limit > 0 && limit < noLimit) {
		// The root's "limit" is MemTotal.
		list.add(list.subject.kind === 'node' ? 'memTotal' : 'memoryLimit', limit, 'spec.memory.limit', at);
	}
	const cpu = objectField(spec, 'cpu');
	const quota = numberField(cpu, 'quota', Number.NaN);
	const period = numberField(cpu, 'period', Number.NaN);
	if (quota > 0 && period > 0) {
		list.add('cpuLimit', (quota / period) * 1e9, 'spec.cpu.quota ÷ spec.cpu.period', at);
	}
}
