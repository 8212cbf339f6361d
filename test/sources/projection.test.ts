import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { newPodParts } from '../../source/model/pod-parts.ts';
import { ReusedList } from '../../source/model/reused-list.ts';
import { podShape, readPod } from '../../source/sources/json/pod.ts';
import { incomplete, Projection, type Shape, unusual } from '../../source/sources/json/projection.ts';

const shape: Shape = { a: true, bc: { a: true, long: { a: true } }, 'with-dash': true };

/** What of a parsed value the shape asks for. */
function wanted(value: unknown, fields: Shape | true): unknown {
	if (fields === true || typeof value !== 'object' || value === null) {
		return value;
	}
	if (Array.isArray(value)) {
		return value.map((item) => wanted(item, fields));
	}
	const found: Record<string, unknown> = {};
	for (const [name, inner] of Object.entries(value)) {
		const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
		if (field !== undefined) {
			found[name] = wanted(inner, field);
		}
	}
	return found;
}

const name = fc.oneof(
	fc.constantFrom('a', 'bc', 'long', 'with-dash', 'other', 'managedFields', ''),
	fc.string({ maxLength: 4 }),
);
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
	tree: fc.oneof(
		{ maxDepth: 4 },
		fc.oneof(
			fc.string(),
			fc.string({ unit: 'grapheme' }),
			fc.double({ noNaN: true, noDefaultInfinity: true }),
			fc.integer(),
		),
		fc.constantFrom(null, true, false, 0, -0.5, 1e300, '"}]', '\\', '{"a":1}', '\u0000'),
		fc.array(tie('tree'), { maxLength: 3 }),
		fc.dictionary(name, tie('tree'), { maxKeys: 4 }),
	),
}));
const object = fc.dictionary(name, tree, { maxKeys: 6 });

/** As `JSON.parse` writes it: names that JavaScript takes for something else are not told apart by the comparison. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('what is read of a JSON object', () => {
	test('is what JSON.parse gives of the wanted fields, and it ends where the object ends', () => {
		fc.assert(
			fc.property(object, fc.nat(3), (value, indent) => {
				const text = JSON.stringify(value, null, indent);
				const projection = new Projection(shape);
				const read = projection.read(Buffer.from(` ${text} ,`), 1);
				if (read === unusual) {
					// Names with escapes in them, which no API server writes, are left to JSON.parse.
					assert.match(text, /\\/);
					return;
				}
				assert.deepEqual(plain(read), plain(wanted(JSON.parse(text), shape)));
				assert.equal(projection.position, 1 + Buffer.byteLength(text));
			}),
		);
	});

	test('is nothing while the object has not come as a whole', () => {
		fc.assert(
			fc.property(object, fc.nat(), (value, cut) => {
				const bytes = Buffer.from(JSON.stringify(value));
				const read = new Projection(shape).read(bytes.subarray(0, cut % bytes.length), 0);
				assert.ok(read === incomplete || read === unusual);
			}),
		);
	});

	test('is left to JSON.parse where it is damaged', () => {
		for (const text of ['{"a":1,}', '{"a" 1}', '{"a":tru}', '{a:1}', '{"a":01}', '{"a":"\u0001"}', '{"a":[1}', '{,}']) {
			assert.equal(new Projection(shape).read(Buffer.from(`${text}  `), 0), unusual, text);
		}
	});
});

/** Parts with what is in their lists. */
function opened(parts: object): unknown {
	return JSON.parse(
		JSON.stringify(parts, (_, value: unknown) =>
			value instanceof ReusedList ? Array.from({ length: value.length }, (_item, index) => value.at(index)) : value,
		),
	);
}

describe('the fields of a pod', () => {
	test('that are read are all wanted', () => {
		const amounts = { cpu: '1', memory: '2Gi' };
		const resources = { requests: amounts, limits: { cpu: '2', memory: '3Gi' } };
		const ended = { reason: 'Error', exitCode: 3, signal: 9, finishedAt: '2026-01-01T00:00:00Z' };
		const container = { name: 'app', image: 'app:1', restartPolicy: 'Always', resources };
		const status = (state: object) => ({
			name: 'app',
			ready: true,
			started: true,
			restartCount: 4,
			state,
			lastState: { terminated: ended },
			resources,
			allocatedResources: amounts,
		});
		const pod = {
			metadata: {
				name: 'web-0',
				namespace: 'web',
				uid: 'u-1',
				resourceVersion: '7',
				creationTimestamp: '2026-01-01T00:00:00Z',
				deletionTimestamp: '2026-01-02T00:00:00Z',
				ownerReferences: [{ kind: 'ReplicaSet', name: 'web', controller: true }],
				managedFields: [{ manager: 'x', fieldsV1: { 'f:metadata': { 'f:labels': {} } } }],
			},
			spec: {
				nodeName: 'n1',
				initContainers: [container],
				containers: [container],
				ephemeralContainers: [container],
				resources,
				overhead: amounts,
			},
			status: {
				phase: 'Running',
				reason: 'NodeLost',
				qosClass: 'Burstable',
				podIP: '10.0.0.1',
				podIPs: [{ ip: '10.0.0.2' }],
				conditions: [
					{ type: 'Ready', status: 'True' },
					{ type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' },
					{ type: 'PodResizePending', status: 'True', reason: 'Infeasible' },
				],
				initContainerStatuses: [status({ terminated: ended })],
				containerStatuses: [status({ running: { startedAt: '2026-01-01T00:00:01Z' } })],
				ephemeralContainerStatuses: [status({ waiting: { reason: 'CrashLoopBackOff' } })],
				resources,
				allocatedResources: amounts,
			},
		};
		const [whole, projected] = [newPodParts(), newPodParts()];
		readPod(pod, whole);
		const read = new Projection(podShape).read(Buffer.from(JSON.stringify(pod)), 0);
		assert.ok(read !== incomplete && read !== unusual);
		readPod(read, projected);
		assert.deepEqual(opened(projected), opened(whole));
		const missing = Object.entries(whole).filter(([, value]) => value === '' || Number.isNaN(value));
		assert.deepEqual(missing, []);
	});
});
