import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cpuRateReading } from '../../source/model/rate.ts';
import { Readings } from '../../source/model/reading.ts';
import { type CgroupV1File, cgroupV1Files, cgroupV1Readings } from '../../source/sources/cgroup-v1.ts';
import { type CgroupV2File, cgroupV2Readings } from '../../source/sources/cgroup-v2.ts';
import { machineV1 } from '../host/fixture.ts';

const at = 1_700_000_000_000;
const v1 = (files: Partial<Record<CgroupV1File, string>>) => new Readings(cgroupV1Readings(files, at));
const v2 = (files: Partial<Record<CgroupV2File, string>>) => new Readings(cgroupV2Readings(files, at));

/** As the kernel writes it (Documentation/admin-guide/cgroup-v2.rst); made by hand, the sums hold. */
const statV2 = `anon 50000000
file 30000000
kernel 2500000
kernel_stack 100000
pagetables 300000
sec_pagetables 0
percpu 50000
sock 40960
vmalloc 20480
shmem 8000000
zswap 1000
file_mapped 7000000
inactive_anon 57000000
active_anon 1000000
inactive_file 12000000
active_file 10000000
unevictable 0
slab_reclaimable 1500000
slab_unreclaimable 400000
slab 1900000
`;

describe('files of cgroup v2', () => {
	test('reclaimable slabs are told: they are what a limit could get back of kernel memory', () => {
		const read = v2({ 'memory.stat': statV2 }).find('slabReclaimable');
		assert.deepEqual([read?.value, read?.field], [1_500_000, 'memory.stat slab_reclaimable']);
	});
});

describe('files of cgroup v1', () => {
	const texts: Partial<Record<CgroupV1File, string>> = {};
	for (const file of cgroupV1Files.memory) {
		texts[file] = readFileSync(`${machineV1}/sys/fs/cgroup/memory/container/${file}`, 'utf8');
	}
	const captured = v1(texts);

	test('as captured: the LRU lists and kernel memory make up usage, but for what two CPUs hold in stock (I1)', () => {
		const parts = ['inactiveAnon', 'activeAnon', 'inactiveFile', 'activeFile', 'unevictable', 'kernel'] as const;
		const residual = captured.value('usage') - parts.reduce((sum, part) => sum + captured.value(part), 0);
		assert.ok(Math.abs(residual) <= 2 * 64 * 4096, `residual ${residual}`);
		assert.ok(captured.value('shmem') === 8 << 20);
		assert.ok(captured.value('anon') > 24 << 20);
		assert.ok(captured.value('inactiveFile') >= 6 << 20);
		assert.ok(captured.value('activeFile') >= 5 << 20);
	});

	test('name their fields, and no limit is a reading of NaN', () => {
		assert.equal(captured.find('inactiveFile')?.field, 'memory.stat total_inactive_file');
		assert.equal(captured.find('localCache')?.field, 'memory.stat cache');
		assert.equal(captured.find('kernel')?.field, 'memory.kmem.usage_in_bytes');
		assert.deepEqual(captured.find('memoryLimit'), {
			quantity: 'memoryLimit',
			value: Number.NaN,
			source: 'cgroup-v1',
			field: 'memory.limit_in_bytes',
			at,
			window: Number.NaN,
		});
		assert.equal(v1({ 'memory.limit_in_bytes': '67108864\n' }).value('memoryLimit'), 67_108_864);
		assert.equal(v1({ 'memory.limit_in_bytes': '9223372036854710272\n' }).find('memoryLimit')?.value, Number.NaN);
		assert.equal(v1({}).find('memoryLimit'), undefined);
	});

	test('with all below are counted, not the cgroup alone; its own cache is told apart', () => {
		const read = v1({ 'memory.stat': 'cache 1\nrss 2\ntotal_cache 10\ntotal_rss 20\n' });
		assert.equal(read.value('file'), 10);
		assert.equal(read.value('anon'), 20);
		assert.equal(read.value('localCache'), 1);
		assert.equal(v1({ 'memory.stat': 'cache 1\nrss 2\n' }).find('anon'), undefined);
	});

	test('swap: the counter, else memory and swap less memory, never below 0', () => {
		const both = { 'memory.memsw.usage_in_bytes': '900\n', 'memory.usage_in_bytes': '600\n' };
		assert.equal(v1({ ...both, 'memory.stat': 'total_swap 200\n' }).value('swap'), 200);
		assert.equal(v1(both).value('swap'), 300);
		assert.equal(v1({ ...both, 'memory.usage_in_bytes': '901\n' }).value('swap'), 0);
		assert.equal(v1({ 'memory.usage_in_bytes': '901\n' }).find('swap'), undefined);
	});

	test('CPU: time, limit and throttling in nanoseconds', () => {
		const cpu = v1({
			'cpuacct.usage': '120442413\n',
			'cpu.stat': 'nr_periods 71\nnr_throttled 66\nthrottled_time 126627035\n',
			'cpu.cfs_quota_us': '50000\n',
			'cpu.cfs_period_us': '100000\n',
		});
		assert.equal(cpu.value('cpuTime'), 120_442_413);
		assert.equal(cpu.value('cpuLimit'), 500_000_000);
		assert.equal(cpu.value('cpuPeriods'), 71);
		assert.equal(cpu.value('throttledPeriods'), 66);
		assert.equal(cpu.value('throttledTime'), 126_627_035);
		assert.equal(v1({ 'cpu.cfs_quota_us': '-1\n' }).find('cpuLimit')?.value, Number.NaN);
		assert.equal(v1({ 'cpu.cfs_quota_us': '5\n', 'cpu.cfs_period_us': '0\n' }).find('cpuLimit'), undefined);
	});

	test('events', () => {
		const oom = 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n';
		const read = v1({ 'memory.failcnt': '12\n', 'memory.oom_control': oom });
		assert.equal(read.value('limitHits'), 12);
		assert.equal(read.value('oomKills'), 3);
		assert.equal(v1({ 'memory.oom_control': 'oom_kill_disable 0\nunder_oom 0\n' }).find('oomKills'), undefined);
	});
});

describe('files of cgroup v2', () => {
	test('memory.stat with `kernel`, which is not added to its parts', () => {
		const read = v2({ 'memory.current': '82540960\n', 'memory.stat': statV2, 'memory.max': 'max\n' });
		assert.equal(read.value('kernel'), 2_500_000);
		assert.equal(read.find('kernel')?.field, 'memory.stat kernel');
		assert.equal(read.value('usage'), read.value('anon') + read.value('file') + 2_500_000 + read.value('socket'));
		assert.equal(read.find('inactiveFile')?.field, 'memory.stat inactive_file');
		assert.equal(read.value('mappedFile'), 7_000_000);
		assert.equal(read.value('zswap'), 1000);
		assert.equal(read.find('memoryLimit')?.value, Number.NaN);
		assert.equal(read.find('localCache'), undefined);
	});

	test('before 5.18 kernel memory is the sum of what is there, and the field says of what', () => {
		const without = (...keys: string[]) =>
			v2({
				'memory.stat': statV2
					.split('\n')
					.filter((line) => !keys.includes(line.split(' ')[0] ?? ''))
					.join('\n'),
			});
		const some = without('kernel', 'vmalloc').find('kernel');
		assert.equal(some?.value, 100_000 + 1_900_000 + 300_000 + 50_000);
		assert.equal(some?.field, 'memory.stat kernel_stack + slab + pagetables + percpu');
		assert.equal(without('kernel', 'slab').find('kernel'), undefined);
		assert.equal(without('zswap').find('zswap'), undefined);
	});

	test('limits, swap, peak and events', () => {
		const read = v2({
			'memory.max': '67108864\n',
			'memory.swap.current': '4096\n',
			'memory.peak': '15309209\n',
			'memory.events': 'low 0\nhigh 0\nmax 4711\noom 2\noom_kill 1\noom_group_kill 0\n',
			'cpu.max': '150000 100000\n',
		});
		assert.equal(read.value('memoryLimit'), 67_108_864);
		assert.equal(read.value('swap'), 4096);
		assert.equal(read.value('peak'), 15_309_209);
		assert.deepEqual([read.value('limitHits'), read.value('oomEvents'), read.value('oomKills')], [4711, 2, 1]);
		assert.equal(read.value('cpuLimit'), 1.5e9);
		assert.equal(v2({ 'cpu.max': 'max 100000\n' }).find('cpuLimit')?.value, Number.NaN);
	});

	test('CPU in nanoseconds, pressure in percent; without PSI nothing', () => {
		const read = v2({
			'cpu.stat': 'usage_usec 1500\nuser_usec 1\nsystem_usec 1\nnr_periods 71\nnr_throttled 66\nthrottled_usec 9\n',
			'memory.pressure':
				'some avg10=1.53 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.87 avg60=0.00 avg300=0.00 total=1\n',
			'cpu.pressure': 'some avg10=28.00 avg60=0.00 avg300=0.00 total=5\n',
		});
		assert.equal(read.value('cpuTime'), 1_500_000);
		assert.equal(read.value('throttledTime'), 9000);
		assert.equal(read.value('pressureMemorySome10'), 1.53);
		assert.equal(read.value('pressureMemoryFull10'), 0.87);
		assert.equal(read.value('pressureCpuSome10'), 28);
		assert.deepEqual(cgroupV2Readings({ 'memory.pressure': '', 'cpu.pressure': 'some avg10=' }, at), []);
	});
});

describe('damaged files', () => {
	test('half a number is none', () => {
		assert.deepEqual(cgroupV1Readings({ 'memory.usage_in_bytes': '1234', 'cpuacct.usage': '' }, at), []);
		assert.deepEqual(cgroupV2Readings({ 'memory.current': '1234', 'memory.max': 'ma', 'cpu.max': '5000' }, at), []);
		assert.equal(v2({ 'memory.stat': 'anon 5\nfile 12' }).find('file'), undefined);
	});

	test('negative, wrapped and foreign values are left out', () => {
		const read = v2({
			'memory.current': '-4096\n',
			'memory.stat': 'anon -1\nfile 18446744073709547520\nsock 1e3\nshmem 0x10\nkernel 5 6\nslab\n',
			'memory.max': 'many\n',
			'cpu.stat': 'usage_usec NaN\n',
		});
		assert.deepEqual(read.all, []);
	});

	test('nothing throws, and nothing but a limit is ever NaN, negative or infinite', () => {
		const text = fc.oneof(
			fc.string(),
			fc.integer({ min: 0, max: statV2.length }).map((length) => statV2.slice(0, length)),
			fc.bigInt({ min: -(2n ** 64n), max: 2n ** 65n }).map((value) => `${value}\n`),
			fc.constantFrom('max\n', 'max 0\n', '0 0\n', '-1\n', '5 -5\n'),
		);
		fc.assert(
			fc.property(text, text, text, (one, two, three) => {
				const all = [
					...cgroupV1Readings({ 'memory.usage_in_bytes': one, 'memory.stat': two, 'cpu.cfs_quota_us': three }, at),
					...cgroupV1Readings({ 'memory.limit_in_bytes': one, 'memory.memsw.usage_in_bytes': two }, at),
					...cgroupV2Readings({ 'memory.current': one, 'memory.stat': two, 'cpu.max': three }, at),
					...cgroupV2Readings({ 'memory.max': one, 'cpu.stat': two, 'memory.pressure': three }, at),
				];
				for (const { quantity, value } of all) {
					const limit = quantity === 'memoryLimit' || quantity === 'cpuLimit';
					assert.ok((Number.isFinite(value) && value >= 0) || (limit && Number.isNaN(value)), `${quantity} ${value}`);
				}
			}),
		);
	});
});

describe('a rate', () => {
	const reading = (value: number, when: number, field = 'cpuacct.usage') =>
		({ quantity: 'cpuTime', value, source: 'cgroup-v1', field, at: when, window: Number.NaN }) as const;

	test('is the difference of the counter over the time between, and knows its window', () => {
		const rate = cpuRateReading(reading(1e9, 1000), reading(2.2e9, 2500));
		assert.equal(rate?.value, 8e8);
		assert.equal(rate?.window, 1500);
		assert.equal(rate?.at, 2500);
		assert.equal(rate?.quantity, 'cpuRate');
		assert.equal(cpuRateReading(reading(1e9, 1000), reading(1e9, 2000))?.value, 0);
	});

	test('there is none of a counter that went back, of time that stood, or of two counters', () => {
		assert.equal(cpuRateReading(reading(2, 1000), reading(1, 2000)), undefined);
		assert.equal(cpuRateReading(reading(1, 1000), reading(2, 1000)), undefined);
		assert.equal(cpuRateReading(reading(1, 2000), reading(2, 1000)), undefined);
		assert.equal(cpuRateReading(reading(1, 1000), reading(2, 2000, 'cpu.stat usage_usec')), undefined);
	});
});
