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
		const body = readBytes('states/pods.page.protobuf');
		const names: string[] = [];
		const list = openPodList(protobuf, ({ name }) => names.push(name));
		let pushed = 0;
		while (names.length === 0) {
			assert.equal(list.meta, null);
			list.push(body.subarray(pushed, pushed + 64));
			pushed += 64;
		}
		assert.ok(pushed < body.length);
		assert.notEqual(list.meta?.continueToken, '');
	});

	test('is refused if it ends between two items', () => {
		const item = bytes(2, bytes(1, text(1, 'a')));
		const body = envelope('PodList', item, item);
		const list = openPodList(protobuf, () => {});
		list.push(body.subarray(0, body.length - item.length));
		assert.throws(() => list.end(), /it ends too early/);
	});
});
