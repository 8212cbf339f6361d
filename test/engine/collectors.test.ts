import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

/** KB that helpers found to be alive while the program went on, one that makes much that lives for a while. */
function foundByHelpers(before: string): number {
	const module = new URL('../../source/engine/collectors.ts', import.meta.url).href;
	const program = `
		import { markAlone } from ${JSON.stringify(module)};
		${before}
		const live = [];
		for (let made = 0; made < 3_000_000; made++) {
			live[made % 600_000] = { made, text: ['x', made] };
		}`;
	const { status, stdout } = spawnSync(
		process.execPath,
		['--trace-incremental-marking', '--input-type=module', '-e', program],
		{ encoding: 'utf8', maxBuffer: 2 ** 26 },
	);
	assert.equal(status, 0);
	const told = Array.from(stdout.matchAll(/mutator: \d+KB, concurrent (\d+)KB/g), ([, found]) => Number(found));
	assert.ok(told.length > 0, 'nothing was looked for');
	return Math.max(...told);
}

describe('looking for what is alive while the program goes on', () => {
	test('is done by helpers when the engine chooses', () => {
		// On a machine that is busy they may not get to it once.
		assert.ok([1, 2, 3].some(() => foundByHelpers('') > 0));
	});

	test('is done by the thread itself from when it is said', () => {
		assert.equal(foundByHelpers('markAlone();'), 0);
	});
});
