/** Nodes of the API server's `v1` API: lists and watches, in protobuf and JSON. */
import { damage } from '../messages/en/sources.ts';
import { clearNodeParts, type NodeParts, newNodeParts } from '../model/node-parts.ts';
import { newNodeRecord, projectNode } from '../model/node-status.ts';
import type { ListMeta, NodeRecord, WatchEventMeta } from '../model/records.ts';
import { decodeAnswer, type ListStream, openListStream, Spare, WireError } from './answer.ts';
import { JsonListStream } from './json/list-stream.ts';
import { readWatchEvent as readJsonWatchEvent } from './json/metadata.ts';
import { nodeShape, readNode as readJsonNode } from './json/node.ts';
import { readWatchEvent } from './protobuf/envelope.ts';
import { ProtobufListStream } from './protobuf/list-stream.ts';
import { readBookmark } from './protobuf/metadata.ts';
import { readNode } from './protobuf/node.ts';

type Visit = (record: NodeRecord) => void;

/** Reads one node, whatever the format, and hands its record on when it is whole. */
class NodeDecoder {
	readonly #parts = newNodeParts();
	readonly #record = newNodeRecord();

	decode<Source>(source: Source, read: (source: Source, parts: NodeParts) => void, visit: Visit): NodeRecord {
		clearNodeParts(this.#parts);
		read(source, this.#parts);
		if (this.#parts.name === '') {
			throw new WireError(damage.nameless);
		}
		projectNode(this.#parts, this.#record);
		visit(this.#record);
		return this.#record;
	}
}

const decoders = new Spare(() => new NodeDecoder());

/**
 * Reads a page of `GET /api/v1/nodes`: `visit` is called once for each node, with a record that is good only during
 * the call.
 *
 * @throws Error with a sentence, if the answer is no node list or is damaged. Nodes visited until then are whole, but
 * they are not all.
 */
export function decodeNodeList(body: Buffer, contentType: string, visit: Visit): ListMeta {
	const list = openNodeList(contentType, visit);
	list.push(body);
	return list.end();
}

/** The same while the page comes: `push` and `end` throw what {@link decodeNodeList} throws. */
export function openNodeList(contentType: string, visit: Visit): ListStream {
	const decoder = new NodeDecoder();
	return openListStream(
		'nodes',
		contentType,
		() => new ProtobufListStream('NodeList', 'nodes', (reader) => decoder.decode(reader, readNode, visit)),
		() => new JsonListStream('NodeList', 'nodes', nodeShape, (object) => decoder.decode(object, readJsonNode, visit)),
	);
}

/**
 * Reads a frame of a watch of nodes. `visit` is called with the node that was added, modified or deleted, and not for
 * a bookmark or an error.
 *
 * @param frame One frame without its length prefix or line end.
 * @throws Error with a sentence, if the frame is damaged or carries something else.
 */
export function decodeNodeEvent(frame: Buffer, contentType: string, visit: Visit): WatchEventMeta {
	return decoders.use((decoder) =>
		decodeAnswer(
			'nodes',
			contentType,
			() =>
				readWatchEvent(frame, 'Node', (type, reader) => {
					if (type === 'BOOKMARK') {
						return readBookmark(reader);
					}
					const { resourceVersion } = decoder.decode(reader, readNode, visit);
					return { resourceVersion, initialEventsEnd: false };
				}),
			() => readJsonWatchEvent(frame, 'Node', (object) => decoder.decode(object, readJsonNode, visit)),
		),
	);
}
