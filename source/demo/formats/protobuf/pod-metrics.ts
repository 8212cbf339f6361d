/**
 * PodMetrics in protobuf without making the object: what does not change with the samples is encoded once a pod. Of a
 * large cluster all are made anew every 15 s, and whoever is measured must not wait for this server.
 */
import type { PodLife } from '../../model/life.ts';
import type { ContainerUsage, PodUsage } from '../../model/metrics-server.ts';
import { apiTime } from '../json.ts';
import { podLabels } from '../pod.ts';
import { binaryQuantity, cpuQuantity } from '../quantity.ts';
import { encodeMessage } from './encode.ts';
import { messageType } from './schema.ts';
import { BackwardWriter } from './writer.ts';

const writer = new BackwardWriter();

/** The metadata of a pod's metrics. */
interface Metadata {
	bytes: Buffer;
	/** Where the seconds of its time stand: the only thing in it that changes. */
	secondsAt: number;
}

/** The seconds of every time from 1978 to 3058 take so many bytes; nanoseconds, which are 0, follow them. */
const secondsLength = 5;
const nanosecondsLength = 2;

function metadataOf(pod: PodLife): Metadata {
	const type = messageType('ObjectMeta');
	if (!type) throw new Error('ObjectMeta has no protobuf here');
	const { namespace } = pod.slot.workload;
	const always = { name: pod.name, namespace, creationTimestamp: apiTime(pod.createdAt) };
	// Without labels the time stands last.
	const secondsAt = encodeMessage(type, always).length - nanosecondsLength - secondsLength;
	return { bytes: encodeMessage(type, { ...always, labels: podLabels(pod) }), secondsAt };
}

function writeSeconds({ bytes, secondsAt }: Metadata, time: number): void {
	let rest = Math.floor(time / 1000);
	for (let index = 0; index < secondsLength; index++) {
		bytes[secondsAt + index] = (rest % 128) | (index < secondsLength - 1 ? 0x80 : 0);
		rest = Math.floor(rest / 128);
	}
}

/** Field 2 of ContainerMetrics: an entry of a map, with a Quantity as its value. */
function writeQuantity(key: string, quantity: string): void {
	const before = writer.length;
	writer.text(quantity);
	writer.tag(1, 2);
	writer.smallVarint(writer.length - before);
	writer.tag(2, 2);
	writer.text(key);
	writer.tag(1, 2);
	writer.smallVarint(writer.length - before);
	writer.tag(2, 2);
}

function writeContainer({ name, cpu, memory }: ContainerUsage): void {
	const before = writer.length;
	writeQuantity('memory', binaryQuantity(memory));
	writeQuantity('cpu', cpuQuantity(cpu));
	writer.text(name);
	writer.tag(1, 2);
	writer.smallVarint(writer.length - before);
	writer.tag(4, 2);
}

/** Encodes samples of pods; remembers what stays the same from one to the next. */
export class PodMetricsEncoder {
	readonly #metadata = new Map<PodLife['slot'], { pod: PodLife; metadata: Metadata }>();

	/** The same bytes as those of the object. @param now of the answer, ms since 1970 */
	encode({ containers, pod, timestamp, window }: PodUsage, now: number): Buffer {
		for (let index = containers.length - 1; index >= 0; index--) {
			const container = containers[index];
			if (container) writeContainer(container);
		}
		const beforeWindow = writer.length;
		writer.varint(Math.round(window) * 1_000_000);
		writer.tag(1, 0);
		writer.smallVarint(writer.length - beforeWindow);
		writer.tag(3, 2);
		const beforeTime = writer.length;
		writer.smallVarint(0);
		writer.tag(2, 0);
		writer.varint(Math.floor(timestamp / 1000));
		writer.tag(1, 0);
		writer.smallVarint(writer.length - beforeTime);
		writer.tag(2, 2);
		const metadata = this.#known(pod);
		writeSeconds(metadata, now);
		writer.raw(metadata.bytes);
		writer.smallVarint(metadata.bytes.length);
		writer.tag(1, 2);
		return writer.take();
	}

	#known(pod: PodLife): Metadata {
		const known = this.#metadata.get(pod.slot);
		if (known?.pod === pod) return known.metadata;
		const metadata = metadataOf(pod);
		this.#metadata.set(pod.slot, { pod, metadata });
		return metadata;
	}
}
