import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { decodeKubeletCadvisor } from '../../source/sources/kubelet-cadvisor.ts';
import { decodeKubeletResource } from '../../source/sources/kubelet-resource.ts';
import { decodeKubeletSummary } from '../../source/sources/kubelet-summary.ts';
import { json, readBytes } from './fixture.ts';
import { labelOf, prometheus, readingsOf } from './kubelet-fixture.ts';

const id = '9e17c30c26000f49230cd71d7b8b5eff9f0fda1d8240dc72b719131e72a32891';
const uid = 'bf8ca3f2-bcc4-486c-8abc-5d1adc90878e';

function cadvisor(text: string) {
	return decodeKubeletCadvisor(Buffer.from(text), prometheus, 1000);
}
function summary(value: unknown) {
	return decodeKubeletSummary(Buffer.from(JSON.stringify(value)), json);
}

describe('who a row of cAdvisor is about', () => {
	const kinds: Record<string, readonly [labels: string, subject: string]> = {
		root: ['container="",id="/",image="",name="",namespace="",pod=""', 'node'],
		'a QoS class': [
			'container="",id="/kubepods/burstable",image="",name="",namespace="",pod=""',
			'cgroup /kubepods/burstable',
		],
		'a service': ['id="/system.slice/docker.service"', 'cgroup /system.slice/docker.service'],
		"a pod's cgroup": [
			`container="",id="/kubepods/pod${uid}",image="",name="",namespace="web",pod="api"`,
			'pod web/api',
		],
		'pause of containerd': [
			`container="",id="/kubepods/pod${uid}/${id}",image="pause:3",name="${id}",namespace="web",pod="api"`,
			'pause web/api',
		],
		'pause of dockershim and CRI-O': [
			`container="POD",id="/kubepods/pod${uid}/${id}",image="pause:3",name="k8s_POD_api",namespace="web",pod="api"`,
			'pause web/api',
		],
		'a container': [
			`container="app",id="/kubepods/pod${uid}/${id}",image="a:1",name="${id}",namespace="web",pod="api"`,
			'container web/api/app',
		],
		'a container until 1.15': [
			`container_name="app",id="/kubepods/pod${uid}/${id}",image="a:1",name="k8s_app",namespace="web",pod_name="api"`,
			'container web/api/app',
		],
		'a container of 1.14 and 1.15, with both sets of labels': [
			`container="app",container_name="app",id="/kubepods/pod${uid}/${id}",image="a:1",name="k8s_app",namespace="web",pod="api",pod_name="api"`,
			'container web/api/app',
		],
		'a container beside Kubernetes': [`id="/docker/${id}",image="db:1",name="db"`, `cgroup /docker/${id}`],
	};
	for (const [what, [labels, expected]] of Object.entries(kinds)) {
		test(what, () => {
			const { subjects } = cadvisor(`container_memory_usage_bytes{${labels}} 1 2\n`);
			assert.deepEqual(
				subjects.map(({ subject }) => labelOf(subject)),
				[expected],
			);
		});
	}

	test("a pod's cgroup without labels (until 1.15) is named after the containers in it", () => {
		const answer = cadvisor(
			`container_memory_usage_bytes{container_name="",id="/kubepods/pod${uid}",image="",name="",namespace="",pod_name=""} 7
container_memory_usage_bytes{container_name="app",id="/kubepods/pod${uid}/${id}",image="a",name="k8s_app",namespace="web",pod_name="api"} 5
`,
		);
		const pod = answer.subjects[0]?.subject;
		assert.deepEqual(pod, { kind: 'pod', namespace: 'web', name: 'api', uid });
		const [reading] = answer.subjects[0]?.readings ?? [];
		assert.equal(reading?.at, 1000, 'samples without a time have that of the answer');
	});
});

describe('what cAdvisor does not measure', () => {
	const row = (name: string, value: number, path = '/a') => `container_${name}{id="${path}"} ${value} 5\n`;

	test('kernel memory and reached limits are always zero on cgroup v2: they are left out, and it says so', () => {
		const text =
			row('memory_usage_bytes', 10) +
			row('memory_kernel_usage', 0) +
			row('memory_failcnt', 0) +
			row('memory_kernel_usage', 0, '/');
		const answer = cadvisor(text);
		assert.deepEqual(answer.notes, ['kernel-not-measured', 'limit-hits-not-measured']);
		assert.equal(answer.cgroup, 'v2');
		assert.deepEqual(
			answer.subjects.flatMap(({ readings }) => readings.map(({ quantity }) => quantity)),
			['usage'],
		);
	});

	test('on cgroup v1 a zero among others is a zero', () => {
		const text =
			row('memory_kernel_usage', 0) +
			row('memory_failcnt', 0) +
			row('memory_kernel_usage', 4096, '/b') +
			row('memory_failcnt', 0, '/b');
		const answer = cadvisor(text);
		assert.deepEqual([answer.notes, answer.cgroup], [[], 'v1']);
		assert.equal(readingsOf(answer, 'cgroup /a').value('kernel'), 0);
		assert.equal(readingsOf(answer, 'cgroup /b').value('limitHits'), 0);
	});

	test('no limit and no peak are written as zero', () => {
		const answer = cadvisor(
			row('spec_memory_limit_bytes', 0) + row('memory_max_usage_bytes', 0) + row('memory_rss', 0),
		);
		assert.deepEqual(
			answer.subjects[0]?.readings.map(({ quantity }) => quantity),
			['anon'],
		);
	});

	test('CPU time told CPU by CPU is added up', () => {
		const cpu = (name: string, value: string) =>
			`container_cpu_usage_seconds_total{cpu="${name}",id="/a"} ${value} 5\n`;
		assert.equal(
			readingsOf(cadvisor(cpu('cpu00', '1.5') + cpu('cpu01', '0.000000001')), 'cgroup /a').value('cpuTime'),
			1_500_000_001,
		);
		assert.equal(readingsOf(cadvisor(cpu('total', '5441.750933826')), 'cgroup /a').value('cpuTime'), 5_441_750_933_826);
	});

	test('what is no amount is left out', () => {
		const answer = cadvisor(
			'container_memory_rss{id="/a"} NaN\ncontainer_memory_cache{id="/a"} -1\ncontainer_memory_swap{id="/a"} +Inf\n',
		);
		assert.deepEqual(answer.subjects, []);
	});

	test('an error that the kubelet admits is a note', () => {
		assert.deepEqual(cadvisor('container_scrape_error 1\n').notes, ['scrape-error']);
		const resource = (text: string) => decodeKubeletResource(Buffer.from(text), prometheus, 1).notes;
		assert.deepEqual(resource('resource_scrape_error 1\n'), ['scrape-error']);
		assert.deepEqual(resource('scrape_error 1\n'), ['scrape-error']);
		assert.deepEqual(resource('resource_scrape_error 0\n'), []);
	});
});

describe('a summary', () => {
	const time = '2026-06-26T10:14:35Z';
	const psi = (total: number, avg10: number) => ({ full: { total, avg10 }, some: { total, avg10 } });

	test('with pressure anywhere has measured it everywhere, and runs on cgroup v2', () => {
		const answer = summary({
			node: {
				nodeName: 'n',
				cpu: { time, psi: psi(5, 0.25) },
				memory: { time, usageBytes: 1, psi: psi(0, 0) },
			},
			pods: [{ podRef: { name: 'p', namespace: 'x', uid: 'u' }, memory: { time, psi: psi(0, 0) } }],
		});
		assert.deepEqual([answer.notes, answer.cgroup], [[], 'v2']);
		const node = readingsOf(answer, 'node');
		assert.equal(node.value('pressureCpuSome10'), 0.25);
		assert.equal(node.value('pressureMemoryFull10'), 0);
		assert.equal(readingsOf(answer, 'pod x/p').find('pressureMemorySome10')?.field, 'pods[x/p].memory.psi.some.avg10');
	});

	test('without pods, memory or time is no damage (Windows, a kubelet that has just started)', () => {
		const answer = summary({ node: { nodeName: 'n', cpu: { usageCoreNanoSeconds: 5 }, memory: null }, pods: null });
		assert.deepEqual(answer.notes, []);
		const [reading, ...rest] = answer.subjects[0]?.readings ?? [];
		assert.deepEqual([reading?.quantity, reading?.value, reading?.at, rest], ['cpuTime', 5, Number.NaN, []]);
	});

	test('names in it are made safe for a terminal', () => {
		const answer = summary({
			node: { nodeName: '\u001b[31mn' },
			pods: [
				{ podRef: { name: 'p\u202e', namespace: 'x' }, containers: [{ name: 'c\u0007', memory: { usageBytes: 1 } }] },
			],
		});
		assert.equal(answer.nodeName, 'n');
		assert.ok(readingsOf(answer, 'container x/p/c'));
	});

	for (const [what, value] of Object.entries({
		'another object': { kind: 'Status' },
		'a list': [],
		'a number as text': { node: { memory: { usageBytes: '5' } } },
		'pods that are no list': { node: {}, pods: {} },
		'a time that is none': { node: { memory: { time: 'yesterday', usageBytes: 5 } } },
		'a pod that is null': { node: {}, pods: [null] },
	})) {
		test(`that is ${what} is refused with a sentence`, () => {
			assert.throws(
				() => summary(value),
				/^Error: The answer to the request for the kubelet's summary cannot be read as JSON: /,
			);
		});
	}
});

describe('an answer of a kubelet', () => {
	test('in another format is refused with a sentence', () => {
		const page = Buffer.from('<html>');
		assert.throws(
			() => decodeKubeletCadvisor(page, 'text/html', 1),
			/is text\/html, not the text format of Prometheus/,
		);
		assert.throws(() => decodeKubeletResource(page, '', 1), /is something without a content type/);
		assert.throws(() => decodeKubeletSummary(page, 'text/plain'), /is text\/plain, not JSON/);
	});

	test('cut off anywhere but between lines is refused; nothing of it is taken for the whole', () => {
		const resource = readBytes('kubelet-1.36/resource.txt');
		fc.assert(
			fc.property(fc.integer({ min: 1, max: resource.length - 1 }), (length) => {
				const part = resource.subarray(0, length);
				if (part.at(-1) !== 0x0a) {
					assert.throws(() => decodeKubeletResource(part, prometheus, 1), /it ends too early|is not a sample/);
				}
			}),
		);
		const whole = readBytes('kubelet-1.36/summary.json');
		assert.throws(() => decodeKubeletSummary(whole.subarray(0, whole.length - 10), json), /not complete JSON/);
	});

	test('damaged anywhere is read or refused with a sentence', () => {
		const text = readBytes('kubelet-1.36/resource.txt');
		fc.assert(
			fc.property(fc.nat(text.length - 1), fc.nat(255), (position, byte) => {
				const damaged = Buffer.from(text);
				damaged[position] = byte;
				try {
					for (const { readings } of decodeKubeletResource(damaged, prometheus, 1).subjects) {
						for (const { value } of readings) {
							assert.ok(value >= 0 && Number.isFinite(value));
						}
					}
				} catch (error) {
					assert.match(
						String(error),
						/^Error: The answer to the request for the kubelet's resource metrics cannot be read/,
					);
				}
			}),
		);
	});
});
