import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

/** Objects that live for a while, many times what the room holds at the beginning; the room is looked at all the time. */
const much = `
	const live = [];
	for (let made = 0; made < 2_000_000; made++) {
		live[made % 60_000] = { made };
		if (made % 20_000 === 0) {
			look();
		}
	}`;

/**
 * What a program of its own says after it has made much: the flags are the process's, and would be this one's. MB.
 *
 * It is what most of its last looks saw: one look may fall behind a collection that took some pages more than the room has,
 * until the next one gives them back (10 MB seen instead of 2, on a busy machine).
 */
function roomAfter(code: string): number {
	const module = new URL('../../source/engine/young-objects.ts', import.meta.url).href;
	const program = `
		import v8 from 'node:v8';
		import { Worker } from 'node:worker_threads';
		import { beginWithRoom, keepRoom } from ${JSON.stringify(module)};
		const seen = [];
		const look = () => seen.push(v8.getHeapSpaceStatistics().find((one) => one.space_name === 'new_space').space_size);
		${code}
		look();
		const last = seen.slice(-50).sort((one, other) => one - other);
		console.log(last[Math.floor(last.length / 2)] / 2 ** 20);`;
	const { stderr, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
	assert.equal(stderr.replace(/^.*ExperimentalWarning.*\n.*trace-warnings.*\n/m, ''), '');
	return Number(stdout.trim().split('\n').at(-1));
}

describe('the room for young objects', () => {
	test('grows by itself while many of them live', () => {
		assert.ok(roomAfter(much) > 16);
	});

	test('stays about as it is from when it is large enough', () => {
		const its = roomAfter(`keepRoom(0.1);${much}`);
		// What was under way when it was said may still have doubled it.
		assert.ok(its <= 4, `${its} MB`);
	});

	test('grows while it is not', () => {
		assert.ok(roomAfter(`keepRoom(64);${much}`) > 16);
	});

	test('is the whole of it from the beginning on a thread that is started with it', () => {
		const says = `
			beginWithRoom(2);
			const code = "const { getHeapSpaceStatistics } = process.getBuiltinModule('v8'); const { parentPort } = " +
				"process.getBuiltinModule('worker_threads'); const its = getHeapSpaceStatistics(); " +
				"parentPort.postMessage(its.find((one) => one.space_name === 'new_space').space_size)";
			const thread = new Worker(code, { eval: true, resourceLimits: { maxYoungGenerationSizeMb: 6 } });
			const [size] = await (await import('node:events')).once(thread, 'message');
			v8.getHeapSpaceStatistics = () => [{ space_name: 'new_space', space_size: size }];`;
		// Two halves, between which objects go back and forth.
		assert.equal(roomAfter(says), 4);
	});
});
