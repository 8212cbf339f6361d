import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CgroupAnswer } from '../../source/gather/cgroup.ts';
import { joined } from '../../source/gather/subject/files.ts';
import { NotFound } from '../../source/gather/subject/gathered.ts';
import { gatherLocal } from '../../source/gather/subject/machine.ts';
import { Readings } from '../../source/model/reading.ts';
import { cgroupV1Readings } from '../../source/sources/cgroup-v1.ts';
import { v1 } from '../explain/made.ts';

const machine = { root: '/', environment: {} };

/** There the first time, gone the second. */
function onlyOnce(): () => Promise<CgroupAnswer> {
	let count = 0;
	const empty = { versions: v1, processes: [], hiddenProcesses: 0 };
	return async () =>
		count++ === 0
			? {
					...empty,
					exists: true,
					readings: cgroupV1Readings({ 'memory.usage_in_bytes': '4096\n', 'cpuacct.usage': '100\n' }, 0),
					missing: [],
				}
			: { ...empty, exists: false, readings: [], missing: [{ file: 'memory.stat', why: 'gone' }] };
}

describe('what vanishes between two readings', () => {
	test('is said to be gone, not shown as half', async () => {
		await assert.rejects(gatherLocal('cgroup', machine, onlyOnce(), 'there is no such cgroup'), (error) => {
			assert.ok(error instanceof NotFound);
			return error.message === 'there is no such cgroup';
		});
	});

	test('leaves what the other sources said', async () => {
		const api = [
			{ source: 'metrics-api', quantity: 'workingSet', value: 5, field: 'usage', at: 0, window: Number.NaN } as const,
		];
		const { problems, readings } = await joined(
			{ kind: 'pod', readings: new Readings(api), versions: v1, problems: [] },
			machine,
			onlyOnce(),
		);
		assert.deepEqual(readings.all, api);
		assert.deepEqual(problems, ['Its cgroup on this machine went while it was read: it has just ended.']);
	});
});
