import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judge } from './bench/support/budget.ts';
import { rowsOf, sectionsOf } from './bench/support/sections.ts';
import { budgetTable, growthTable } from './bench/support/summary.ts';
import { table } from './bench/support/table.ts';

/** The rows of a table as the page of results has it. */
function rows(pods: number, budget: string, values: readonly number[], baseline?: { name: string; median: number }) {
	const line = { what: 'all rows', unit: 'ms', values, budget, ...(baseline === undefined ? {} : { baseline }) };
	return sectionsOf(`# Page\n\n${table(`Start, ${pods} pods, 200×60`, [line])}\nmeasured then\n`).flatMap(rowsOf);
}

function judged(budget: string, values: readonly number[], baseline?: { name: string; median: number }) {
	const [row] = rows(150_000, budget, values, baseline);
	return row === undefined ? undefined : judge(row);
}

describe('the page of results', () => {
	test('is read back as it was written', () => {
		const [row] = rows(1000, '≤ 5', [1, 2, 9], { name: 'kubectl', median: 4 });
		assert.deepEqual(row, {
			subject: 'Start, 200×60',
			pods: 1000,
			what: 'all rows',
			unit: 'ms',
			median: 2,
			p95: 9,
			p99: 9,
			ratio: 0.5,
			budget: '≤ 5',
		});
	});

	test('holds medians, quantiles and ratios against their budgets', () => {
		assert.deepEqual(judged('p50 ≤ 5, p99 ≤ 16', [4, 4, 17]), { values: [4, 17], isMet: false });
		assert.deepEqual(judged('p50 ≤ 5, p99 ≤ 16', [4, 4, 16]), { values: [4, 16], isMet: true });
		assert.deepEqual(judged('≤ 0.5 × kubectl top', [4], { name: 'kubectl top', median: 10 }), {
			values: [0.4],
			isMet: true,
		});
		assert.deepEqual(judged('< 1', [1]), { values: [1], isMet: false });
		assert.deepEqual(judged('0', [0]), { values: [0], isMet: true });
	});

	test('judges by a budget of one size at that size only, and by none where there is none', () => {
		assert.equal(judged('50,000: ≤ 1.9', [1]), null);
		assert.deepEqual(judged('50,000: ≤ 1.9; 150,000: ≤ 5', [6]), { values: [6], isMet: false });
		assert.equal(judged('', [1]), null);
		assert.equal(judged('≤ 0.5 × kubectl top', [4]), null);
	});

	test('begins with what is met at which size, and how it grows', () => {
		const all = [1000, 10_000, 100_000].flatMap((pods) => rows(pods, '≤ 1500', [20 + pods / 50]));
		const budgets = budgetTable(all);
		assert.match(budgets, /^2 of 3 are met/m);
		assert.match(budgets, /\| all rows \| ms \| ≤ 1500 \| 40\.0 ✓ \| 220 ✓ \| \*\*2020 ✗\*\* \|/);
		assert.match(growthTable(all), /\| all rows \| 20\.0 ms \| 20\.0 µs \| 0\.00 ms \| 3 \|/);
	});
});
