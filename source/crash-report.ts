/** What is left of a fault of our own: a file that somebody can attach to a bug report. */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What looks like a secret, and what is left of it. An error's text may quote a kubeconfig or a request. */
const secrets: readonly (readonly [pattern: RegExp, replacement: string])[] = [
	[/-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, '(PEM block)'],
	[/\beyJ[\w-]+(?:\.[\w-]*){1,4}/g, '(token)'],
	[/\b(bearer|basic)\s+[\w.~+/=-]+/gi, '$1 (secret)'],
	[
		/(["']?[\w-]*(?:token|password|secret|authorization|client-key-data|client-certificate-data)["']?\s*[:=]\s*)(?:"[^"]*"|'[^']*'|[^\s,;}]+)/gi,
		'$1(secret)',
	],
	[/:\/\/[^\s/@]+@/g, '://(secret)@'],
];

/** The text without what looks like a token, key, certificate or password. */
export function withoutSecrets(text: string): string {
	return secrets.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);
}

function describe(error: unknown): string {
	if (!(error instanceof Error)) {
		return String(error);
	}
	const cause = error.cause === undefined ? '' : `\nCaused by: ${describe(error.cause)}`;
	return (error.stack ?? `${error.name}: ${error.message}`) + cause;
}

/**
 * Writes the error with its stack, without secrets, into a new file of the temporary folder that only this user can
 * read. Returns the file's path, or null if it could not be written.
 */
export function writeCrashReport(error: unknown, folder = tmpdir()): string | null {
	const time = new Date().toISOString();
	const path = join(folder, `whytop-crash-${time.replaceAll(/[:.]/g, '-')}-${process.pid.toString(36)}.txt`);
	const report = [
		`whytop crashed at ${time}`,
		`Node ${process.version} on ${process.platform} ${process.arch}`,
		'',
		withoutSecrets(describe(error)),
		'',
	].join('\n');
	try {
		writeFileSync(path, report, { mode: 0o600, flag: 'wx' });
		return path;
	} catch {
		return null;
	}
}
