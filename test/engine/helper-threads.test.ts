import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { steps } from '../../source/engine/helper-threads.ts';

/** How many threads of a program gave way, and the name and the priority of each then. */
function threads(by: number, before = ''): { found: number; then: [string, number][] } {
	const module = new URL('../../source/engine/helper-threads.ts', import.meta.url).href;
	const program = `
		import { readdirSync, readFileSync } from 'node:fs';
		import { getPriority, setPriority } from 'node:os';
		import { letHelpersGiveWay } from ${JSON.stringify(module)};
		${before}
		const found = letHelpersGiveWay(${by});
		const then = readdirSync('/proc/self/task').map((thread) => [
			readFileSync('/proc/self/task/' + thread + '/comm', 'utf8').trim(),
			getPriority(Number(thread)),
		]);
		process.stdout.write(JSON.stringify({ found, then }));`;
	const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
	return JSON.parse(stdout);
}

const isLinux = process.platform === 'linux';
const usual = isLinux ? Number(spawnSync('nice', { encoding: 'utf8' }).stdout) : 0;

describe('the engine’s own threads', { skip: isLinux ? false : 'only Linux has a priority for each thread' }, () => {
	test('go after those of the program', () => {
		const { found, then } = threads(steps.atStart);
		const own = then.filter(([name]) => name === 'V8Worker');
		assert.ok(own.length > 0);
		assert.equal(found, own.length);
		assert.deepEqual(new Set(own.map(([, priority]) => priority)), new Set([Math.min(usual + 5, 19)]));
		const others = then.filter(([name]) => name !== 'V8Worker');
		assert.deepEqual(new Set(others.map(([, priority]) => priority)), new Set([usual]));
	});

	test('go further after them when they are told so again', () => {
		const { then } = threads(steps.later, `letHelpersGiveWay(${steps.atStart});`);
		const own = then.filter(([name]) => name === 'V8Worker');
		assert.deepEqual(new Set(own.map(([, priority]) => priority)), new Set([Math.min(usual + 10, 19)]));
	});

	test('get the least priority there is where the program has little more', () => {
		const { found, then } = threads(
			steps.atStart,
			'for (const thread of readdirSync("/proc/self/task")) setPriority(Number(thread), 17);',
		);
		assert.ok(found > 0);
		const own = then.filter(([name]) => name === 'V8Worker');
		assert.deepEqual(new Set(own.map(([, priority]) => priority)), new Set([19]));
	});
});
