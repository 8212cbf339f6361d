/** Pods of the API server's `v1` API: lists and watches, in protobuf and JSON. */
import { damage } from '../messages/en/sources.ts';
import { clearPodParts, newPodParts, type PodParts } from '../model/pod-parts.ts';
import { PodProjector } from '../model/pod-record.ts';
import type { ListMeta, PodRecord, WatchEventMeta } from '../model/records.ts';
import { decodeAnswer, type ListStream, openListStream, Spare, WireError } from './answer.ts';
import { JsonListStream } from './json/list-stream.ts';
import { readWatchEvent as readJsonWatchEvent } from './json/metadata.ts';
import { podShape, readPod as readJsonPod } from './json/pod.ts';
import { readWatchEvent } from './protobuf/envelope.ts';
import { ProtobufListStream } from './protobuf/list-stream.ts';
import { readBookmark } from './protobuf/metadata.ts';
import { readPod } from './protobuf/pod.ts';

type Visit = (record: PodRecord) => void;

/** Reads one pod, whatever the format, and hands its record on when it is whole. */
class PodDecoder {
	readonly #parts = newPodParts();
	readonly #projector = new PodProjector();

	decode<Source>(source: Source, read: (source: Source, parts: PodParts) => void, visit: Visit): PodRecord {
		clearPodParts(this.#parts);
		read(source, this.#parts);
		if (this.#parts.name === '') {
			throw new WireError(damage.nameless);
		}
		const record = this.#projector.project(this.#parts);
		visit(record);
		return record;
	}
}

const decoders = new Spare(() => new PodDecoder());

/**
 * Reads a page of `GET /api/v1/pods`: `visit` is called once for each pod, with a record that is good only during the
 * call.
 *
 * @throws Error with a sentence, if the answer is no pod list or is damaged. Pods visited until then are whole, but
 * they are not all.
 */
export function decodePodList(body: Buffer, contentType: string, visit: Visit): ListMeta {
	const list = openPodList(contentType, visit);
	list.push(body);
	return list.end();
}

/** The same while the page comes: `push` and `end` throw what {@link decodePodList} throws. */
export function openPodList(contentType: string, visit: Visit): ListStream {
	const decoder = new PodDecoder();
	return openListStream(
		'pods',
		contentType,
		() => new ProtobufListStream('PodList', 'pods', (reader) => decoder.decode(reader, readPod, visit)),
		() => new JsonListStream('PodList', 'pods', podShape, (object) => decoder.decode(object, readJsonPod, visit)),
	);
}

/**
 * Reads a frame of a watch of pods. `visit` is called with the pod that was added, modified or deleted, and not for a
 * bookmark or an error.
 *
 * @param frame One frame without its length prefix or line end.
 * @throws Error with a sentence, if the frame is damaged or carries something else.
 */
export function decodePodEvent(frame: Buffer, contentType: string, visit: Visit): WatchEventMeta {
	return decoders.use((decoder) =>
		decodeAnswer(
			'pods',
			contentType,
			() =>
				readWatchEvent(frame, 'Pod', (type, reader) => {
					if (type === 'BOOKMARK') {
						return readBookmark(reader);
					}
					const { resourceVersion } = decoder.decode(reader, readPod, visit);
					return { resourceVersion, initialEventsEnd: false };
				}),
			() => readJsonWatchEvent(frame, 'Pod', (object) => decoder.decode(object, readJsonPod, visit)),
		),
	);
}
