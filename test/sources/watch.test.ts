import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { WatchEventMeta } from '../../source/model/records.ts';
import { decodeNodeEvent } from '../../source/sources/nodes.ts';
import { decodePodEvent, decodePodList } from '../../source/sources/pods.ts';
import { bytes, text } from './encode.ts';
import { collect, frames, json, protobuf, readBytes } from './fixture.ts';

const formats = [
	['protobuf', `${protobuf};stream=watch`, 'protobuf'],
	['JSON', json, 'json'],
] as const;

for (const [format, contentType, suffix] of formats) {
	describe(`a watch in ${format}`, () => {
		const watched = frames(readBytes(`states/watch.${suffix}`), contentType);

		test('brings each state of the pod, and a bookmark without one', () => {
			const events = watched.map((frame) => collect(decodePodEvent, frame, contentType));
			const changes = events.map(({ meta, records }) => `${meta.type} ${records.map(({ status }) => status)}`);
			assert.deepEqual(changes.slice(0, 5), [
				'ADDED Pending',
				'MODIFIED Running',
				'MODIFIED Terminating',
				'DELETED Terminating',
				'BOOKMARK ',
			]);
			assert.ok(changes.slice(5).every((change) => change === 'BOOKMARK '));
			for (const { meta, records } of events.slice(0, 4)) {
				assert.equal(records.length, 1);
				assert.equal(records[0]?.name, 'watched');
				assert.equal(records[0]?.resourceVersion, meta.resourceVersion);
				assert.equal(meta.initialEventsEnd, false);
			}
			const versions = events.map(({ meta }) => Number(meta.resourceVersion));
			assert.deepEqual(
				versions,
				versions.toSorted((a, b) => a - b),
			);
		});

		test('that began too long ago ends with 410', () => {
			const [frame, ...others] = frames(readBytes(`states/expired.${suffix}`), contentType);
			assert.equal(others.length, 0);
			const { meta, records } = collect(decodePodEvent, frame as Buffer, contentType);
			assert.equal(records.length, 0);
			assert.equal(meta.type, 'ERROR');
			assert.equal(meta.code, 410);
			assert.match(meta.message, /^too old resource version: 1 \(\d+\)$/);
		});

		test('of nodes refuses a frame with a pod', () => {
			assert.throws(() => decodeNodeEvent(watched[0] as Buffer, contentType, () => {}), /it holds a Pod/);
		});
	});
}

test('a bookmark tells the end of the initial events', () => {
	const annotation = 'k8s.io/initial-events-end';
	const inJson = Buffer.from(
		`{"type":"BOOKMARK","object":{"kind":"Node","metadata":{"resourceVersion":"7","annotations":{"${annotation}":"true"}}}}`,
	);
	// WatchEvent { type, RawExtension { "k8s\0" + Unknown { TypeMeta { apiVersion, kind }, raw: Node { ObjectMeta } } } }
	const metadata = [text(6, '7'), bytes(12, text(1, annotation), text(2, 'true'))];
	const unknown = [bytes(1, text(1, 'v1'), text(2, 'Node')), bytes(2, bytes(1, ...metadata))];
	const inProtobuf = Buffer.concat([text(1, 'BOOKMARK'), bytes(2, bytes(1, Buffer.from('k8s\0'), ...unknown))]);
	const expected: WatchEventMeta = {
		type: 'BOOKMARK',
		resourceVersion: '7',
		initialEventsEnd: true,
		code: 0,
		message: '',
	};
	const unexpected = () => assert.fail('a bookmark carries no node');
	assert.deepEqual(decodeNodeEvent(inJson, json, unexpected), expected);
	assert.deepEqual(decodeNodeEvent(inProtobuf, protobuf, unexpected), expected);
});

test('a visitor may decode another answer meanwhile', () => {
	const list = readBytes('states/pods.protobuf');
	const names: string[] = [];
	decodePodList(list, protobuf, (pod) => {
		decodePodList(readBytes('cluster/pods.page.protobuf'), protobuf, () => {});
		names.push(pod.name);
	});
	assert.deepEqual(
		names,
		collect(decodePodList, list, protobuf).records.map(({ name }) => name),
	);
});
