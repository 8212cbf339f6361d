import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Copied from a machine with cgroup v1 by `capture-fixtures`: can be read as a root. */
export const machineV1 = fileURLToPath(new URL('fixtures/machine-v1', import.meta.url));
export const podUid = '3141ae94-34e9-4793-b91c-500d0f637fb0';
export const podPath = `/kubepods/burstable/pod${podUid}`;
export const appId = '607aca5e21b2b720b39e3def481fa1647e253c6f8c0bc9da86fb80ede6cb7b01';

/** Makes a root of these files, and takes it away after use. */
export async function withRoot(
	files: Readonly<Record<string, string>>,
	use: (root: string) => Promise<void>,
): Promise<void> {
	const root = mkdtempSync(join(tmpdir(), 'whytop-root-'));
	try {
		for (const [path, text] of Object.entries(files)) {
			mkdirSync(dirname(join(root, path)), { recursive: true });
			writeFileSync(join(root, path), text);
		}
		await use(root);
	} finally {
		rmSync(root, { recursive: true, force: true });
	}
}
