import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a folder and those that it is in. Node's own way to do that goes round for ever where a file system says of a folder
 * that is there that it is not, as Linux does of what cannot be made below /proc (nodejs/node, `MKDirp`).
 *
 * @throws what the file system says
 */
export async function makeFolder(path: string): Promise<void> {
	try {
		await mkdir(path, { mode: 0o755 });
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === 'EEXIST' && (await stat(path)).isDirectory()) {
			return;
		}
		const above = dirname(path);
		const isThere = await stat(above).then(
			() => true,
			() => false,
		);
		if (code !== 'ENOENT' || above === path || isThere) {
			throw error;
		}
		await makeFolder(above);
		await mkdir(path, { mode: 0o755 });
	}
}
