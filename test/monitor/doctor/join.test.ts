import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { causes } from '../../../source/diagnose/causes.ts';
import { sights } from '../../../source/diagnose/sights.ts';
import { joined } from '../../../source/monitor/doctor/join.ts';
import { meaningsOf, signsAmong } from '../../../source/monitor/doctor/signs.ts';
import { explained, own, podsMissing } from './finding.ts';

const ids = (findings: readonly { id: string }[]) => findings.map(({ id }) => id);

describe('what the doctor is sent for', () => {
	test('is what it can explain and what is more than worth knowing', () => {
		const findings = [
			own('apiservice-unavailable'),
			own('tls-not-verified', { severity: 'warning' }),
			own('metrics-forbidden', { severity: 'info' }),
			podsMissing(['web/a']),
			{ ...podsMissing(['web/b']), severity: 'info' as const },
		];
		assert.deepEqual(signsAmong(findings), [findings[0], findings[3]]);
	});

	test('is not the pods of a lost node: the node is', () => {
		const pods = { ...podsMissing(['web/a']), facts: { code: 'node-without-samples', count: 1, names: 'web/a' } };
		assert.deepEqual(signsAmong([pods]), []);
	});

	test('has a name that the doctor knows', () => {
		const known = new Set([...Object.keys(sights), ...causes.map(({ id }) => id)]);
		for (const id of [
			'api-unreachable',
			'credentials-rejected',
			'list-failing',
			'nodes-forbidden',
			'pods-forbidden',
			'metrics-forbidden',
			'api-group-absent',
			'apiservice-unavailable',
			'metrics-unreachable',
			'metrics-empty',
			'node-without-samples',
			'pods-without-samples',
		]) {
			const meanings = meaningsOf(own(id));
			assert.ok(meanings.length > 0, id);
			assert.deepEqual(
				meanings.filter((meaning) => !known.has(meaning)),
				[],
				id,
			);
		}
	});
});

describe('of two findings that say the same', () => {
	test('the one with the proof stays, and everything else is kept', () => {
		const findings = [own('apiservice-unavailable'), own('clock-skew')];
		const doctor = [explained('apiservice-missing-endpoints', ['unavailable'])];
		assert.deepEqual(ids(joined(findings, doctor)), ['apiservice-missing-endpoints', 'clock-skew']);
	});

	test('a refusal of everything is not told as rights that are missing', () => {
		const refused = [own('nodes-forbidden', { severity: 'info' }), own('pods-forbidden'), own('metrics-forbidden')];
		for (const id of ['impersonation-forbidden', 'anonymous-identity']) {
			assert.deepEqual(ids(joined(refused, [explained(id, ['no-api'])])), [id]);
		}
		const rights = explained('rbac-metrics-pods-ns', ['forbidden']);
		assert.deepEqual(ids(joined(refused, [rights])), ['rbac-metrics-pods-ns', 'nodes-forbidden', 'pods-forbidden']);
	});

	test('what is seen of the cluster is explained by a cause at one of its nodes', () => {
		const doctor = [explained('kubelet-old-metric-names', ['nodes-missing', 'empty'], ['node/n01'])];
		assert.deepEqual(ids(joined([own('metrics-empty')], doctor)), ['kubelet-old-metric-names']);
	});

	test('the monitor’s own stays until all that it names is explained', () => {
		const doctor = [explained('one-container-lacks-sample', ['pods-missing'], ['pod/web/a'])];
		assert.deepEqual(ids(joined([podsMissing(['web/a'])], doctor)), ['one-container-lacks-sample']);
		assert.deepEqual(ids(joined([podsMissing(['web/a', 'web/b'])], doctor)), [
			'one-container-lacks-sample',
			'pods-without-samples',
		]);
	});

	test('the doctor’s goes when the monitor no longer sees what it explains', () => {
		const doctor = [explained('one-container-lacks-sample', ['pods-missing'], ['pod/web/a'])];
		assert.deepEqual(ids(joined([podsMissing(['web/b'])], doctor)), ['pods-without-samples']);
		assert.deepEqual(ids(joined([own('metrics-empty')], doctor)), ['metrics-empty']);
		assert.deepEqual(ids(joined([], doctor)), []);
	});

	test('the doctor’s stays where the monitor names only some of many', () => {
		const doctor = [explained('one-container-lacks-sample', ['pods-missing'], ['pod/web/z'])];
		assert.deepEqual(ids(joined([podsMissing(['web/a', 'web/b', 'web/c'], 9)], doctor)), [
			'one-container-lacks-sample',
			'pods-without-samples',
		]);
	});

	test('what is only worth knowing is told as long as anything is wrong', () => {
		const doctor = [explained('other-apiservice-broken', [])];
		assert.deepEqual(ids(joined([own('metrics-empty')], doctor)), ['other-apiservice-broken', 'metrics-empty']);
		assert.deepEqual(ids(joined([own('clock-skew')], doctor)), ['clock-skew']);
	});
});
