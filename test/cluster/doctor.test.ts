/**
 * Real components are broken one at a time, and the doctor has to find what it is. What the cluster needs to notice a
 * fault by itself is waited for: the doctor is asked until it says so, and what it said before is printed.
 */
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '../../source/commands/doctor/report.ts';
import { autoscalerFaults } from './doctor/autoscaler-faults.ts';
import { examine, type Patient, verdictOf } from './doctor/examination.ts';
import type { Fault } from './doctor/fault.ts';
import { kubeletFaults } from './doctor/kubelet-faults.ts';
import { intoPod, outOfPod } from './doctor/metrics-server.ts';
import { podFaults } from './doctor/pod-faults.ts';
import { processFaults, registrationFaults } from './doctor/registration-faults.ts';
import { kubectlProgram } from './rig.ts';

const skip = kubectlProgram === '' && 'npm run test:cluster needs or brings up a cluster';
const longest = 150_000;
/** All of it: a scrape that fails is told from one that has not come yet only when metrics-server has run for a while. */
const timeout = 3_600_000;

async function untilFound(title: string, finds: string | RegExp, patient: Patient): Promise<Report> {
	const startedAt = performance.now();
	let last: string | null = null;
	for (;;) {
		const report = await examine(patient);
		const verdict = verdictOf(report);
		const seconds = Math.round((performance.now() - startedAt) / 1_000);
		if (verdict !== last) {
			console.log(
				`${title}: after ${seconds} s ${verdict || 'healthy'} (${report.requests} requests, ${report.milliseconds} ms)`,
			);
			last = verdict;
		}
		if (typeof finds === 'string' ? verdict === finds : finds.test(verdict)) {
			return report;
		}
		assert.ok(seconds * 1_000 < longest, `found ${verdict || 'nothing'}, and not ${finds}`);
		await sleep(2_000);
	}
}

function holds({ finds, mend, patient = {}, title, ...fault }: Fault): void {
	test(title, async () => {
		try {
			await fault.break();
			await untilFound(title, finds, patient);
		} finally {
			await mend();
		}
	});
}

describe('the doctor of a real cluster', { skip, timeout }, () => {
	describe('with metrics-server beside it', { timeout }, () => {
		test('healthy', async () => {
			assert.equal((await untilFound('healthy', '', {})).healthy, true);
		});
		describe('each from a healthy cluster', { timeout }, () => {
			// What is new is told by its age, which must not pass while the last fault still mends.
			beforeEach(async () => void (await untilFound('before it', '', {})));
			processFaults.map(holds);
			podFaults.map(holds);
			autoscalerFaults.map(holds);
		});
	});
	describe('with metrics-server as a pod', { timeout }, () => {
		before(intoPod);
		after(outOfPod);
		registrationFaults.map(holds);
		kubeletFaults.map(holds);
		test('healthy again', async () => {
			await untilFound('healthy', '', {});
		});
	});
	test('healthy in the end', async () => {
		await untilFound('healthy', '', {});
	});
});
