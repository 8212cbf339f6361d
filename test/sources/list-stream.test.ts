import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { openPodMetricsList } from '../../source/sources/pod-metrics.ts';
import { decodePodList, openPodList } from '../../source/sources/pods.ts';
import { bytes, answer as envelope, text } from './encode.ts';
import { collect, json, protobuf, readBytes } from './fixture.ts';

type Open = typeof openPodList | typeof openPodMetricsList;

function inPieces(open: Open, body: Buffer, contentType: string, size: number) {
	const names: string[] = [];
	const list = open(contentType, ({ name }: { name: string }) => names.push(name));
	for (let start = 0; start < body.length; start += size) {
		list.push(body.subarray(start, start + size));
	}
	return { names, meta: list.end() };
}

describe('a list that is read while it comes', () => {
	for (const [contentType, file] of [
		[protobuf, 'states/pods.page.protobuf'],
		[json, 'states/pods.page.json'],
	] as const) {
		test(`reads the same, however it was cut: ${contentType}`, () => {
			const body = readBytes(file);
			const { meta, records } = collect(decodePodList, body, contentType);
			for (const size of [1, 2, 3, 7, 100, 777, 4096, body.length]) {
				const read = inPieces(openPodList, body, contentType, size);
				assert.deepEqual(read.meta, meta);
				assert.deepEqual(
					read.names,
					records.map(({ name }) => name),
				);
			}
		});
	}

	test('hands on each item as soon as it is whole, and knows early where the next page begins', () => {
		const item = (name: string) => bytes(2, bytes(1, text(1, name)));
		const body = envelope('PodList', bytes(1, text(3, 'token')), item('a'), item('b'), item('c'));
		const seen: string[] = [];
		const list = openPodList(protobuf, ({ name }) => seen.push(`${name} of ${list.meta?.continueToken}`));
		const perByte: number[] = [];
		for (const byte of body) {
			list.push(Buffer.from([byte]));
			perByte.push(seen.length);
		}
		assert.deepEqual(seen, ['a of token', 'b of token', 'c of token']);
		assert.equal(perByte.at(-1 - item('c').length), 2);
	});

	test('is refused if it ends between two items', () => {
		const item = bytes(2, bytes(1, text(1, 'a')));
		const body = envelope('PodList', item, item);
		const list = openPodList(protobuf, () => {});
		list.push(body.subarray(0, body.length - item.length));
		assert.throws(() => list.end(), /it ends too early/);
	});
});
