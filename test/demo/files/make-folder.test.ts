import assert from 'node:assert/strict';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeFolder } from '../../../source/demo/files/make-folder.ts';

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'whytop-test-'));
	try {
		await use(folder);
	} finally {
		await rm(folder, { recursive: true });
	}
}

describe('makeFolder', () => {
	test('makes those that it is in, and leaves what is there', () =>
		inFolder(async (folder) => {
			const path = join(folder, 'a', 'b', 'c');
			await makeFolder(path);
			await makeFolder(path);
			assert.ok((await stat(path)).isDirectory());
		}));

	test('says so where a file is in the way', () =>
		inFolder(async (folder) => {
			await writeFile(join(folder, 'a'), '');
			await assert.rejects(makeFolder(join(folder, 'a')), { code: 'EEXIST' });
			await assert.rejects(makeFolder(join(folder, 'a', 'b')), { code: 'ENOTDIR' });
		}));

	test('says so where no folder can be made', { skip: process.platform !== 'linux' }, () =>
		assert.rejects(makeFolder('/proc/whytop/a'), { code: 'ENOENT' }),
	);
});
