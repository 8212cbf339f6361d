import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLedger } from '../../source/explain/ledger.ts';
import type { ToolId } from '../../source/model/ledger.ts';
import { Readings } from '../../source/model/reading.ts';
import { reading, v1 } from './made.ts';

/**
 * Two processes that burn CPU on two CPUs, measured on a real engine: 891,274,255 ns of CPU in 2.1 s of system time, with a
 * wall clock of 1,050.152 ms (0.84871 cores).
 */
const before = new Readings([
	reading('docker', 'cpuTime', 5_000_000_000, { at: 0 }),
	reading('docker', 'systemCpuTime', 70_000_000_000, { at: 0 }),
	reading('proc', 'cpuTime', 4_990_000_000, { at: 0 }),
]);
const milliseconds = 891_274_255 / 848_710;
const after = new Readings([
	reading('docker', 'cpuTime', 5_891_274_255, { at: milliseconds }),
	reading('docker', 'systemCpuTime', 72_100_000_000, { at: milliseconds }),
	reading('docker', 'onlineCpus', 2, { at: milliseconds }),
	reading('proc', 'cpuTime', 5_881_000_000, { at: milliseconds }),
	reading('pod-spec', 'cpuRequest', 500_000_000),
]);

function printed(current: Readings, previous: Readings | undefined, tool: ToolId): string {
	const ledger = makeLedger('x', 'container', current, v1, previous);
	const claim = ledger.claims.find((one) => one.tool === tool && one.of === 'cpu');
	return claim === undefined ? 'no claim' : claim.printed || claim.needs;
}

describe('CPU in the print of each tool', () => {
	test('849m, 84.88% and 169% of a request of 500m', () => {
		assert.equal(printed(after, before, 'kubectl-top-pod'), '849m');
		assert.equal(printed(after, before, 'docker-stats'), '84.88%');
		assert.equal(printed(after, before, 'hpa'), '169%');
		assert.equal(printed(after, before, 'top-in-container'), '84.8');
		assert.equal(printed(after, before, 'busybox-top'), '42%');
	});

	test('docker’s clock is a term of its own, and what is left is named by windows', () => {
		const ledger = makeLedger('x', 'container', after, v1, before);
		const docker = ledger.bridges.find(({ id, to }) => id === 'B7' && to === 'docker-stats');
		assert.deepEqual(
			docker?.terms.map(({ id }) => id),
			['steal'],
		);
		assert.ok(Math.abs(docker?.residual ?? 1e9) < 1);
		const published = reading('metrics-api', 'cpuRate', 500_000_000, { at: 0, window: 15_000 });
		const apart = makeLedger('x', 'container', after.with([published]), v1, before).bridges.find(
			({ id, to }) => id === 'B7' && to === 'docker-stats',
		);
		assert.equal(apart?.residualReasons[0], 'window');
		assert.equal(apart?.residualFacts['fromWindow'], 15_000);
	});

	test('over one interval ticks are the reason, and over another one its window', () => {
		const counters = (at: number, nanoseconds: number, ticks: number) =>
			new Readings([
				reading('cgroup-v1', 'cpuTime', nanoseconds, { at }),
				reading('proc', 'cpuTime', ticks * 1e7, { at }),
				reading('proc', 'processes', 2, { at }),
			]);
		const toTop = (now: Readings) =>
			makeLedger('x', 'cgroup', now, v1, counters(0, 0, 0)).bridges.find(
				({ id, to }) => id === 'B7' && to === 'top-in-container',
			);
		assert.equal(toTop(counters(1_000, 203_000_000, 20))?.residualReasons[0], 'ticks');
		// More than two processes can be off by: some must have ended.
		assert.equal(toTop(counters(1_000, 403_000_000, 20))?.residualReasons.includes('ended-processes'), true);
		const published = reading('metrics-api', 'cpuRate', 203_000_000, { at: 0, window: 15_000 });
		assert.equal(toTop(counters(1_000, 203_000_000, 20).with([published]))?.residualReasons[0], 'window');
	});

	test('less than a nanocore is what kubectl’s source cuts off', () => {
		const counter = (at: number, value: number) => new Readings([reading('cgroup-v1', 'cpuTime', value, { at })]);
		const ledger = makeLedger('x', 'cgroup', counter(3_000, 100_000_001), v1, counter(0, 0));
		const bridge = ledger.bridges.find(({ id, to }) => id === 'B7' && to === 'prometheus-cpu');
		assert.deepEqual(bridge?.residualReasons, ['whole-nanocores']);
	});

	test('one sample of a counter gives no rate, and says so', () => {
		assert.equal(printed(after, undefined, 'kubectl-top-pod'), 'second-sample');
		assert.equal(printed(after, undefined, 'docker-stats'), 'second-sample');
	});

	test('a counter that went back and a clock that stood give no rate', () => {
		assert.equal(printed(before.with([reading('docker', 'onlineCpus', 2)]), after, 'kubectl-top-pod'), 'newer-sample');
		assert.equal(printed(after, after, 'kubectl-top-pod'), 'newer-sample');
	});

	test('the autoscaler rounds each container up before it sums', () => {
		const pod = new Readings([
			reading('metrics-api', 'cpuRate', 100_400_000, { part: 'container/a' }),
			reading('metrics-api', 'cpuRate', 100_400_000, { part: 'container/b' }),
			reading('pod-spec', 'cpuRequest', 200_000_000),
		]);
		const ledger = makeLedger('pod/x/y', 'pod', pod, v1);
		const b10 = ledger.bridges.find(({ id, of }) => id === 'B10' && of === 'cpu');
		assert.equal(b10?.source, 200_800_000);
		assert.equal(b10?.target, 202_000_000);
		assert.equal(b10?.residual, 0);
		assert.equal(ledger.claims.find(({ tool, of }) => tool === 'hpa' && of === 'cpu')?.printed, '101%');
		assert.equal(ledger.claims.find(({ tool, of }) => tool === 'kubectl-top-pod' && of === 'cpu')?.printed, '201m');
	});

	test('is not known of a counter that went back, that stands with its clock, or was read once', () => {
		const one = (value: number, at: number) => new Readings([reading('cgroup-v1', 'cpuTime', value, { at })]);
		for (const [earlier, later, expected] of [
			[one(5e9, 0), one(1e9, 1000), 'counter-reset'],
			[one(5e9, 1000), one(5e9, 1000), 'newer-sample'],
			[one(5e9, 1000), one(6e9, 0), 'newer-sample'],
			[undefined, one(5e9, 1000), 'second-sample'],
			// One that does not move although time passes is a rate: nothing was worked.
			[one(5e9, 0), one(5e9, 1000), '0.000'],
		] as const) {
			assert.equal(printed(later, earlier, 'prometheus-cpu'), expected);
		}
	});
});
