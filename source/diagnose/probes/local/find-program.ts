import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where PATH has a program, as a shell would find it; '' if nowhere. One with a slash is where it says. */
export async function findProgram(command: string, environment: NodeJS.ProcessEnv): Promise<string> {
	const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
	const candidates = command.includes('/') ? [command] : folders.map((folder) => join(folder, command));
	for (const path of candidates) {
		if (await may(path, constants.X_OK)) {
			return path;
		}
	}
	return '';
}

/** Whether a file may be used so. @param mode of `fs.constants` */
export function may(path: string, mode: number): Promise<boolean> {
	return access(path, mode).then(
		() => true,
		() => false,
	);
}
