import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { makeServerKeys } from '../../../source/demo/server/certificate.ts';

test('the server certificate is for loopback, valid now, and signed by the authority', () => {
	const keys = makeServerKeys();
	const authority = new X509Certificate(keys.authority);
	const server = new X509Certificate(keys.certificate);
	assert.ok(authority.ca && authority.verify(authority.publicKey));
	assert.ok(!server.ca && server.verify(authority.publicKey) && server.checkIssued(authority));
	assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1');
	assert.equal(server.checkHost('localhost'), 'localhost');
	assert.ok(Date.parse(server.validFrom) < Date.now() && Date.parse(server.validTo) > Date.now());
});
