/** From what the screen knows a subject by, its uid, to what the cluster knows it by, its names. */
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { Reading } from '../../model/reading.ts';
import type { ContainerSubject, NodeSubject, PodSubject } from '../../model/subject.ts';
import type { Subject } from '../messages.ts';

/** null if it is not there, or no more. A container may have ended meanwhile: its pod tells. */
export function targetOf(fleet: Fleet, subject: Subject): NodeSubject | PodSubject | ContainerSubject | null {
	const { nodes, pods } = fleet;
	if (subject.kind === 'node') {
		const slot = nodes.uid.values.indexOf(subject.uid);
		return slot < 0 ? null : { kind: 'node', name: nodes.name.get(slot) };
	}
	if (subject.kind === 'process') {
		return null;
	}
	const slot = pods.findUid(subject.kind === 'pod' ? subject.uid : subject.podUid);
	if (slot < 0) {
		return null;
	}
	const namespace = pods.namespace.get(slot);
	const name = pods.name.get(slot);
	return subject.kind === 'pod'
		? { kind: 'pod', namespace, name, uid: subject.uid }
		: { kind: 'container', namespace, pod: name, container: subject.uid.slice(subject.podUid.length + 1), id: '' };
}

/**
 * What kubectl top says of each pod of a node, from the samples of the newest poll: the way from the node to its pods
 * needs no question of its own.
 */
export function podsOfNode({ nodeNames, podPoll, pods }: Fleet, node: string): Reading[] {
	const wanted = nodeNames.find(node);
	const readings: Reading[] = [];
	for (const slot of pods.slots.all()) {
		if (podPoll === 0 || pods.node.id(slot) !== wanted || pods.sampledIn.get(slot) < podPoll) {
			continue;
		}
		const common = {
			source: 'metrics-api' as const,
			at: pods.sampledAt.get(slot),
			part: `pod/${pods.namespace.get(slot)}/${pods.name.get(slot)}`,
		};
		readings.push(
			{
				...common,
				quantity: 'workingSet',
				value: pods.memory.get(slot),
				field: 'PodMetrics Σ containers[].usage.memory',
				window: Number.NaN,
			},
			{
				...common,
				quantity: 'cpuRate',
				value: pods.cpu.get(slot),
				field: 'PodMetrics Σ containers[].usage.cpu',
				window: pods.sampleWindow.get(slot),
			},
		);
	}
	return readings;
}
