import { homedir } from 'node:os';
import { join } from 'node:path';

/** Environment variables by name: `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Docker's own folder of a user: configuration, contexts, certificates. */
export function dockerFolder(environment: Environment): string {
	return environment['DOCKER_CONFIG'] || join(environment['HOME'] || homedir(), '.docker');
}
