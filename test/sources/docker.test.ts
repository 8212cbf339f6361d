import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type ReadingQuantity, Readings } from '../../source/model/reading.ts';
import { dockerCpuRate, readDockerFrame } from '../../source/sources/docker.ts';

interface Frame {
	read: string;
	preread: string;
	cpu_stats: { cpu_usage: { total_usage: number }; system_cpu_usage: number };
	memory_stats: { usage: number; limit: number; stats: Record<string, number> };
}

const folder = new URL('fixtures/', import.meta.url);

function load(workload: string): { frames: [Frame, Frame]; oneShot: Frame } {
	return JSON.parse(readFileSync(new URL(`docker-${workload}.json`, folder), 'utf8')) as ReturnType<typeof load>;
}

function read(frame: unknown) {
	const result = readDockerFrame(Buffer.from(JSON.stringify(frame)));
	return { ...result, values: new Readings(result.readings) };
}

/** Of an engine on cgroup v2, cut to the keys that matter: no cache, no split of CPU time, no max_usage. */
const unified = {
	read: '2026-01-02T03:04:06.5Z',
	preread: '2026-01-02T03:04:05.5Z',
	cpu_stats: { cpu_usage: { total_usage: 3_000 }, system_cpu_usage: 14_000, online_cpus: 4, throttling_data: {} },
	precpu_stats: { cpu_usage: { total_usage: 1_000 }, system_cpu_usage: 10_000, online_cpus: 4 },
	memory_stats: {
		usage: 5_000,
		limit: 9_000,
		stats: { anon: 1_000, file: 3_000, shmem: 100, inactive_file: 2_000, active_file: 900, sock: 7 },
	},
	name: '/web',
	id: 'f00',
};

const zero = '0001-01-01T00:00:00Z';

describe('a captured frame', () => {
	for (const file of readdirSync(folder).filter((name) => /^docker-.*\.json$/.test(name))) {
		test(`${file}: each number is that of the field it names`, () => {
			const frame = load(file.slice('docker-'.length, -'.json'.length)).frames[1];
			const { values, cgroup, name } = read(frame);
			assert.equal(cgroup, 'v1');
			assert.equal(`docker-${name}.json`, file);
			assert.ok(values.all.length > 15);
			for (const { field, value } of values.all) {
				if (/^[a-z_.]+$/.test(field)) {
					const found = field.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], frame);
					assert.equal(value, found, field);
				}
			}
		});
	}

	test('takes what is below the cgroup as well, and keeps its own cache apart', () => {
		const { values } = read(load('limit').frames[1]);
		assert.equal(values.find('file')?.field, 'memory_stats.stats.total_cache');
		assert.equal(values.find('localCache')?.field, 'memory_stats.stats.cache');
		assert.equal(values.find('inactiveFile')?.field, 'memory_stats.stats.total_inactive_file');
		assert.equal(values.value('memoryLimit'), 48 * 2 ** 20);
		assert.ok(values.value('limitHits') > 0);
	});

	test('has a rate over the time since the sample before it', () => {
		const [first, second] = load('cpu').frames;
		const rate = read(second).values.find('cpuRate');
		const core = (rate?.value ?? 0) / 1e9;
		assert.ok(core > 0.1 && core < 0.3, `${core} cores`);
		assert.equal(rate?.window, Date.parse(second.read.slice(0, 23)) - Date.parse(first.read.slice(0, 23)));
		// The same from the counters of both frames.
		assert.equal(dockerCpuRate(read(first).readings, read(second).readings)?.value, rate?.value);
	});

	test('that came alone has counters and no rate', () => {
		const { values, previous } = read(load('cpu').oneShot);
		assert.ok(values.value('cpuTime') > 0);
		assert.equal(values.find('cpuRate'), undefined);
		assert.deepEqual(previous, []);
	});
});

describe('a frame of cgroup v2', () => {
	test('is told by its keys', () => {
		const { values, cgroup, name, id } = read(unified);
		assert.deepEqual([cgroup, name, id], ['v2', 'web', 'f00']);
		const expected: Partial<Record<ReadingQuantity, number>> = {
			usage: 5_000,
			memoryLimit: 9_000,
			anon: 1_000,
			file: 3_000,
			shmem: 100,
			inactiveFile: 2_000,
			activeFile: 900,
			socket: 7,
		};
		for (const [quantity, value] of Object.entries(expected)) {
			assert.equal(values.value(quantity as ReadingQuantity), value, quantity);
		}
		assert.equal(values.find('inactiveFile')?.field, 'memory_stats.stats.inactive_file');
	});

	test('has no reading of what it does not say', () => {
		const { values } = read(unified);
		for (const quantity of ['kernel', 'peak', 'localCache', 'swap', 'cpuPeriods', 'limitHits'] as const) {
			assert.equal(values.find(quantity), undefined, quantity);
		}
	});

	test('counts reached limits as out-of-memory events', () => {
		const { values } = read({ ...unified, memory_stats: { ...unified.memory_stats, failcnt: 3 } });
		assert.equal(values.value('oomEvents'), 3);
		assert.equal(values.find('limitHits'), undefined);
	});

	test('has docker’s rate: of the time of all CPUs', () => {
		const rate = read(unified).values.find('cpuRate');
		assert.equal(rate?.value, (2_000 / 4_000) * 4 * 1e9);
		assert.equal(rate?.window, 1_000);
	});
});

describe('an unusual frame', () => {
	test('without an earlier sample has no rate: its zeros are no counters', () => {
		for (const frame of [
			{ ...unified, preread: zero },
			{ ...unified, precpu_stats: { cpu_usage: { total_usage: 0 } } },
			{ ...unified, precpu_stats: { cpu_usage: { total_usage: 0 }, system_cpu_usage: 0 } },
		]) {
			assert.equal(read(frame).values.find('cpuRate'), undefined);
		}
	});

	test('of an old engine counts the CPUs by the split of the time', () => {
		const { values } = read({
			...unified,
			cpu_stats: { cpu_usage: { total_usage: 3_000, percpu_usage: [1_000, 1_000, 1_000] }, system_cpu_usage: 14_000 },
		});
		assert.equal(values.value('onlineCpus'), 3);
		assert.equal(values.find('onlineCpus')?.field, 'cpu_stats.cpu_usage.percpu_usage (length)');
	});

	test('without any count of CPUs has no rate', () => {
		const { values } = read({
			...unified,
			cpu_stats: { cpu_usage: { total_usage: 3_000 }, system_cpu_usage: 14_000 },
		});
		assert.equal(values.find('cpuRate'), undefined);
	});

	test('with a counter that stood or went backwards has the rate 0, as docker has', () => {
		for (const total of [1_000, 1]) {
			const cpu = { ...unified.cpu_stats, cpu_usage: { total_usage: total } };
			assert.equal(read({ ...unified, cpu_stats: cpu }).values.value('cpuRate'), 0);
		}
	});

	test('of a container that does not run measures nothing', () => {
		const { at, values, name } = read({ ...unified, read: zero, preread: zero, memory_stats: {}, cpu_stats: {} });
		assert.deepEqual([at, values.all.length, name], [Number.NaN, 0, 'web']);
	});

	test('without memory, as with the controller off, has no memory', () => {
		const { values, cgroup } = read({ ...unified, memory_stats: {} });
		assert.equal(cgroup, '');
		assert.equal(values.find('usage'), undefined);
		assert.equal(values.value('cpuTime'), 3_000);
	});

	test('has its name made safe', () => {
		assert.equal(read({ ...unified, name: '/a\u001b[31mb' }).name, 'ab');
	});

	test('that is damaged is refused with a sentence', () => {
		const whole = Buffer.from(JSON.stringify(unified));
		for (const bytes of [whole.subarray(0, 200), Buffer.from('[]'), Buffer.from('')]) {
			assert.throws(() => readDockerFrame(bytes), /docker stats cannot be read as JSON/);
		}
		assert.throws(() => read({ ...unified, memory_stats: { usage: 'much' } }), /usage is not a number/);
	});

	test('never crashes the reader, whatever is in it', () => {
		fc.assert(
			fc.property(fc.record({ read: fc.constant(unified.read), memory_stats: fc.json(), x: fc.json() }), (frame) => {
				try {
					read({ ...unified, memory_stats: JSON.parse(frame.memory_stats), cpu_stats: JSON.parse(frame.x) });
				} catch (error) {
					assert.match(String(error), /cannot be read as JSON/);
				}
			}),
		);
	});
});
