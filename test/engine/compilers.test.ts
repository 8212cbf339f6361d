import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';

/** What a program of its own says at its end: the flags are the process's, and would be this one's. */
function say(code: string, input = ''): string {
	const module = new URL('../../source/engine/compilers.ts', import.meta.url).href;
	const program = `
		import { readFileSync } from 'node:fs';
		import { setTimeout as sleep } from 'node:timers/promises';
		import { Script } from 'node:vm';
		import { compileAsBefore, compileWithoutMaglev } from ${JSON.stringify(module)};
		/** Whether Maglev has compiled a function that was called some thousand times. */
		async function isMaglevved() {
			const hot = eval('(values) => { let sum = 0; for (const value of values) sum += value; return sum; }');
			const status = eval('(code) => %GetOptimizationStatus(code)');
			for (let round = 0; round < 20; round++) {
				for (let call = 0; call < 100; call++) hot([1, 2, 3]);
				await sleep(2);
				if ((status(hot) & (1 << 5)) !== 0) return true;
			}
			return false;
		}
		const script = '(function () { function add(one, other) { return one + other; } return add(1, 2); })()';
		${code}`;
	const words = ['--allow-natives-syntax', '--import=tsx', '--input-type=module', '-e', program];
	const { stderr, stdout } = spawnSync(process.execPath, words, { encoding: 'utf8', input });
	assert.equal(stderr, '');
	return stdout.trim();
}

describe('Maglev', () => {
	test('compiles nothing more once it is told to rest', () => {
		assert.equal(say('console.log(await isMaglevved());'), 'true');
		assert.equal(say('compileWithoutMaglev(); console.log(await isMaglevved());'), 'false');
	});

	test('rests no longer when code is kept, or it would not be accepted at the next start', () => {
		const kept = (end: string) =>
			say(`compileWithoutMaglev(); ${end} console.log(new Script(script).createCachedData().toString('base64'));`);
		const isRejected = (data: string) =>
			say(
				`const cachedData = Buffer.from(readFileSync(0, 'utf8'), 'base64');
				console.log(new Script(script, { cachedData }).cachedDataRejected);`,
				data,
			);
		assert.equal(isRejected(kept('compileAsBefore();')), 'false');
		assert.equal(isRejected(kept('')), 'true');
	});
});
