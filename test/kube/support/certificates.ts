import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Pair {
	certificate: string;
	key: string;
}

export interface Certificates {
	/** Signs the server's and the clients' certificates. */
	authority: Pair;
	/** Signs nothing that is used. */
	otherAuthority: Pair;
	/** For localhost and 127.0.0.1. */
	server: Pair;
	expiredServer: Pair;
	/** For kubernetes.default alone. */
	otherNameServer: Pair;
	selfSignedServer: Pair;
	client: Pair;
	secondClient: Pair;
	expiredClient: Pair;
}

/** Why certificates cannot be made here, '' if they can: tests that need them are skipped and say so. */
export const withoutCertificates: string = (() => {
	try {
		execFileSync('openssl', ['version'], { stdio: 'pipe' });
		return '';
	} catch {
		return 'openssl is not installed: TLS is NOT tested here';
	}
})();

let made: Certificates | null = null;

/** Made once by the machine's openssl; a second or so. */
export function certificates(): Certificates {
	made ??= make();
	return made;
}

function make(): Certificates {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-certificates-'));
	const openssl = (...words: string[]): void => {
		execFileSync('openssl', words, { cwd: folder, stdio: 'pipe' });
	};
	const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
	const pair = (name: string): Pair => ({
		certificate: readFileSync(join(folder, `${name}.crt`), 'utf8'),
		key: readFileSync(join(folder, `${name}.key`), 'utf8'),
	});
	const selfSigned = (name: string, commonName: string, ...more: string[]): Pair => {
		const files = ['-keyout', `${name}.key`, '-out', `${name}.crt`];
		openssl('req', '-x509', ...newKey, '-days', '2', '-subj', `/CN=${commonName}`, ...files, ...more);
		return pair(name);
	};
	const signed = (name: string, subject: string, extension: string, expired = false): Pair => {
		openssl('req', ...newKey, '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
		writeFileSync(join(folder, `${name}.ext`), extension);
		const sign = [
			'x509',
			'-req',
			'-in',
			`${name}.csr`,
			'-CA',
			'authority.crt',
			'-CAkey',
			'authority.key',
			'-CAcreateserial',
		];
		const files = ['-extfile', `${name}.ext`, '-out', `${name}.crt`];
		if (expired) {
			try {
				openssl(...sign, ...files, '-not_before', '20200101000000Z', '-not_after', '20200201000000Z');
			} catch {
				// Before OpenSSL 3.4.
				openssl(...sign, ...files, '-days', '-1');
			}
		} else {
			openssl(...sign, ...files, '-days', '2');
		}
		return pair(name);
	};
	try {
		const local = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
		return {
			authority: selfSigned('authority', 'whytop test authority'),
			otherAuthority: selfSigned('other-authority', 'another authority'),
			server: signed('server', '/CN=server', local),
			expiredServer: signed('expired-server', '/CN=server', local, true),
			otherNameServer: signed('other-name', '/CN=server', 'subjectAltName=DNS:kubernetes.default'),
			selfSignedServer: selfSigned('self-signed', 'server', '-addext', local),
			client: signed('client', '/O=system:masters/CN=alice', 'extendedKeyUsage=clientAuth'),
			secondClient: signed('second-client', '/CN=bob', 'extendedKeyUsage=clientAuth'),
			expiredClient: signed('expired-client', '/CN=carol', 'extendedKeyUsage=clientAuth', true),
		};
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
