import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kubectlTable } from '../../../source/commands/top/kubectl-table.ts';

/** Spaces at the ends of lines are easily lost in a test: `|` marks where a line ends. */
function lines(rows: readonly (readonly string[])[]): string[] {
	return kubectlTable(rows)
		.split('\n')
		.map((line) => `${line}|`);
}

describe('kubectlTable', () => {
	test('nothing of no rows', () => {
		assert.equal(kubectlTable([]), '');
	});

	test('columns are three wider than their widest cell and at least six wide, the last one too', () => {
		assert.deepEqual(
			lines([
				['NAME', 'X'],
				['a-longer-name', '1'],
			]),
			['NAME            X     |', 'a-longer-name   1     |', '|'],
		);
	});

	test('a line with fewer cells parts the blocks of a column, and later blocks are never narrower', () => {
		assert.deepEqual(lines([['a', 'wide-cell'], ['b'], ['c', 'x', 'last'], ['d'], ['e', 'even-wider-cell', '1']]), [
			'a     wide-cell   |',
			'b     |',
			'c     x           last   |',
			'd     |',
			'e     even-wider-cell   1      |',
			'|',
		]);
	});

	test('empty cells keep their place', () => {
		assert.deepEqual(
			lines([
				['name', '100m'],
				['', '________'],
			]),
			['name   100m       |', '       ________   |', '|'],
		);
	});

	test('width is counted in code points, as in Go', () => {
		assert.deepEqual(
			lines([
				['日本語日本語', '1'],
				['🙂🙂🙂', '2'],
				['e\u0301', '3'],
				['plain', '4'],
			]),
			['日本語日本語   1     |', '🙂🙂🙂      2     |', 'e\u0301       3     |', 'plain    4     |', '|'],
		);
	});
});
