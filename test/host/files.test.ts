import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { absenceOf, folderNames, readText, readTextNow } from '../../source/host/files.ts';
import { withRoot } from './fixture.ts';

describe('files of the kernel', () => {
	test('are read whole, both ways, longer than one chunk too', async () => {
		const long = `${'0123456789'.repeat(10_000)}\n`;
		await withRoot({ long }, async (root) => {
			assert.deepEqual(await readText(join(root, 'long')), { text: long, absence: '' });
			assert.deepEqual(readTextNow(join(root, 'long')), { text: long, absence: '' });
		});
		assert.match((await readText('/proc/self/status')).text, /^Name:/);
	});

	test('that are missing, folders or pipes are an answer and neither throw nor wait', async () => {
		await withRoot({}, async (root) => {
			mkdirSync(join(root, 'folder'));
			execFileSync('mkfifo', [join(root, 'pipe')]);
			const expected = { nothing: 'no-file', 'folder/x/y': 'no-file', folder: 'not-a-file', pipe: 'not-a-file' };
			for (const [name, absence] of Object.entries(expected)) {
				assert.deepEqual(await readText(join(root, name)), { text: '', absence }, name);
				assert.deepEqual(readTextNow(join(root, name)), { text: '', absence }, name);
			}
			assert.deepEqual(await folderNames(root), ['folder']);
			assert.deepEqual(await folderNames(join(root, 'nothing')), []);
		});
	});

	test('say why they could not be read', () => {
		const withCode = (code: string) => Object.assign(new Error(code), { code });
		assert.equal(absenceOf(withCode('EACCES')), 'no-permission');
		assert.equal(absenceOf(withCode('ESRCH')), 'gone');
		assert.equal(absenceOf(withCode('ENODEV')), 'gone');
		assert.equal(absenceOf(withCode('EOPNOTSUPP')), 'not-supported');
		assert.equal(absenceOf(withCode('EIO')), 'unreadable');
		assert.equal(absenceOf('what'), 'unreadable');
	});
});
