/** Usage of nodes from `metrics.k8s.io`, v1 or v1beta1, in protobuf and JSON. */
import { damage } from '../messages/en/sources.ts';
import type { ListMeta, NodeUsageRecord } from '../model/records.ts';
import { decodeAnswer, Spare, WireError } from './answer.ts';
import { readList as readJsonList } from './json/metadata.ts';
import { readNodeUsage as readJsonNodeUsage } from './json/usage.ts';
import { openAnswer } from './protobuf/envelope.ts';
import { readList } from './protobuf/metadata.ts';
import { readNodeUsage } from './protobuf/usage.ts';
import { clearNodeUsage, newNodeUsage } from './usage-parts.ts';

type Visit = (record: NodeUsageRecord) => void;

const spare = new Spare(newNodeUsage);
const what = 'node metrics';

/**
 * Reads the answer to `GET /apis/metrics.k8s.io/…/nodes`: `visit` is called once for each node, with a record that is
 * good only during the call.
 *
 * @throws Error with a sentence, if the answer is no list of node metrics or is damaged. Items visited until then are
 * whole, but they are not all.
 */
export function decodeNodeMetricsList(body: Buffer, contentType: string, visit: Visit): ListMeta {
	return spare.use((node) => {
		const decode = <Source>(source: Source, read: (source: Source, node: NodeUsageRecord) => void) => {
			clearNodeUsage(node);
			read(source, node);
			if (node.name === '') {
				throw new WireError(damage.nameless);
			}
			visit(node);
		};
		return decodeAnswer(
			what,
			contentType,
			() => readList(openAnswer(body, 'NodeMetricsList', what), (reader) => decode(reader, readNodeUsage)),
			() => readJsonList(body, 'NodeMetricsList', what, (object) => decode(object, readJsonNodeUsage)),
		);
	});
}
