import { randomBytes } from 'node:crypto';
import { chmod, chown, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { errorCode } from '../errors.ts';
import { wait } from '../retry.ts';

/** How often, and after how long, is looked again whether another program has let go of the file. ms. */
const lockTries = 20;
const lockPause = 100;

/**
 * Writes refreshed values of a user's `auth-provider` into the kubeconfig that they came from, as kubectl does: under
 * kubectl's lock (`FILE.lock`), and otherwise better: at once or not at all, with the same owner and mode, and nothing
 * else in the file is touched.
 *
 * @returns '' or why it was not written: a system error's code, `locked`, or `changed` if it has no such entry any more
 */
export async function writeBack(file: string, user: string, values: Readonly<Record<string, string>>): Promise<string> {
	try {
		const target = await realpath(file);
		// By the name that kubectl knows it by: a link and what it leads to are two locks to it, and so to us.
		if (!(await lock(`${file}.lock`))) {
			return 'locked';
		}
		try {
			const { withProviderConfig } = await import('./edit.ts');
			const source = await readFile(target, 'utf8');
			const text = withProviderConfig(source, user, values);
			if (text === null) {
				return 'changed';
			}
			if (text !== source) {
				await replace(target, text);
			}
			return '';
		} finally {
			await rm(`${file}.lock`, { force: true });
		}
	} catch (error) {
		return errorCode(error) || 'EUNKNOWN';
	}
}

async function lock(path: string): Promise<boolean> {
	for (let tries = 0; tries < lockTries; tries++) {
		try {
			await (await open(path, 'wx', 0o600)).close();
			return true;
		} catch (error) {
			if (errorCode(error) !== 'EEXIST') {
				throw error;
			}
			await wait(lockPause);
		}
	}
	return false;
}

async function replace(path: string, text: string): Promise<void> {
	const { mode, uid, gid } = await stat(path);
	const temporary = `${path}.${randomBytes(6).toString('hex')}`;
	try {
		await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
		await chown(temporary, uid, gid);
		await chmod(temporary, mode & 0o7777);
		await rename(temporary, path);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}
