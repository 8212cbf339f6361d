import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

/** So many threads look for what is alive for a thread that makes much that lives for a while. */
function markers(before: string): number {
	const module = new URL('../../source/engine/collectors.ts', import.meta.url).href;
	const work = `
		const live = [];
		for (let made = 0; made < 3_000_000; made++) {
			live[made % 600_000] = { made, text: ['x', made] };
		}`;
	const program = `
		import { once } from 'node:events';
		import { Worker } from 'node:worker_threads';
		import { beginWithOneMarker } from ${JSON.stringify(module)};
		${before}
		console.log('begin');
		await once(new Worker(${JSON.stringify(work)}, { eval: true }), 'exit');`;
	const { status, stdout } = spawnSync(
		process.execPath,
		['--trace-concurrent-marking', '--input-type=module', '-e', program],
		{ encoding: 'utf8', maxBuffer: 2 ** 26 },
	);
	assert.equal(status, 0);
	const its = stdout.slice(stdout.indexOf('begin'));
	return new Set([...its.matchAll(/ajor task (\d+) concurrently marked/g)].map(([, task]) => task)).size;
}

describe('the threads that look for what is alive', () => {
	test('are more than the machine may have cores when the engine chooses', () => {
		assert.ok(markers('') > 1);
	});

	test('are one for a thread that begins with one', () => {
		assert.equal(markers('beginWithOneMarker();'), 1);
	});
});
