import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';

export interface TemporaryFolder {
	path: string;
	/** Writes a file (an object as JSON) and gives its path. */
	write(name: string, content: string | object): string;
	/** Writes an executable shell script and gives its path. */
	script(name: string, content: string): string;
}

/** A folder that is gone after the test. */
export function temporaryFolder(test: TestContext): TemporaryFolder {
	const path = mkdtempSync(join(tmpdir(), 'whytop-kube-'));
	test.after(() => rmSync(path, { recursive: true, force: true }));
	const write = (name: string, content: string | object): string => {
		const file = join(path, name);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
		return file;
	};
	return {
		path,
		write,
		script(name, content) {
			const file = write(name, `#!/bin/sh\n${content}\n`);
			chmodSync(file, 0o755);
			return file;
		},
	};
}
