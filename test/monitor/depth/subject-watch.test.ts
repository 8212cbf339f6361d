import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { type Reading, Readings } from '../../../source/model/reading.ts';
import { Depth } from '../../../source/monitor/depth/depth.ts';
import { type DepthReader, type FarPart, Gone, type NearPart } from '../../../source/monitor/depth/reader.ts';
import type { Subject, SubjectLedger } from '../../../source/monitor/messages.ts';
import { noVersions, reading, v2 } from '../../explain/made.ts';
import { until } from '../follow/fake-client.ts';

const subject: Subject = { kind: 'pod', uid: 'u1' };
const quick = { far: 5, near: 2, inside: 60_000 };

function far(readings: readonly Reading[], more: Partial<FarPart> = {}): FarPart {
	return { readings, versions: v2, problems: [], key: '', node: '', ...more };
}

function near(readings: readonly Reading[]): NearPart {
	return { readings, previous: [], versions: {}, problems: [] };
}

const named = { subject: { kind: 'pod', namespace: 'web', name: 'api', uid: 'u1' }, kind: 'pod' } as const;

/** A subject that can be read; each part may be replaced. */
function reader(parts: Partial<DepthReader>): DepthReader {
	return {
		target: () => named,
		readFar: async () => far([reading('metrics-api', 'workingSet', 100)]),
		findNear: async () => undefined,
		now: () => 1_000_000,
		...parts,
	};
}

function follow(t: TestContext, made: DepthReader, pace = quick) {
	const said: SubjectLedger[] = [];
	const depth = new Depth(made, (message) => said.push(message), pace);
	t.after(() => depth.close());
	return { depth, said };
}

const memory = (usage: number, at: number) =>
	(['usage', 'anon', 'file', 'shmem', 'inactiveFile', 'activeFile', 'cpuTime'] as const).map((quantity) =>
		reading('cgroup-v2', quantity, quantity === 'usage' || quantity === 'anon' ? usage : at, { at }),
	);

describe('a subject in depth', () => {
	test('is read again and again, one reading after the other, as long as somebody looks', async (t) => {
		let reading_ = 0;
		let most = 0;
		let count = 0;
		const { depth, said } = follow(
			t,
			reader({
				readFar: async () => {
					most = Math.max(most, ++reading_);
					count++;
					await new Promise((resolve) => setTimeout(resolve, 8));
					reading_--;
					return far([reading('metrics-api', 'workingSet', 100)]);
				},
			}),
		);
		depth.look(subject);
		await until(() => said.length >= 4, 'four ledgers');
		assert.equal(most, 1);
		depth.look(null);
		const [asked, posted] = [count, said.length];
		await new Promise((resolve) => setTimeout(resolve, 60));
		assert.equal(count, asked);
		assert.equal(said.length, posted);
	});

	test('costs nothing before anybody looks, and nothing more for looking at the same', async (t) => {
		let count = 0;
		const { depth, said } = follow(
			t,
			reader({
				readFar: async () => {
					count++;
					return far([]);
				},
			}),
			{ ...quick, far: 60_000 },
		);
		assert.equal(count, 0);
		depth.look(subject);
		depth.look({ ...subject });
		await until(() => said.length === 1, 'a ledger');
		assert.equal(count, 1);
		depth.refresh();
		await until(() => said.length === 2, 'another after a refresh');
	});

	test('that is left for another says nothing any more, also if it was being read', async (t) => {
		let answer = () => {};
		const { depth, said } = follow(
			t,
			reader({
				target: ({ uid }) => ({ ...named, subject: { ...named.subject, uid } }),
				readFar: async (target) => {
					if (target.subject.kind === 'pod' && target.subject.uid === 'u1') {
						await new Promise<void>((resolve) => {
							answer = resolve;
						});
					}
					return far([]);
				},
			}),
		);
		depth.look(subject);
		depth.look({ kind: 'pod', uid: 'u2' });
		await until(() => said.length > 0, 'the second');
		answer();
		await until(() => said.length > 2, 'more of the second');
		assert.ok(said.every((message) => message.subject.uid === 'u2'));
	});

	test('keeps what was read when a later question fails, and says why it failed', async (t) => {
		let count = 0;
		const { depth, said } = follow(
			t,
			reader({
				readFar: async () => {
					if (++count > 1) {
						throw new Error('The API server did not answer.');
					}
					return far([reading('metrics-api', 'workingSet', 73 * 2 ** 20)], {
						problems: ['You may not ask the kubelet.'],
					});
				},
			}),
		);
		depth.look(subject);
		await until(() => said.length >= 2, 'a failure');
		assert.deepEqual(said[0]?.problems, ['You may not ask the kubelet.']);
		assert.deepEqual(said[1]?.problems, ['The API server did not answer.', 'You may not ask the kubelet.']);
		assert.equal(said[1]?.ledger?.claims.find(({ tool }) => tool === 'kubectl-top-pod')?.printed, '73Mi');
	});

	test('that is gone has no ledger, and says so', async (t) => {
		const { depth, said } = follow(
			t,
			reader({
				readFar: async () => {
					throw new Gone();
				},
			}),
		);
		depth.look(subject);
		await until(() => said.length > 0, 'an answer');
		assert.equal(said[0]?.ledger, null);
		assert.match(said[0]?.problems.join(' ') ?? '', /is gone/);
	});

	test('that runs here is read closely as well, its rates between two readings, its slices kept', async (t) => {
		let at = 1_000_000;
		let looked = 0;
		const { depth, said } = follow(
			t,
			reader({
				readFar: async () => far([reading('metrics-api', 'workingSet', 5000)], { versions: noVersions, key: 'u1' }),
				findNear: async () => {
					looked++;
					return async () => {
						at += 1000;
						return near(memory(1_000_000_000, at));
					};
				},
				now: () => at,
			}),
		);
		depth.look(subject);
		await until(() => said.length >= 5, 'five ledgers');
		const last = said.at(-1);
		assert.equal(looked, 1);
		assert.equal(last?.every, quick.near);
		const rate = last?.ledger?.claims.find(({ tool, of }) => tool === 'raw-usage' && of === 'memory');
		assert.equal(rate?.value, 1_000_000_000);
		const cpu = last?.ledger?.claims.find(({ tool }) => tool === 'prometheus-cpu');
		// The counter stands for the time here: 1000 ns a second.
		assert.equal(cpu?.value, 1000);
		const { slices, times } = last?.history ?? { slices: [], times: [] };
		assert.ok(times.length >= 4);
		assert.deepEqual(slices.map(({ id }) => id).sort(), ['activeFile', 'anon', 'inactiveFile', 'remainder', 'shmem']);
		for (const { values } of slices) {
			assert.equal(values.length, times.length);
		}
	});

	test('that no longer runs here goes on with what the cluster says', async (t) => {
		let count = 0;
		const { depth, said } = follow(
			t,
			reader({
				readFar: async () => far([reading('metrics-api', 'workingSet', 5000)], { key: 'u1' }),
				findNear: async () => async () => (++count > 2 ? null : near(memory(1_000_000, count))),
			}),
		);
		depth.look(subject);
		await until(() => said.at(-1)?.every === quick.far && count > 2, 'the cluster alone');
		assert.ok(said.at(-1)?.ledger?.readings.every(({ source }) => source === 'metrics-api'));
	});

	test('is read from its inside only when asked for, once at a time, and that is kept for a while', async (t) => {
		let started = 0;
		let finish = () => {};
		const { depth, said } = follow(
			t,
			reader({
				readInside: async () => {
					started++;
					await new Promise<void>((resolve) => {
						finish = resolve;
					});
					return { ...near(memory(7_000_000, 5)), problems: ['cpu.stat could not be read: no-permission.'] };
				},
			}),
			{ ...quick, inside: 200 },
		);
		depth.look(subject);
		await until(() => said.length > 2, 'some ledgers');
		assert.equal(started, 0);
		depth.readInside();
		depth.readInside();
		await until(() => started === 1, 'the start');
		finish();
		const usage = (message?: SubjectLedger) => message?.ledger?.claims.find(({ tool }) => tool === 'raw-usage')?.value;
		const inside = () => said.find((message) => usage(message) === 7_000_000);
		await until(() => inside() !== undefined, 'the inside');
		assert.deepEqual(inside()?.problems, ['cpu.stat could not be read: no-permission.']);
		await until(() => Number.isNaN(usage(said.at(-1))), 'the end of it');
		assert.equal(started, 1);
	});

	test('that has no inside, or whose inside cannot be read, keeps its other numbers', async (t) => {
		const { depth, said } = follow(
			t,
			reader({
				readInside: async () => {
					throw new Error('You may not exec.');
				},
			}),
		);
		depth.readInside();
		depth.look(subject);
		depth.readInside();
		await until(() => said.some(({ problems }) => problems.includes('You may not exec.')), 'the sentence');
		assert.equal(said.at(-1)?.ledger?.claims.find(({ tool }) => tool === 'kubectl-top-pod')?.value, 100);
	});

	test('is sent without the readings of its parts, which are many', async (t) => {
		const part = reading('metrics-api', 'workingSet', 1, { part: 'container/app' });
		const { depth, said } = follow(t, reader({ readFar: async () => far([part]) }));
		depth.look(subject);
		await until(() => said.length > 0, 'a ledger');
		assert.deepEqual(said[0]?.ledger?.readings, []);
		assert.equal(said[0]?.ledger?.claims.find(({ tool }) => tool === 'kubectl-top-pod')?.value, 1);
	});
});

test('earlier readings of a counter are those of another moment, each source at its own pace', async () => {
	const { Earlier } = await import('../../../source/monitor/depth/earlier.ts');
	const earlier = new Earlier();
	const slow = (at: number) => reading('kubelet-cadvisor', 'cpuTime', at, { at });
	const fast = (at: number) => reading('cgroup-v2', 'cpuTime', at, { at });
	earlier.add([slow(10), fast(10)]);
	earlier.add([slow(10), fast(12), reading('cgroup-v2', 'usage', 5, { at: 12 })]);
	assert.deepEqual(
		earlier.readings().all.map(({ source, at }) => [source, at]),
		[['cgroup-v2', 10]],
	);
	earlier.add([slow(20), fast(14)]);
	const readings = new Readings(earlier.readings().all);
	assert.equal(readings.value('cpuTime', 'kubelet-cadvisor'), 10);
	assert.equal(readings.value('cpuTime', 'cgroup-v2'), 12);
});
