/**
 * The kubelet's `GET /stats/summary` (k8s.io/kubelet/pkg/apis/stats/v1alpha1/types.go): of the node, its own groups of
 * cgroups, each pod's cgroup and each container. All of it is what cAdvisor sampled last, so every block has its own
 * time, in whole seconds.
 */
import { asked, kubeletDamage } from '../messages/en/kubelet.ts';
import type { ReadingQuantity } from '../model/reading.ts';
import { WireError } from './answer.ts';
import { has, type JsonObject, numberField, objectField, objectsField, textField, wordField } from './json/fields.ts';
import { momentField } from './json/moment.ts';
import { readJson } from './kubelet-answer.ts';
import { ReadingList, type SourceAnswer, type SourceNote } from './subject-readings.ts';

/**
 * @throws Error with a sentence, if the answer is no summary or is damaged
 */
export function decodeKubeletSummary(body: Buffer, contentType: string): SourceAnswer {
	return readJson(asked.summary, body, contentType, (value) => {
		const answer = objectField({ answer: value }, 'answer');
		if (!has(answer, 'node')) {
			throw new WireError(kubeletDamage.noNode);
		}
		return new SummaryReader().read(answer);
	});
}

class SummaryReader {
	readonly #subjects: ReadingList[] = [];
	/** Added at the end, if any of it is not zero: the kubelet fills in zeros where the kernel measures none. */
	readonly #pressure: Array<() => void> = [];
	#pressureMeasured = false;

	read(answer: JsonObject): SourceAnswer {
		const node = objectField(answer, 'node');
		const nodeName = wordField(node, 'nodeName');
		this.#readNode(node, nodeName);
		for (const pod of objectsField(answer, 'pods')) {
			this.#readPod(pod);
		}
		if (this.#pressureMeasured) {
			for (const add of this.#pressure) {
				add();
			}
		}
		const notes: SourceNote[] = this.#pressure.length > 0 && !this.#pressureMeasured ? ['pressure-not-measured'] : [];
		return { nodeName, subjects: this.#subjects, notes, cgroup: this.#pressureMeasured ? 'v2' : '', kernel: '' };
	}

	#readNode(node: JsonObject, name: string): void {
		const list = this.#add(new ReadingList({ kind: 'node', name }, 'kubelet-summary'), node, 'node');
		const memory = objectField(node, 'memory');
		const total =
			numberField(memory, 'availableBytes', Number.NaN) + numberField(memory, 'workingSetBytes', Number.NaN);
		// By the kubelet's own subtraction; it knows MemTotal and does not say it.
		list.add(
			'memTotal',
			total,
			'node.memory.availableBytes + node.memory.workingSetBytes',
			momentField(memory, 'time'),
		);
		for (const system of objectsField(node, 'systemContainers')) {
			const group = wordField(system, 'name');
			const subject = { kind: 'system', name: group } as const;
			this.#add(new ReadingList(subject, 'kubelet-summary'), system, `node.systemContainers[${group}]`);
		}
	}

	#readPod(object: JsonObject): void {
		const reference = objectField(object, 'podRef');
		const namespace = wordField(reference, 'namespace');
		const name = textField(reference, 'name');
		const uid = textField(reference, 'uid');
		// A place in the list would be another one in the next answer.
		const path = `pods[${namespace}/${name}]`;
		this.#add(new ReadingList({ kind: 'pod', namespace, name, uid }, 'kubelet-summary'), object, path);
		for (const item of objectsField(object, 'containers')) {
			const container = wordField(item, 'name');
			const subject = { kind: 'container', namespace, pod: name, container, id: '' } as const;
			this.#add(new ReadingList(subject, 'kubelet-summary'), item, `${path}.containers[${container}]`);
		}
	}

	#add(list: ReadingList, object: JsonObject, path: string): ReadingList {
		this.#subjects.push(list);
		list.startedAt = momentField(object, 'startTime');
		const cpu = objectField(object, 'cpu');
		this.#addFields(list, cpu, `${path}.cpu`, cpuFields);
		this.#addPressure(list, cpu, `${path}.cpu`, 'pressureCpuSome10', 'some');
		const memory = objectField(object, 'memory');
		this.#addFields(list, memory, `${path}.memory`, memoryFields);
		this.#addPressure(list, memory, `${path}.memory`, 'pressureMemorySome10', 'some');
		this.#addPressure(list, memory, `${path}.memory`, 'pressureMemoryFull10', 'full');
		this.#addFields(list, objectField(object, 'swap'), `${path}.swap`, swapFields);
		return list;
	}

	#addFields(list: ReadingList, block: JsonObject, path: string, fields: readonly Field[]): void {
		const at = momentField(block, 'time');
		for (const [name, quantity] of fields) {
			list.add(quantity, numberField(block, name, Number.NaN), `${path}.${name}`, at);
		}
	}

	#addPressure(
		list: ReadingList,
		block: JsonObject,
		path: string,
		quantity: ReadingQuantity,
		who: 'some' | 'full',
	): void {
		const stall = objectField(objectField(block, 'psi'), who);
		const average = numberField(stall, 'avg10', Number.NaN);
		if (Number.isNaN(average)) {
			return;
		}
		this.#pressureMeasured ||= average > 0 || numberField(stall, 'total', 0) > 0;
		const at = momentField(block, 'time');
		this.#pressure.push(() => list.add(quantity, average, `${path}.psi.${who}.avg10`, at, pressureWindow));
	}
}

type Field = readonly [name: string, quantity: ReadingQuantity];

/** `usageNanoCores` is the rate between the last two samples of cAdvisor, 10 to 30 s apart; how far, nobody says. */
const cpuFields: readonly Field[] = [
	['usageNanoCores', 'cpuRate'],
	['usageCoreNanoSeconds', 'cpuTime'],
];
const memoryFields: readonly Field[] = [
	['usageBytes', 'usage'],
	['workingSetBytes', 'workingSet'],
	['rssBytes', 'anon'],
];
const swapFields: readonly Field[] = [['swapUsageBytes', 'swap']];

/** `avg10` is a running mean that forgets with 10 s. */
const pressureWindow = 10_000;
