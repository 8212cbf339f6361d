import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { MetricsAnswer } from '../../source/diagnose/causes/no-sample.ts';
import { Fleet } from '../../source/model/fleet/fleet.ts';
import { containerUsage, nodeUsage, podUsage, type UsageContext } from '../../source/monitor/usage.ts';
import { containerRecord, nodeRecord, podRecord } from '../model/fleet/records.ts';

const hour = 3_600_000;
const now = 100 * hour;

/** A pod and a node of which the newest answers, asked for when `asOf` says, know nothing. */
function unsampled(startedAt: number) {
	const fleet = new Fleet();
	const before = { pods: fleet.pods.slots.version, nodes: fleet.nodes.slots.version };
	fleet.putNode(nodeRecord('n1', { createdAt: startedAt }), 1);
	fleet.putPod(podRecord('web', 'a', { containers: [containerRecord('app', { startedAt })] }), 1);
	const codes = (time: number, known: boolean) => {
		const context: UsageContext = {
			serverTime: now,
			refresh: 15_000,
			podMetrics: 'answering',
			nodeMetrics: 'answering',
			podsAsOf: { time, rows: known ? fleet.pods.slots.version : before.pods },
			nodesAsOf: { time, rows: known ? fleet.nodes.slots.version : before.nodes },
			window: 15_000,
		};
		return [podUsage(fleet, 0, context), nodeUsage(fleet, 0, context)].map((usage) =>
			usage.kind === 'none' ? usage.code : '',
		);
	};
	return codes;
}

describe('what the newest answer leaves out', () => {
	test('is missing from it if it was known and old enough when it was asked for', () => {
		assert.deepEqual(unsampled(now - hour)(now, true), ['one-container-lacks-sample', 'node-row-unknown']);
	});

	test('is too young if it was so then, however long ago that is', () => {
		const codes = unsampled(now - 5 * 60_000);
		assert.deepEqual(codes(now - 5 * 60_000 + 10_000, true), ['pod-too-young', 'node-too-young']);
	});

	test('is shown until the next answer, however seldom there is one, and not for long without any', () => {
		const fleet = new Fleet();
		fleet.putNode(nodeRecord('n1'), 1);
		fleet.putPod(podRecord('web', 'a'), 1);
		const sample = { timestamp: now - hour, window: 15_000, cpu: 1, memory: 1, swap: Number.NaN };
		fleet.sampleNode({ name: 'n1', ...sample }, 1);
		fleet.samplePod({ namespace: 'web', name: 'a', ...sample, containers: [{ name: 'app', ...sample }] }, 1);
		const kinds = (answer: MetricsAnswer) => {
			const asOf = { time: now - hour, rows: 1_000 };
			const context: UsageContext = {
				serverTime: now,
				refresh: hour,
				podMetrics: answer,
				nodeMetrics: answer,
				podsAsOf: asOf,
				nodesAsOf: asOf,
				window: 15_000,
			};
			return [podUsage(fleet, 0, context), nodeUsage(fleet, 0, context), containerUsage(fleet, 0, context)].map(
				({ kind }) => kind,
			);
		};
		assert.deepEqual(kinds('answering'), ['sampled', 'sampled', 'sampled']);
		assert.deepEqual(kinds('metrics-unreachable'), ['none', 'none', 'none']);
	});

	test('is not missing from it if nobody knew of it then', () => {
		assert.deepEqual(unsampled(now - hour)(now, false), ['not-asked-yet', 'not-asked-yet']);
	});
});
