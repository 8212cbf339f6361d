import { clean } from '../model/clean.ts';

/** Things that are secrets by their looks, whoever printed them. */
const secretLooks: readonly RegExp[] = [
	/-----BEGIN [A-Z0-9 ]*-----[\s\S]*?(?:-----END [A-Z0-9 ]*-----|$)/g,
	// JSON Web Tokens, whole or cut.
	/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g,
	// What aws eks get-token prints, and Rancher's and kubeadm's tokens.
	/\bk8s-aws-v1\.[\w-]+/g,
	/\b(?:kubeconfig-)?(?:u|user|token)-[\w.-]+:[\w-]{16,}/g,
	/\b(?:Bearer|Basic)\s+[\w.~+/=-]{6,}/gi,
];

/** A value behind a name that tells what it is. */
const namedSecret =
	/\b((?:access_token|refresh_token|id_token|client_secret|token|password|secret)["']?\s*[=:]\s*["']?)[^\s"'&,;]{6,}/gi;

const hidden = '[hidden]';

/** The text without anything that looks like a credential, and without the given secrets in any case. */
export function redact(text: string, secrets: Iterable<string> = []): string {
	let result = text;
	for (const secret of secrets) {
		if (secret.length >= 6) {
			result = result.replaceAll(secret, hidden);
		}
	}
	for (const looks of secretLooks) {
		result = result.replace(looks, hidden);
	}
	return result.replace(namedSecret, `$1${hidden}`);
}

/**
 * Text of several lines from elsewhere, made safe to show: no control characters, no secrets, no trailing space, at
 * most `limit` characters (of the beginning).
 */
export function presentable(text: string, limit = 4096, secrets: Iterable<string> = []): string {
	const lines = redact(text.slice(0, limit * 4), secrets)
		.split(/\r?\n/)
		.map((line) => clean(line).trimEnd());
	return lines.join('\n').trim().slice(0, limit);
}
