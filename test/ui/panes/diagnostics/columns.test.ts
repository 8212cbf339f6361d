import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingColumns } from '../../../../source/ui/panes/diagnostics/columns.ts';
import { makeTheme } from '../../../../source/ui/theme.ts';

test('a finding that is younger than the time of the screen is 0 s old', () => {
	const now = Date.UTC(2026, 0, 1);
	const { glyphs } = makeTheme({ colour: 'none', glyphs: 'unicode' });
	const since = findingColumns.find(({ id }) => id === 'since');
	const finding = {
		id: 'node-not-ready',
		severity: 'error',
		subject: 'node/n05',
		facts: {},
		since: now + 5_000,
	} as const;
	const context = { now, glyphs, sort: { column: 'since', descending: true }, wide: false, refresh: 2_000 } as const;
	assert.equal(since?.cell(finding, context, 6).text, '0s');
});
