import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeCadvisor } from '../../source/sources/cadvisor.ts';
import { json } from './fixture.ts';
import { labelOf, readingsOf } from './kubelet-fixture.ts';

/** Made by hand after google/cadvisor's info/v1 and info/v2 at v0.56.2. */
const id = '9e17c30c26000f49230cd71d7b8b5eff9f0fda1d8240dc72b719131e72a32891';

function stats(timestamp: string, total: number, more: object = {}) {
	return {
		timestamp,
		cpu: {
			usage: { total, user: 0, system: 0 },
			cfs: { periods: 10, throttled_periods: 4, throttled_time: 5_000_000 },
		},
		memory: {
			usage: 50_000_000,
			max_usage: 60_000_000,
			cache: 9_000_000,
			rss: 38_000_000,
			swap: 0,
			mapped_file: 1000,
			working_set: 46_000_000,
			total_active_file: 5_000_000,
			total_inactive_file: 4_000_000,
			failcnt: 0,
			kernel: 3_000_000,
		},
		...more,
	};
}

const spec = {
	creation_time: '2026-01-02T03:04:05.5Z',
	has_cpu: true,
	cpu: { limit: 1024, quota: 50_000, period: 100_000 },
	has_memory: true,
	memory: { limit: 64 * 2 ** 20, reservation: 0 },
	image: 'db:1',
};

const twoStats = [
	stats('2026-01-02T03:10:00.000000000Z', 1_000_000_000),
	stats('2026-01-02T03:10:01.000500000Z', 1_500_250_000),
];

const docker = {
	id,
	name: `/docker/${id}`,
	aliases: ['db', id],
	namespace: 'docker',
	spec,
	stats: twoStats,
};

function decode(value: unknown) {
	return decodeCadvisor(Buffer.from(JSON.stringify(value)), json);
}

describe('a cAdvisor that runs by itself', () => {
	test('v1.3: one container, a list and a map say the same', () => {
		const one = decode(docker);
		assert.deepEqual(
			one.subjects.map(({ subject }) => labelOf(subject)),
			['docker db'],
		);
		assert.deepEqual(decode([docker]).subjects, one.subjects);
		assert.deepEqual(decode({ [`/docker/${id}`]: docker }).subjects, one.subjects);
		const db = readingsOf(one, 'docker db');
		assert.deepEqual(
			db.all.map(({ quantity, value }) => [quantity, value]),
			[
				['cpuTime', 1_500_250_000],
				['cpuRate', 500_000_000],
				['usage', 50_000_000],
				['workingSet', 46_000_000],
				['anon', 38_000_000],
				['file', 9_000_000],
				['swap', 0],
				['mappedFile', 1000],
				['activeFile', 5_000_000],
				['inactiveFile', 4_000_000],
				['cpuPeriods', 10],
				['throttledPeriods', 4],
				['throttledTime', 5_000_000],
				['peak', 60_000_000],
				['memoryLimit', 64 * 2 ** 20],
				['cpuLimit', 500_000_000],
				['kernel', 3_000_000],
				['limitHits', 0],
			],
		);
		assert.equal(one.cgroup, 'v1');
		assert.equal(one.subjects[0]?.startedAt, Date.UTC(2026, 0, 2, 3, 4, 5, 500));
		const rate = db.find('cpuRate');
		assert.deepEqual([rate?.at, rate?.window], [Date.UTC(2026, 0, 2, 3, 10, 1), 1000]);
		assert.equal(db.find('workingSet')?.field, 'stats[-1].memory.working_set');
	});

	test('v2.1: the rate is the one that cAdvisor gives', () => {
		const inst = stats('2026-01-02T03:10:01.0005Z', 1_500_250_000, { cpu_inst: { usage: { total: 123_456 } } });
		const answer = decode({
			[`/docker/${id}`]: {
				spec: { ...spec, namespace: 'docker', aliases: ['db', id] },
				stats: [twoStats[0], inst],
			},
		});
		const rate = readingsOf(answer, 'docker db').find('cpuRate');
		assert.deepEqual([rate?.value, rate?.field, rate?.window], [123_456, 'stats[-1].cpu_inst.usage.total', 1000]);
	});

	test('containers of a pod, its pause container, its cgroup and the root are told apart', () => {
		const uid = 'bf8ca3f2-bcc4-486c-8abc-5d1adc90878e';
		const labels = (name: string) => ({
			'io.kubernetes.pod.name': 'api',
			'io.kubernetes.pod.namespace': 'web',
			...(name === '' ? {} : { 'io.kubernetes.container.name': name }),
		});
		const answer = decode({
			'/': { spec: { ...spec, memory: { limit: 8e9 } }, stats: twoStats },
			[`/kubepods/pod${uid}`]: { spec, stats: twoStats },
			[`/kubepods/pod${uid}/${id}`]: { spec: { ...spec, labels: labels('app') }, stats: twoStats },
			[`/kubepods/pod${uid}/${'0'.repeat(64)}`]: { spec: { ...spec, labels: labels('') }, stats: twoStats },
			'/system.slice': { spec, stats: twoStats },
			'/just-made': { spec, stats: [] },
		});
		assert.deepEqual(
			answer.subjects.map(({ subject }) => subject),
			[
				{ kind: 'node', name: '' },
				{ kind: 'pod', namespace: '', name: '', uid },
				{ kind: 'container', namespace: 'web', pod: 'api', container: 'app', id },
				{ kind: 'pause', namespace: 'web', pod: 'api', id: '0'.repeat(64) },
				{ kind: 'cgroup', path: '/system.slice' },
			],
		);
		assert.equal(readingsOf(answer, 'node').value('memTotal'), 8e9);
		assert.equal(readingsOf(answer, 'node').find('memoryLimit'), undefined);
	});

	test('on cgroup v2 zeros that are no measurements are left out; no limit is none', () => {
		const [stat] = twoStats;
		const psi = (avg10: number) => ({ full: { total: 1, avg10 }, some: { total: 1, avg10 } });
		const answer = decode({
			name: '/a',
			spec: { memory: { limit: 2 ** 64 } },
			stats: [{ ...stat, memory: { ...stat?.memory, kernel: 0, max_usage: 0, psi: psi(0.5) } }],
		});
		const readings = readingsOf(answer, 'cgroup /a');
		assert.deepEqual(answer.notes, ['kernel-not-measured', 'limit-hits-not-measured']);
		assert.equal(answer.cgroup, 'v2');
		for (const quantity of ['kernel', 'limitHits', 'peak', 'memoryLimit', 'cpuRate'] as const) {
			assert.equal(readings.find(quantity), undefined, quantity);
		}
		assert.equal(readings.value('pressureMemoryFull10'), 0.5);
	});

	test('a counter or a clock that went backwards gives no rate', () => {
		const [earlier, later] = twoStats;
		for (const pair of [
			[later, earlier],
			[earlier, earlier],
			[
				{ ...later, timestamp: earlier?.timestamp },
				{ ...earlier, timestamp: later?.timestamp },
			],
		]) {
			assert.equal(readingsOf(decode({ name: '/a', spec, stats: pair }), 'cgroup /a').find('cpuRate'), undefined);
		}
	});

	test('something else is refused with a sentence', () => {
		for (const value of [
			{ kind: 'Status', message: 'x' },
			{ a: { stats: [] } },
			5,
			null,
			[5],
			{ name: '/a', spec: 5 },
		]) {
			if (value === null) {
				assert.deepEqual(decode(value).subjects, []);
			} else {
				assert.throws(
					() => decode(value),
					/^Error: The answer to the request for cAdvisor's statistics cannot be read/,
				);
			}
		}
		assert.throws(() => decodeCadvisor(Buffer.from('{}'), 'text/plain'), /not JSON/);
	});
});
