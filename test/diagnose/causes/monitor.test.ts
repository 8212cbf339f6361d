import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeMonitor, type MonitorEvidence } from '../../../source/diagnose/causes/monitor.ts';
import { firstCommand } from '../../../source/messages/en/proof.ts';
import type { NoSampleCode } from '../../../source/model/usage.ts';

const list = (resource: string) => ({ resource, status: 0, error: '', unreachable: false, watchRefused: false });
const metrics = { answer: 'answering', version: 'v1beta1', error: '', staleFor: Number.NaN } as const;

const evidence = (more: Partial<MonitorEvidence> = {}): MonitorEvidence => ({
	server: 'https://api.example:6443',
	kubectlFlags: '',
	namespace: null,
	insecure: '',
	clockSkew: 0,
	lists: [list('nodes'), list('pods')],
	slow: [{ resource: 'pods', waiting: Number.NaN }],
	nodeMetrics: metrics,
	podMetrics: metrics,
	nodesSampled: 3,
	nodesWithoutSamples: new Map(),
	podsWithoutSamples: new Map(),
	...more,
});

const ids = (given: MonitorEvidence) => judgeMonitor(given).map(({ id, severity }) => `${severity} ${id}`);
const missing = (code: NoSampleCode, ...names: string[]) => new Map([[code, { count: names.length, names }]]);

describe('what the monitor meets', () => {
	test('is nothing on a healthy cluster, finished and pending pods included', () => {
		const podsWithoutSamples = new Map([
			...missing('pod-finished', 'a/job'),
			...missing('pod-pending-or-init', 'a/new'),
		]);
		assert.deepEqual(ids(evidence({ podsWithoutSamples })), []);
	});

	test('is an unreachable API once, not once for each list', () => {
		const lists = [list('nodes'), list('pods')].map((one) => ({ ...one, unreachable: true, error: 'refused' }));
		const failing = { ...metrics, answer: 'metrics-unreachable' } as const;
		const given = evidence({ lists, nodeMetrics: failing, podMetrics: failing });
		assert.deepEqual(ids(given), ['error api-unreachable']);
	});

	test('is an absent metrics API once, without a finding for every pod that lacks a sample for it', () => {
		const absent = { ...metrics, answer: 'api-group-absent' } as const;
		const given = evidence({
			nodeMetrics: absent,
			podMetrics: absent,
			podsWithoutSamples: missing('api-group-absent', 'a/b', 'a/c'),
			nodesWithoutSamples: missing('api-group-absent', 'n1'),
		});
		assert.deepEqual(ids(given), ['error api-group-absent']);
	});

	test('is forbidden nodes: an error for one who sees all pods, a remark for the user of a namespace', () => {
		const lists = [{ ...list('nodes'), status: 403, error: 'nodes is forbidden' }, list('pods')];
		assert.deepEqual(ids(evidence({ lists })), ['error nodes-forbidden']);
		assert.deepEqual(ids(evidence({ lists, namespace: 'web' })), ['info nodes-forbidden']);
	});

	test('is a node without samples, named', () => {
		const [finding] = judgeMonitor(evidence({ nodesWithoutSamples: missing('node-row-unknown', 'n05') }));
		assert.equal(finding?.id, 'node-without-samples');
		assert.equal(finding?.subject, 'node/n05');
		assert.equal(finding?.facts['count'], 1);
	});

	test('names three pods of many and counts the rest', () => {
		const names = ['a/1', 'a/2', 'a/3', 'a/4', 'a/5'];
		const [finding] = judgeMonitor(evidence({ podsWithoutSamples: missing('one-container-lacks-sample', ...names) }));
		assert.equal(finding?.facts['names'], 'a/1, a/2, a/3 and 2 more');
		assert.equal(finding?.severity, 'warning');
	});

	test('says how kubectl reaches the same cluster, in what is copied too', () => {
		const found = judgeMonitor(
			evidence({ kubectlFlags: '--context prod', nodesWithoutSamples: missing('node-row-unknown', 'n05') }),
		).map((finding) => ({ ...finding, since: 0 }));
		assert.deepEqual(found.map(firstCommand), ['kubectl --context prod describe node n05']);
	});

	test('is an unverified connection, a clock that is wrong, and samples that stand still', () => {
		const stale = { ...metrics, staleFor: 120_000 };
		const given = evidence({ insecure: 'unverified', clockSkew: -90_000, nodeMetrics: stale, podMetrics: stale });
		assert.deepEqual(ids(given), ['warning tls-not-verified', 'warning clock-skew', 'warning stale-samples']);
	});

	test('is an answer that has been waited for remarkably long', () => {
		const slow = [
			{ resource: 'pods', waiting: Number.NaN },
			{ resource: 'metrics.k8s.io', waiting: 12_345 },
		];
		const [finding, ...others] = judgeMonitor(evidence({ slow }));
		assert.deepEqual(others, []);
		assert.equal(finding?.id, 'api-slow');
		assert.equal(finding?.subject, 'metrics.k8s.io');
		assert.equal(finding?.facts['seconds'], 12);
	});

	test('is rejected credentials, told apart from a server that cannot be reached', () => {
		const lists = [list('nodes'), list('pods')].map((one) => ({ ...one, status: 401, error: 'Unauthorized' }));
		assert.deepEqual(ids(evidence({ lists })), ['error credentials-rejected']);
	});
});
