/** Usage of nodes from `metrics.k8s.io`, v1 or v1beta1, in protobuf and JSON. */
import { damage } from '../messages/en/sources.ts';
import type { ListMeta, NodeUsageRecord } from '../model/records.ts';
import { type ListStream, openListStream, WireError } from './answer.ts';
import { JsonListStream } from './json/list-stream.ts';
import { nodeUsageShape, readNodeUsage as readJsonNodeUsage } from './json/usage.ts';
import { ProtobufListStream } from './protobuf/list-stream.ts';
import { readNodeUsage } from './protobuf/usage.ts';
import { clearNodeUsage, newNodeUsage } from './usage-parts.ts';

type Visit = (record: NodeUsageRecord) => void;

const what = 'node metrics';

/**
 * Reads the answer to `GET /apis/metrics.k8s.io/…/nodes`: `visit` is called once for each node, with a record that is
 * good only during the call.
 *
 * @throws Error with a sentence, if the answer is no list of node metrics or is damaged. Items visited until then are
 * whole, but they are not all.
 */
export function decodeNodeMetricsList(body: Buffer, contentType: string, visit: Visit): ListMeta {
	const list = openNodeMetricsList(contentType, visit);
	list.push(body);
	return list.end();
}

/** The same while the answer comes: `push` and `end` throw what {@link decodeNodeMetricsList} throws. */
export function openNodeMetricsList(contentType: string, visit: Visit): ListStream {
	const node = newNodeUsage();
	const decode = <Source>(source: Source, read: (source: Source, node: NodeUsageRecord) => void) => {
		clearNodeUsage(node);
		read(source, node);
		if (node.name === '') {
			throw new WireError(damage.nameless);
		}
		visit(node);
	};
	return openListStream(
		what,
		contentType,
		() => new ProtobufListStream('NodeMetricsList', what, (reader) => decode(reader, readNodeUsage)),
		() => new JsonListStream('NodeMetricsList', what, nodeUsageShape, (object) => decode(object, readJsonNodeUsage)),
	);
}
