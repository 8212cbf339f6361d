import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { withoutSecrets, writeCrashReport } from '../source/crash-report.ts';

test('a crash report has the stack and its cause, and no secrets', () => {
	const folder = mkdtempSync(join(tmpdir(), 'whytop-test-'));
	try {
		const error = new Error('cannot read', { cause: new Error('Authorization: Bearer abc.def') });
		const path = writeCrashReport(error, folder);
		const text = readFileSync(path ?? '', 'utf8');
		assert.match(text, /Error: cannot read\n\s+at .*crash-report\.test/);
		assert.match(text, /Caused by: Error: Authorization/);
		assert.doesNotMatch(text, /abc\.def/);
	} finally {
		rmSync(folder, { recursive: true });
	}
});

test('a crash report that cannot be written is none', () => {
	assert.equal(writeCrashReport(new Error('x'), '/nonexistent/folder'), null);
});

test('what looks like a secret is left out, and nothing else', () => {
	const secrets = [
		['token: s3cr3t', 's3cr3t'],
		['"client-key-data": "TUlJ"', 'TUlJ'],
		['password=hunter2 next', 'hunter2'],
		['eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJrIn0.c2lnbmF0dXJl', 'eyJ'],
		['https://user:pass@host/path', 'pass'],
		['-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----', 'MIIE'],
	] as const;
	for (const [text, secret] of secrets) {
		assert.ok(!withoutSecrets(text).includes(secret), withoutSecrets(text));
	}
	const harmless = 'TypeError: cannot read properties of undefined (reading "name") at reduce (store.ts:12:3)';
	assert.equal(withoutSecrets(harmless), harmless);
});
