import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeObject } from '../../../source/demo/formats/protobuf/decode.ts';
import { encodeItems, encodeMessage, watchFrame, wrap } from '../../../source/demo/formats/protobuf/encode.ts';
import { messageType } from '../../../source/demo/formats/protobuf/schema.ts';

function typeOf(kind: string) {
	const type = messageType(kind);
	assert.ok(type, kind);
	return type;
}

const time = '2026-11-21T10:24:06Z';
const nodeMetrics = {
	metadata: { name: 'node-a', creationTimestamp: time, labels: { 'kubernetes.io/os': 'linux', a: 'ü' } },
	timestamp: '2026-11-21T10:23:55Z',
	window: '20.1s',
	usage: { memory: '1283520Ki', cpu: '548017680n' },
};
const pod = {
	metadata: {
		name: 'p',
		namespace: 'n',
		generation: 1,
		managedFields: [
			{
				manager: 'kubelet',
				operation: 'Update',
				apiVersion: 'v1',
				time,
				fieldsType: 'FieldsV1',
				fieldsV1: { 'f:status': {} },
				subresource: 'status',
			},
		],
	},
	spec: {
		containers: [{ name: 'c', resources: { limits: { memory: '64Mi' } } }],
		priority: 0,
		terminationGracePeriodSeconds: 30,
	},
	status: {
		phase: 'Running',
		conditions: [{ type: 'Ready', status: 'True', lastProbeTime: null }],
		containerStatuses: [{ name: 'c', restartCount: 300, started: true, state: { running: { startedAt: time } } }],
	},
};

// Both texts were read by Go's own code (k8s.io/api, k8s.io/metrics 0.36.3) and written again to the same bytes.
const nodeMetricsBytes =
	'6b3873000a250a166d6574726963732e6b38732e696f2f76316265746131120b4e6f64654d6574726963731282010a420a066e6f64652d6112001a0022002a0032003800420808c6e285d80610005a070a01611202c3bc5a190a106b756265726e657465732e696f2f6f7312056c696e7578120808bbe285d80610001a060880d2b6f04a22130a03637075120c0a0a3534383031373638306e22150a066d656d6f7279120b0a09313238333532304b691a002200';
const podBytes =
	'6b3873000a090a0276311203506f641282020a590a017012001a016e22002a003200380142008a01440a076b7562656c657412065570646174651a027631220808c6e285d806100032084669656c647356313a110a0f7b22663a737461747573223a7b7d7d4206737461747573124e122b0a016312002a0042120a100a066d656d6f727912060a0436344d696a007200800100880100900100a201001a00201e320042004a0052005800600068008201008a01009a0100c20100c801001a550a0752756e6e696e6712170a0552656164791204547275651a0022002a00320038001a0022002a00320042200a0163120c120a0a0808c6e285d80610001a00200028ac0232003a00420048014a005a0072008801001a002200';

describe('protobuf', () => {
	test('is written byte for byte as by Go', () => {
		const metrics = wrap('metrics.k8s.io/v1beta1', 'NodeMetrics', encodeMessage(typeOf('NodeMetrics'), nodeMetrics));
		assert.equal(metrics.toString('hex'), nodeMetricsBytes);
		assert.equal(wrap('v1', 'Pod', encodeMessage(typeOf('Pod'), pod)).toString('hex'), podBytes);
	});

	test('writes the same object the same way a second time, from what it remembers of the first', () => {
		const write = () => wrap('v1', 'Pod', encodeMessage(typeOf('Pod'), pod)).toString('hex');
		assert.equal(write(), write());
	});

	test('frames a watch event with its length', () => {
		const object = wrap('v1', 'Pod', encodeMessage(typeOf('Pod'), pod));
		const frame = watchFrame('ADDED', object);
		assert.equal(frame.readUInt32BE(0), frame.length - 4);
		assert.equal(frame.subarray(4, 11).toString('latin1'), '\x0a\x05ADDED');
		assert.ok(frame.includes(object));
	});

	test('writes the items of a list one after the other, each with its length', () => {
		const type = typeOf('NodeMetrics');
		const one = encodeMessage(type, nodeMetrics);
		const several = encodeItems(type, [nodeMetrics, { metadata: { name: 'b' } }]);
		assert.deepEqual([...several.subarray(0, 3)], [0x12, 0x82, 0x01]);
		assert.ok(several.subarray(3, 3 + one.length).equals(one));
		assert.ok(several.length > one.length + 3);
	});

	test('texts beyond ASCII and large numbers survive a round trip', () => {
		const type = typeOf('Status');
		const status = {
			message: 'ü 数据 👩',
			reason: '\u0000',
			code: 2 ** 31 - 1,
			details: { name: 'x', causes: [], retryAfterSeconds: 0 },
		};
		const { message, reason, code } = decodeObject(wrap('v1', 'Status', encodeMessage(type, status)));
		assert.deepEqual({ message, reason, code }, { message: 'ü 数据 👩', reason: '\u0000', code: 2 ** 31 - 1 });
	});

	test('a posted body that is cut short or something else is refused', () => {
		const whole = wrap('v1', 'Status', encodeMessage(typeOf('Status'), { message: 'abc' }));
		for (const bad of [Buffer.from('{}'), whole.subarray(0, 12), Buffer.from('k8s\0\xff', 'latin1')]) {
			assert.throws(() => decodeObject(bad), RangeError);
		}
	});
});
