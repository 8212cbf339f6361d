import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';

const module = new URL('../../source/engine/compile-cache.ts', import.meta.url).href;

describe('the cache of compiled code', () => {
	let home: string;

	beforeEach(() => {
		home = mkdtempSync(join(tmpdir(), 'whytop-cache-'));
	});
	afterEach(() => rmSync(home, { recursive: true, force: true }));

	/** In a process of its own: it cannot be switched off again. */
	function keptIn(XDG_CACHE_HOME: string): string {
		const code = `import { keepCompiledCode } from '${module}'; process.stdout.write(keepCompiledCode({ XDG_CACHE_HOME: ${JSON.stringify(XDG_CACHE_HOME)} }));`;
		const words = ['--import=tsx', '--input-type=module', '-e', code];
		return execFileSync(process.execPath, words, { encoding: 'utf8' });
	}

	test('is made in the user’s cache folder, for this user alone', () => {
		const folder = keptIn(home);
		assert.equal(folder, join(home, 'whytop', 'compiled'));
		assert.equal(statSync(folder).mode & 0o777, 0o700);
	});

	test('is not used where others may write', () => {
		const folder = join(home, 'whytop', 'compiled');
		mkdirSync(folder, { recursive: true });
		chmodSync(folder, 0o777);
		assert.equal(keptIn(home), '');
		assert.deepEqual(readdirSync(folder), []);
	});

	test('is done without where there is no folder to be had', () => {
		assert.equal(keptIn('/dev/null'), '');
		assert.ok(existsSync('/dev/null'));
	});
});
