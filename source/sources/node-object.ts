/** One node of the API server as a subject of a ledger: what it has and may give away, and the versions on it. */
import { asked } from '../messages/en/kubelet.ts';
import { damage } from '../messages/en/sources.ts';
import { clearNodeParts, newNodeParts } from '../model/node-parts.ts';
import { newNodeRecord, projectNode } from '../model/node-status.ts';
import type { Reading } from '../model/reading.ts';
import type { NodeRecord } from '../model/records.ts';
import type { NodeSubject } from '../model/subject.ts';
import { WireError } from './answer.ts';
import { objectField, wordField } from './json/fields.ts';
import { readNode } from './json/node.ts';
import { readJson } from './kubelet-answer.ts';
import { ReadingList } from './subject-readings.ts';

export interface NodeObject {
	subject: NodeSubject;
	record: NodeRecord;
	/** Of this run of its machine: /proc/sys/kernel/random/boot_id. '' if the node does not tell. */
	bootId: string;
	readings: readonly Reading[];
}

/**
 * @param receivedAt when the answer came, by the server's clock
 * @throws Error with a sentence, if the answer is no node or is damaged
 */
export function decodeNodeObject(body: Buffer, contentType: string, receivedAt: number): NodeObject {
	return readJson(asked.node, body, contentType, (value) => {
		const object = objectField({ answer: value }, 'answer');
		if (wordField(object, 'kind') !== 'Node') {
			throw new WireError(damage.kind(wordField(object, 'kind')));
		}
		const parts = newNodeParts();
		clearNodeParts(parts);
		readNode(object, parts);
		const record = newNodeRecord();
		projectNode(parts, record);
		const subject: NodeSubject = { kind: 'node', name: record.name };
		const list = new ReadingList(subject, 'node-status');
		list.add('cpuCapacity', record.cpuCapacity, 'status.capacity.cpu', receivedAt);
		list.add('memoryCapacity', record.memoryCapacity, 'status.capacity.memory', receivedAt);
		list.add('cpuAllocatable', record.cpuAllocatable, 'status.allocatable.cpu', receivedAt);
		list.add('memoryAllocatable', record.memoryAllocatable, 'status.allocatable.memory', receivedAt);
		const bootId = wordField(objectField(objectField(object, 'status'), 'nodeInfo'), 'bootID');
		return { subject, record, bootId, readings: list.readings };
	});
}
