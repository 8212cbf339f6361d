import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readmeWithTables } from '../media/readme-tables.ts';
import { exitCodes } from '../source/exit-codes.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README lists the keys and flags that the program has (else: npm run readme)', () => {
	assert.equal(readme, readmeWithTables(readme));
});

test('the README explains every exit code', () => {
	const table = readme.slice(readme.indexOf('## Exit codes'), readme.indexOf('## Develop'));
	for (const code of Object.values(exitCodes)) {
		assert.match(table, new RegExp(`\\b${code}\\b`));
	}
});
