import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FrameTooLong, frameSplitter } from '../../source/kube/frames.ts';

const json = 'application/json';
const protobuf = 'application/vnd.kubernetes.protobuf;stream=watch';

function split(contentType: string, stream: Buffer, cuts: number[]): { frames: Buffer[]; pending: number } {
	const splitter = frameSplitter(contentType);
	const frames: Buffer[] = [];
	let start = 0;
	for (const cut of [...cuts.map((value) => value % (stream.length + 1)).sort((a, b) => a - b), stream.length]) {
		// A copy, so that a view of an earlier chunk cannot be right by chance.
		splitter.push(Buffer.from(stream.subarray(start, cut)), (frame) => frames.push(Buffer.from(frame)));
		start = cut;
	}
	return { frames, pending: splitter.pending };
}

function prefixed(frame: Buffer): Buffer {
	const length = Buffer.alloc(4);
	length.writeUInt32BE(frame.length);
	return Buffer.concat([length, frame]);
}

const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('a watch', () => {
	test('in JSON comes apart at the line ends, however it is chunked', () => {
		const documents = fc.array(
			fc.json().map((text) => text.replaceAll('\n', ' ')),
			{ maxLength: 8 },
		);
		fc.assert(
			fc.property(documents, cuts, (texts, at) => {
				const { frames, pending } = split(json, Buffer.from(texts.map((text) => `${text}\n`).join('')), at);
				assert.deepEqual(
					frames.map(String),
					texts.filter((text) => text !== ''),
				);
				assert.equal(pending, 0);
			}),
		);
	});
	test('in protobuf comes apart by the lengths, however it is chunked', () => {
		const bodies = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 8 });
		fc.assert(
			fc.property(bodies, cuts, (arrays, at) => {
				const wanted = arrays.map((bytes) => Buffer.from(bytes));
				const { frames, pending } = split(protobuf, Buffer.concat(wanted.map(prefixed)), at);
				assert.deepEqual(frames, wanted);
				assert.equal(pending, 0);
			}),
		);
	});
	test('that ends within a frame has something pending', () => {
		assert.equal(split(json, Buffer.from('{"a":1}\n{"b"'), []).pending, 4);
		assert.equal(split(protobuf, Buffer.from([0, 0, 0, 5, 1, 2]), [1, 3]).pending, 6);
		assert.equal(split(protobuf, Buffer.from([0, 0]), []).pending, 2);
	});
	test('with blank lines has no empty frames', () => {
		assert.deepEqual(split(json, Buffer.from('\r\n\n{}\n\n'), []).frames.map(String), ['{}']);
	});
	test('whose length cannot be one is refused', () => {
		assert.throws(() => split(protobuf, Buffer.from('{"kind":"Status"}'), []), FrameTooLong);
	});
});
