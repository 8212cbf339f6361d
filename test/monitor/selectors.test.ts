import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ListName, ListQuery } from '../../source/monitor/messages.ts';
import { Selectors } from '../../source/monitor/selectors.ts';

const query = (list: ListName, filter: string): ListQuery => ({
	list,
	filter,
	sequence: 1,
	scope: {},
	sort: { column: 'name', descending: false },
	anchor: null,
	offset: 0,
	count: 10,
});

describe('the label selector of the followed pods', () => {
	test('waits until a filter is typed to its end, and asks once', (t) => {
		t.mock.timers.enable({ apis: ['setTimeout'] });
		const followed: string[] = [];
		const selectors = new Selectors('', (selector) => followed.push(selector));
		for (const typed of ['-l a', '-l ap', '-l app', '-l app=', '-l app=x']) {
			selectors.filtered(query('pods', typed));
			t.mock.timers.tick(100);
		}
		assert.deepEqual(followed, []);
		t.mock.timers.tick(1_000);
		assert.deepEqual(followed, ['app=x']);
		selectors.filtered(query('pods', ''));
		t.mock.timers.tick(1_000);
		assert.deepEqual(followed, ['app=x', '']);
	});

	test('narrows what a flag or a command chose, and leaves that when the filter goes', (t) => {
		t.mock.timers.enable({ apis: ['setTimeout'] });
		const followed: string[] = [];
		const selectors = new Selectors('tier=web', (selector) => followed.push(selector));
		selectors.filtered(query('containers', '-l app=x cpu>1m'));
		t.mock.timers.tick(1_000);
		selectors.choose('tier=db');
		selectors.filtered(query('containers', 'cpu>1m'));
		t.mock.timers.tick(1_000);
		assert.deepEqual(followed, ['tier=web,app=x', 'tier=db,app=x', 'tier=db']);
	});

	test('is nothing of the nodes and the findings, nor of a filter without labels', (t) => {
		t.mock.timers.enable({ apis: ['setTimeout'] });
		const selectors = new Selectors('', () => assert.fail('nothing was to be followed anew'));
		selectors.filtered(query('nodes', '-l role=x'));
		selectors.filtered(query('pods', 'web'));
		t.mock.timers.tick(1_000);
	});
});
