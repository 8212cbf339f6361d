/** The file of `--debug`: lines appended at once, readable by this user only. */
import { appendFileSync, writeFileSync } from 'node:fs';

/**
 * Begins the file anew and says how to write a line into it.
 *
 * @throws Error with a sentence for people if the file cannot be written
 */
export function openDebugFile(path: string): (line: string) => void {
	try {
		writeFileSync(path, '', { mode: 0o600 });
	} catch (error) {
		throw new Error(`the file of --debug cannot be written: ${error instanceof Error ? error.message : String(error)}`);
	}
	let broken = false;
	return (line) => {
		if (broken) {
			return;
		}
		try {
			appendFileSync(path, `${line}\n`);
		} catch {
			// A full disk must not end the monitor: what was written so far is what there is.
			broken = true;
		}
	};
}
