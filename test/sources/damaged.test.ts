import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { ListMeta, PodRecord } from '../../source/model/records.ts';
import { decodeNodeMetricsList } from '../../source/sources/node-metrics.ts';
import { decodeNodeList } from '../../source/sources/nodes.ts';
import { decodePodMetricsList } from '../../source/sources/pod-metrics.ts';
import { decodePodEvent, decodePodList } from '../../source/sources/pods.ts';
import { answer, bytes, integer, text, varint } from './encode.ts';
import { collect, frames, json, protobuf, readBytes } from './fixture.ts';

type Decode = (body: Buffer, contentType: string, visit: (record: { name: string }) => void) => unknown;

/** One sentence for people: no control characters, no stack, no bytes of the answer. */
const sentence =
	/^The answer to the request for (?:pods|nodes|pod metrics|node metrics) cannot be read as (?:protobuf|JSON): [\x20-\x7e“”]+\. It was cut off or changed on its way; it will be asked for again\.$/;

/** Every damaged answer is either refused in a sentence, or it reads as `whole` says. */
function checkDamaged(decode: Decode, damaged: Buffer, contentType: string, whole: unknown): void {
	let got: unknown;
	try {
		got = collect(decode, damaged, contentType);
	} catch (error) {
		assert.ok(error instanceof Error);
		assert.match(error.message, sentence);
		return;
	}
	assert.deepEqual(got, whole);
}

const answers: readonly [name: string, file: string, contentType: string, decode: Decode][] = [
	['a pod list in protobuf', 'states/pods.page.protobuf', protobuf, decodePodList],
	['a pod list in JSON', 'states/pods.page.json', json, decodePodList],
	['a node list in protobuf', 'states/nodes.page.protobuf', protobuf, decodeNodeList],
	['a node list in JSON', 'states/nodes.page.json', json, decodeNodeList],
	['pod metrics in protobuf', 'cluster/pods.metrics.protobuf', protobuf, decodePodMetricsList],
	['pod metrics in JSON', 'cluster/pods.metrics.json', json, decodePodMetricsList],
	['node metrics in protobuf', 'cluster/nodes.metrics.protobuf', protobuf, decodeNodeMetricsList],
	['node metrics in JSON', 'cluster/nodes.metrics.json', json, decodeNodeMetricsList],
];

describe('an answer that was cut off', () => {
	for (const [name, file, contentType, decode] of answers) {
		test(`is refused: ${name}`, () => {
			const body = readBytes(file);
			const whole = collect(decode, body, contentType);
			// Behind the object stand two empty fields and a line end, which nobody misses.
			for (let length = 0; length < body.length; length++) {
				checkDamaged(decode, body.subarray(0, length), contentType, whole);
			}
			assert.throws(() => decode(body.subarray(0, -5), contentType, () => {}), { message: sentence });
		});
	}

	test('is refused: a watch frame', () => {
		for (const [contentType, file] of [
			[protobuf, 'states/watch.protobuf'],
			[json, 'states/watch.json'],
		] as const) {
			const [frame = Buffer.alloc(0)] = frames(readBytes(file), contentType);
			const whole = collect(decodePodEvent, frame, contentType);
			for (let length = 0; length < frame.length; length++) {
				checkDamaged(decodePodEvent, frame.subarray(0, length), contentType, whole);
			}
		}
	});
});

describe('an answer with wrong bytes', () => {
	for (const [name, file, contentType, decode] of answers) {
		test(`is refused or has whole records: ${name}`, () => {
			const body = readBytes(file);
			const position = fc.nat(body.length - 1);
			const changes = fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 });
			fc.assert(
				fc.property(changes, (changed) => {
					const damaged = Buffer.from(body);
					for (const [at, value] of changed) {
						damaged[at] = value;
					}
					try {
						for (const { name: objectName } of collect(decode, damaged, contentType).records) {
							assert.notEqual(objectName, '');
							assert.doesNotMatch(objectName, /[\p{Cc}\p{Cf}\p{Cs}]/u);
						}
					} catch (error) {
						assert.ok(error instanceof Error);
						assert.match(error.message, /^(?:The answer to the request for|Instead of) /);
					}
				}),
				{ numRuns: 300 },
			);
		});
	}

	test('of any other content is refused', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(json, protobuf), (content, contentType) => {
				const noise = Buffer.concat([Buffer.from(contentType === protobuf ? 'k8s\0' : ''), content]);
				assert.throws(() => decodePodList(noise, contentType, () => {}), { message: sentence });
			}),
		);
	});
});

describe('an answer that is not what was asked for', () => {
	const refused = (body: string | Buffer, contentType: string, message: RegExp) =>
		assert.throws(() => decodePodList(Buffer.from(body), contentType, () => {}), { message });

	test('is refused if it is HTML', () => {
		refused(
			'<html><title>Log in</title>',
			'text/html; charset=utf-8',
			/text\/html; charset=utf-8, neither JSON nor protobuf/,
		);
		refused('', '', /something without a content type/);
		refused('', 'text/\x1b[31mhtml', /is text\/html, neither/);
	});

	test('is refused if it holds another kind', () => {
		refused('{"kind":"NodeList","items":[]}', json, /it holds a NodeList/);
		refused('{}', json, /it does not say what it holds/);
		refused(answer('NodeList'), protobuf, /it holds a NodeList/);
		refused('[]', json, /it is not complete JSON/);
	});

	test('is told in the server’s words if it is a Status', () => {
		const message = /^Instead of pods the API server sent: pods is forbidden$/;
		refused('{"kind":"Status","message":"pods is forbidden","code":403}', json, message);
		refused(answer('Status', text(3, 'pods is forbidden'), integer(6, 403n)), protobuf, message);
	});

	test('is refused if something in it has the wrong type', () => {
		const list = (item: string) => `{"kind":"PodList","items":[${item}]}`;
		refused(list('7'), json, /items is not a list of objects/);
		refused('{"kind":"PodList","items":{}}', json, /items is not a list/);
		refused(list('{"metadata":"x"}'), json, /metadata is not an object/);
		refused(list('{"metadata":{"name":7}}'), json, /name is not text/);
		refused(list('{"metadata":{"name":"a","creationTimestamp":"yesterday"}}'), json, /creationTimestamp is not a time/);
		refused(list('{"metadata":{}}'), json, /an object in it has no name/);
		const limits =
			'{"metadata":{"name":"a"},"spec":{"containers":[{"resources":{"limits":{"memory":"much\\u001b[2J"}}}]}}';
		refused(list(limits), json, /“much” is not a quantity/);
	});

	test('is refused if its protobuf contradicts itself', () => {
		const pod = (...parts: Buffer[]) => answer('PodList', bytes(2, ...parts));
		refused(pod(), protobuf, /an object in it has no name/);
		refused(pod(integer(1, 5n)), protobuf, /field 1 has wire type 0/);
		refused(pod(Buffer.from([0x0b])), protobuf, /field 1 has wire type 3/);
		refused(pod(bytes(1, text(1, 'a')), Buffer.from([0x12, 0x7f])), protobuf, /a part of it is longer than the whole/);
		refused(pod(Buffer.alloc(12, 0xff)), protobuf, /a number in it is too long/);
		refused(pod(Buffer.from([0x00])), protobuf, /field 0 has wire type 0/);
		refused(answer('PodList').subarray(4), protobuf, /does not begin with k8s/);
		const encoded = Buffer.concat([answer('PodList'), text(3, 'gzip')]);
		refused(encoded, protobuf, /its content is encoded as gzip/);
	});
});

test('what a visitor throws passes through unchanged', () => {
	const mine = new TypeError('mine');
	const throwing = () => {
		throw mine;
	};
	assert.throws(() => decodePodList(readBytes('states/pods.protobuf'), protobuf, throwing), mine);
	assert.throws(() => decodePodList(readBytes('states/pods.json'), json, throwing), mine);
});

test('numbers on the wire come back, the negative ones too', () => {
	const exitCodeOf = (value: bigint): string => {
		const terminated = bytes(3, integer(1, value));
		const status = bytes(3, bytes(8, text(1, 'app'), bytes(2, terminated)));
		const body = answer('PodList', bytes(2, bytes(1, text(1, 'a')), status));
		let state = '';
		decodePodList(body, protobuf, (pod: PodRecord) => {
			state = pod.status;
		});
		return state;
	};
	fc.assert(
		fc.property(fc.bigInt(-(2n ** 31n), 2n ** 31n - 1n), (value) => {
			assert.equal(exitCodeOf(value), `ExitCode:${value}`);
		}),
	);
	const remaining = (value: bigint): ListMeta =>
		decodePodList(answer('PodList', bytes(1, integer(4, value))), protobuf, () => {});
	assert.equal(remaining(2n ** 53n - 1n).remainingItemCount, 2 ** 53 - 1);
	assert.equal(remaining(-5n).remainingItemCount, -5);
	assert.equal(varint(-1n).length, 10);
});

test('fields that came after this program are skipped', () => {
	const unknown = [
		integer(500, 7n),
		text(501, 'x'),
		Buffer.concat([varint(502n * 8n + 1n), Buffer.alloc(8)]),
		Buffer.concat([varint(503n * 8n + 5n), Buffer.alloc(4)]),
	];
	const body = answer('PodList', ...unknown, bytes(2, ...unknown, bytes(1, ...unknown, text(1, 'a')), ...unknown));
	const { records } = collect(decodePodList, body, protobuf);
	assert.deepEqual(
		records.map(({ name }) => name),
		['a'],
	);
});
