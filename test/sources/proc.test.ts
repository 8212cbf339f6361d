import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { ProcessTexts } from '../../source/host/processes.ts';
import { Readings } from '../../source/model/reading.ts';
import { meminfoReadings, procPressureReadings, procStatReadings } from '../../source/sources/proc.ts';
import { processSample } from '../../source/sources/process.ts';
import { processReadings } from '../../source/sources/processes.ts';
import { machineV1 } from '../host/fixture.ts';

const at = 1_700_000_000_000;
const meminfo = readFileSync(`${machineV1}/proc/meminfo`, 'utf8');
const stat = readFileSync(`${machineV1}/proc/stat`, 'utf8');

describe('/proc/meminfo', () => {
	test('gives all its quantities in bytes', () => {
		const read = new Readings(meminfoReadings(meminfo, at));
		assert.equal(read.all.length, 15);
		assert.equal(read.value('memTotal'), Number(/MemTotal:\s+(\d+)/.exec(meminfo)?.[1]) * 1024);
		assert.equal(read.value('inactiveFilePages'), Number(/Inactive\(file\):\s+(\d+)/.exec(meminfo)?.[1]) * 1024);
		assert.equal(read.find('kernelReclaimable')?.field, '/proc/meminfo KReclaimable');
		assert.equal(read.find('memFree')?.at, at);
	});

	test('of an older kernel, or cut off, lacks some; nothing is made up', () => {
		const read = new Readings(meminfoReadings('MemTotal:   100 kB\nMemFree:  50 pages\nCached: 12', at));
		assert.deepEqual(
			read.all.map(({ quantity, value }) => [quantity, value]),
			[['memTotal', 102_400]],
		);
	});
});

describe('/proc/stat', () => {
	test('is summed as docker does: seven fields, without steal', () => {
		const read = new Readings(procStatReadings('cpu  10 1 20 500 5 2 3 99 7 7\ncpu0 1 2\ncpu1 1 2\nintr 5\n', at));
		assert.equal(read.value('systemCpuTime'), (10 + 1 + 20 + 500 + 5 + 2 + 3) * 1e7);
		assert.equal(read.value('cpuTime'), (10 + 1 + 20 + 2 + 3) * 1e7);
		assert.equal(read.value('onlineCpus'), 2);
	});

	test('as captured and as damaged', () => {
		const read = new Readings(procStatReadings(stat, at));
		assert.equal(read.value('onlineCpus'), 2);
		assert.ok(read.value('systemCpuTime') > read.value('cpuTime'));
		assert.deepEqual(procStatReadings('cpu  10 1 20 500', at), []);
		assert.deepEqual(procStatReadings('cpu  10 1 -20 500 5 2 3\n', at), []);
	});
});

test('/proc/pressure gives averages, and nothing where the kernel has none', () => {
	const some = 'some avg10=2.50 avg60=0.00 avg300=0.00 total=5\n';
	assert.deepEqual(
		procPressureReadings({ memory: some }, at).map(({ quantity, value }) => [quantity, value]),
		[['pressureMemorySome10', 2.5]],
	);
	assert.deepEqual(procPressureReadings({}, at), []);
});

const status = (pid: number, anon: number) =>
	`Name:\tapp\nState:\tS (sleeping)\nPid:\t${pid}\nPPid:\t1\nUid:\t1000\t1000\t1000\t1000\nVmSize:\t 5000 kB\n` +
	`VmRSS:\t ${anon + 30} kB\nRssAnon:\t ${anon} kB\nRssFile:\t 20 kB\nRssShmem:\t 10 kB\nThreads:\t3\n`;
const rollup = (pss: number) => `00400000-7ffc [rollup]\nRss: 99 kB\nPss:  ${pss} kB\nLazyFree:  4 kB\n`;
const statLine = (pid: number, name: string) =>
	`${pid} (${name}) S 1 1 1 0 -1 4194304 99 0 0 0 25 5 0 0 20 0 1 0 6 3 4 1\n`;

function texts(pid: number, files: Partial<ProcessTexts> = {}): ProcessTexts {
	return { pid, gone: false, withoutRollup: '', ...files };
}

describe('one process', () => {
	test('has its sizes in bytes, its time in nanoseconds', () => {
		const sample = processSample(
			texts(7, { status: status(7, 70), stat: statLine(7, 'app'), smapsRollup: rollup(60) }),
		);
		assert.equal(sample.resident, 100 * 1024);
		assert.equal(sample.resident, sample.residentAnon + sample.residentFile + sample.residentShmem);
		assert.equal(sample.proportional, 60 * 1024);
		assert.equal(sample.lazyFree, 4 * 1024);
		assert.equal(sample.cpuTime, 30 * 1e7);
		assert.deepEqual(
			[sample.name, sample.state, sample.parent, sample.userId, sample.threads],
			['app', 'S', 1, 1000, 3],
		);
	});

	test('may be called anything', () => {
		const sample = processSample(texts(7, { stat: statLine(7, 'a) R 9 \u001b[31m(x\n') }));
		assert.equal(sample.state, 'S');
		assert.equal(sample.parent, 1);
		assert.equal(sample.cpuTime, 30 * 1e7);
		assert.ok(!sample.name.includes('\u001b') && !sample.name.includes('\n'));
	});

	test('without status is known by statm, in pages', () => {
		const sample = processSample(texts(7, { statm: '765 432 404 5 0 123 0\n' }), { pageSize: 16_384 });
		assert.equal(sample.virtual, 765 * 16_384);
		assert.equal(sample.resident, 432 * 16_384);
		assert.equal(sample.residentAnon, Number.NaN);
	});

	test('that is a zombie or a thread of the kernel has no memory; of half a status nothing is known', () => {
		const whole = 'Name:\tkthreadd\nState:\tS (sleeping)\nPPid:\t0\nThreads:\t1\n';
		assert.equal(processSample(texts(2, { status: whole })).resident, 0);
		assert.equal(processSample(texts(2, { status: whole.slice(0, 40) })).resident, Number.NaN);
	});
});

describe('processes together', () => {
	test('are summed, and one alone is named', () => {
		const two = [1, 2].map((pid) =>
			texts(pid, { status: status(pid, 70), stat: statLine(pid, 'a'), smapsRollup: rollup(60) }),
		);
		const read = new Readings(processReadings(two, at));
		assert.equal(read.value('resident'), 2 * 100 * 1024);
		assert.equal(read.value('proportional'), 2 * 60 * 1024);
		assert.equal(read.find('resident')?.field, '/proc/PID/status VmRSS');
		assert.deepEqual([read.value('processes'), read.value('unreadableProcesses')], [2, 0]);
		assert.equal(processReadings(two.slice(0, 1), at)[0]?.field, '/proc/1/status VmRSS');
	});

	test('of which some may not be read: sums of the others, which say so', () => {
		const some = [
			texts(1, { status: status(1, 70), smapsRollup: rollup(60) }),
			texts(2, { status: status(2, 70), withoutRollup: 'no-permission' }),
			texts(3, { withoutRollup: 'no-permission' }),
			texts(4, { gone: true }),
		];
		const read = new Readings(processReadings(some, at, 2));
		assert.equal(read.find('proportional')?.field, '/proc/PID/smaps_rollup Pss (1 of 5 processes)');
		assert.equal(read.find('resident')?.field, '/proc/PID/status VmRSS (2 of 5 processes)');
		assert.deepEqual([read.value('processes'), read.value('unreadableProcesses')], [2, 3]);
		assert.equal(read.find('cpuTime'), undefined);
	});

	test('that are none have sums of 0; that are all hidden have none', () => {
		assert.equal(new Readings(processReadings([], at)).value('resident'), 0);
		const hidden = new Readings(processReadings([], at, 4));
		assert.equal(hidden.find('resident'), undefined);
		assert.equal(hidden.value('unreadableProcesses'), 4);
	});
});
