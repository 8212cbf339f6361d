/** Usage of pods from `metrics.k8s.io`, v1 or v1beta1, in protobuf and JSON. */
import { damage } from '../messages/en/sources.ts';
import type { ListMeta, PodUsageRecord } from '../model/records.ts';
import { type ListStream, openListStream, WireError } from './answer.ts';
import { JsonListStream } from './json/list-stream.ts';
import { podUsageShape, readPodUsage as readJsonPodUsage } from './json/usage.ts';
import { ProtobufListStream } from './protobuf/list-stream.ts';
import { readPodUsage } from './protobuf/usage.ts';
import { PodUsageParts } from './usage-parts.ts';

type Visit = (record: PodUsageRecord) => void;

const what = 'pod metrics';

/**
 * Reads the answer to `GET /apis/metrics.k8s.io/…/pods`: `visit` is called once for each pod, with a record that is
 * good only during the call.
 *
 * @throws Error with a sentence, if the answer is no list of pod metrics or is damaged. Items visited until then are
 * whole, but they are not all.
 */
export function decodePodMetricsList(body: Buffer, contentType: string, visit: Visit): ListMeta {
	const list = openPodMetricsList(contentType, visit);
	list.push(body);
	return list.end();
}

/** The same while the answer comes: `push` and `end` throw what {@link decodePodMetricsList} throws. */
export function openPodMetricsList(contentType: string, visit: Visit): ListStream {
	const pod = new PodUsageParts();
	const decode = <Source>(source: Source, read: (source: Source, pod: PodUsageParts) => void) => {
		pod.clear();
		read(source, pod);
		pod.end();
		if (pod.name === '') {
			throw new WireError(damage.nameless);
		}
		visit(pod);
	};
	return openListStream(
		what,
		contentType,
		() => new ProtobufListStream('PodMetricsList', what, (reader) => decode(reader, readPodUsage)),
		() => new JsonListStream('PodMetricsList', what, podUsageShape, (object) => decode(object, readJsonPodUsage)),
	);
}
