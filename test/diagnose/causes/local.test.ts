import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeLocal, type LocalEvidence } from '../../../source/diagnose/causes/local.ts';
import { findingMessage, findings } from '../../../source/messages/en/findings.ts';

const evidence = (more: Partial<LocalEvidence> = {}): LocalEvidence => ({
	root: '/',
	hasCgroups: true,
	unreadable: [],
	engineFailure: '',
	engineError: '',
	refresh: 2_000,
	interval: 2_000,
	took: 5,
	cgroups: 100,
	...more,
});

const ids = (more: Partial<LocalEvidence>) => judgeLocal(evidence(more)).map(({ id, severity }) => `${severity} ${id}`);

describe('what is met on this machine', () => {
	test('is nothing on an ordinary one', () => {
		assert.deepEqual(ids({}), []);
	});

	test('is an engine that hangs, told from one that cannot be asked', () => {
		assert.deepEqual(ids({ engineFailure: 'timeout' }), ['warning docker-silent']);
		assert.deepEqual(ids({ engineFailure: 'permission' }), ['warning docker-unavailable']);
	});

	test('is that reading takes longer than it may: the interval is stretched', () => {
		const [finding] = judgeLocal(evidence({ interval: 5_000, took: 2_500 }));
		assert.equal(finding?.id, 'polls-slow');
		const title = findingMessage('polls-slow').title(finding?.facts ?? {});
		assert.match(title, /every 5 s instead of every 2 s/);
	});

	test('is one finding for all that cannot be read', () => {
		const unreadable = ['a/1', 'a/2', 'a/3', 'a/4'];
		const [finding] = judgeLocal(evidence({ unreadable }));
		assert.equal(finding?.facts['names'], 'a/1, a/2, a/3 and 1 more');
		assert.deepEqual(ids({ hasCgroups: false }), ['warning cgroups-absent']);
	});

	test('has words for each', () => {
		const all = judgeLocal(
			evidence({ hasCgroups: false, unreadable: ['a/1'], engineFailure: 'timeout', interval: 4_000 }),
		);
		for (const { facts, id } of [...all, ...judgeLocal(evidence({ engineFailure: 'permission' }))]) {
			assert.ok(Object.hasOwn(findings, id), id);
			const { act, means, seen, title } = findingMessage(id);
			for (const text of [title(facts), means(facts), ...act(facts)]) {
				assert.ok(text.length > 8 && !/undefined|NaN/.test(text), text);
			}
			assert.doesNotMatch(seen(facts), /undefined|NaN/);
		}
	});
});
