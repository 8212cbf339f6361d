import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingKey } from '../../source/model/finding.ts';

test('findings of one cause and subject are told apart by the kind of missing sample, and by nothing that changes', () => {
	const young = { id: 'pods-without-samples', subject: 'pods', facts: { code: 'pod-too-young', count: 2 } };
	const restarting = { ...young, facts: { code: 'container-restarting', count: 2 } };
	assert.notEqual(findingKey(young), findingKey(restarting));
	assert.equal(findingKey(young), findingKey({ ...young, facts: { ...young.facts, count: 7 } }));
	assert.equal(findingKey({ id: 'api-unreachable', subject: 'cluster', facts: {} }), 'api-unreachable cluster');
});
