import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { DoctorPace } from '../../../source/monitor/doctor/agenda.ts';
import { Doctor } from '../../../source/monitor/doctor/doctor.ts';
import type { Explained } from '../../../source/monitor/doctor/join.ts';
import { until } from '../follow/fake-client.ts';
import { explained, own } from './finding.ts';

const pace: DoctorPace = { settle: 0, again: 0, seldom: 0, least: 0 };
const never = 1e8;

/** A doctor whose examinations the test ends. */
function sent(t: TestContext, change: Partial<DoctorPace> = {}) {
	const runs: { signal: AbortSignal; end(found: readonly Explained[] | Error): void }[] = [];
	let changes = 0;
	const doctor = new Doctor({
		pace: { ...pace, ...change },
		changed: () => changes++,
		examine: (signal) =>
			new Promise((resolve, reject) => {
				runs.push({ signal, end: (found) => (found instanceof Error ? reject(found) : resolve(found)) });
			}),
	});
	t.after(() => doctor.stop());
	return { doctor, runs, changes: () => changes };
}

const broken = [own('apiservice-unavailable')];
const proof = [explained('apiservice-missing-endpoints', ['unavailable'])];

describe('the doctor beside the monitor', () => {
	test('is never sent for where nothing is wrong', async (t) => {
		const { doctor, runs, changes } = sent(t);
		doctor.consider([]);
		doctor.consider([own('clock-skew')]);
		doctor.refresh();
		await new Promise((resolve) => setTimeout(resolve, 20));
		assert.equal(runs.length, 0);
		assert.equal(changes(), 0);
	});

	test('examines once at a time, says so, and its finding takes the place of the monitor’s', async (t) => {
		const { doctor, runs } = sent(t, { again: never });
		assert.deepEqual(doctor.consider(broken), broken);
		await until(() => runs.length === 1, 'an examination');
		assert.ok(doctor.examining);
		doctor.refresh();
		await new Promise((resolve) => setTimeout(resolve, 20));
		assert.equal(runs.length, 1);
		runs[0]?.end(proof);
		await until(() => !doctor.examining, 'its end');
		assert.deepEqual(
			doctor.consider(broken).map(({ id }) => id),
			['apiservice-missing-endpoints'],
		);
	});

	test('examines again after a while, when ctrl-r asks for it, and when something else is wrong', async (t) => {
		const again = sent(t);
		again.doctor.consider(broken);
		for (const count of [1, 2, 3]) {
			await until(() => again.runs.length === count, `examination ${count}`);
			again.runs[count - 1]?.end(proof);
		}
		const seldom = sent(t, { again: never, seldom: never });
		seldom.doctor.consider(broken);
		await until(() => seldom.runs.length === 1, 'the first');
		seldom.runs[0]?.end(proof);
		await until(() => !seldom.doctor.examining, 'its end');
		seldom.doctor.refresh();
		await until(() => seldom.runs.length === 2, 'the one that was asked for');
		seldom.doctor.consider([own('metrics-empty')]);
		seldom.runs[1]?.end([]);
		await until(() => seldom.runs.length === 3, 'the one of what has changed');
	});

	test('gives up at once when all is well again, and forgets what it has found', async (t) => {
		const { doctor, runs } = sent(t);
		doctor.consider(broken);
		await until(() => runs.length === 1, 'an examination');
		assert.deepEqual(doctor.consider([]), []);
		assert.ok(runs[0]?.signal.aborted);
		runs[0]?.end(proof);
		await until(() => !doctor.examining, 'its end');
		assert.deepEqual(doctor.consider(broken), broken);
	});

	test('keeps what it has found when an examination fails', async (t) => {
		const { doctor, runs } = sent(t);
		doctor.consider(broken);
		await until(() => runs.length === 1, 'an examination');
		runs[0]?.end(proof);
		await until(() => runs.length === 2, 'another');
		runs[1]?.end(new Error('broken off'));
		await until(() => runs.length === 3, 'a third');
		assert.equal(doctor.consider(broken)[0]?.id, 'apiservice-missing-endpoints');
	});
});
