import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { processSample } from '../../source/sources/process.ts';
import { statOf } from '../../source/sources/process-stat.ts';

const line = (name: string, flags = 4_194_560) =>
	`42 (${name}) S 7 42 42 0 -1 ${flags} 1 2 3 4 150 50 0 0 20 0 9 0 6000 123456 512 18446744073709551615\n`;

describe('/proc/PID/stat', () => {
	test('tells a process in one line', () => {
		assert.deepEqual(statOf(line('app')), {
			name: 'app',
			state: 'S',
			parent: 7,
			isKernel: false,
			threads: 9,
			cpuTime: 2e9,
			startedAfterBoot: 60e9,
			pages: 512,
		});
	});

	test('is read whatever a process calls itself', () => {
		for (const [name, shown] of [
			['a) S 1 (b', 'a) S 1 (b'],
			['x\x1b[2Jy', 'xy'],
			['', ''],
		] as const) {
			const stat = statOf(line(name));
			assert.deepEqual([stat.name, stat.parent, stat.threads], [shown, 7, 9]);
		}
	});

	test('knows threads of the kernel by their flag', () => {
		assert.equal(statOf(line('kworker/0:1', 0x04208060)).isKernel, true);
	});

	test('gives nothing of a line that is cut off', () => {
		const stat = statOf(line('app').slice(0, 30));
		assert.equal(stat.state, '');
		assert.ok(Number.isNaN(stat.cpuTime) && Number.isNaN(stat.pages));
		assert.equal(statOf('').name, '');
	});

	test('agrees with what the ledger reads of this very process', () => {
		const [stat, status] = ['stat', 'status'].map((name) => readFileSync(`/proc/self/${name}`, 'utf8'));
		const sample = processSample({
			pid: process.pid,
			stat: stat ?? '',
			status: status ?? '',
			gone: false,
			withoutRollup: '',
		});
		const read = statOf(stat ?? '');
		assert.deepEqual([read.cpuTime, read.parent, read.name], [sample.cpuTime, sample.parent, sample.name]);
	});
});
