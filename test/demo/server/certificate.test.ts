import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { Authority } from '../../../source/demo/server/certificate.ts';

const day = 24 * 3_600_000;
const validity = { from: Date.now() - day, until: Date.now() + day };

test('the certificate of a server is for its names and addresses, valid when it is wished, and signed by the authority', () => {
	const made = new Authority();
	const authority = new X509Certificate(made.certificate);
	const server = new X509Certificate(made.forServer(['localhost'], ['127.0.0.1'], validity).certificate);
	assert.ok(authority.ca && authority.verify(authority.publicKey));
	assert.ok(!server.ca && server.verify(authority.publicKey) && server.checkIssued(authority));
	assert.equal(server.checkIP('127.0.0.1'), '127.0.0.1');
	assert.equal(server.checkHost('localhost'), 'localhost');
	assert.equal(server.checkIP('10.96.0.1'), undefined);
	assert.equal(Math.floor(server.validFromDate.getTime() / 1000), Math.floor(validity.from / 1000));
	assert.equal(Math.floor(server.validToDate.getTime() / 1000), Math.floor(validity.until / 1000));
});

test('the certificate of a client says who it is and in which groups', () => {
	const made = new Authority();
	const { certificate, key } = made.forClient('jane', ['developers', 'viewers'], validity);
	const client = new X509Certificate(certificate);
	assert.equal(client.subject, 'O=developers\nO=viewers\nCN=jane');
	assert.ok(client.verify(new X509Certificate(made.certificate).publicKey));
	assert.match(key, /^-----BEGIN PRIVATE KEY-----/);
});

test('another authority has the same name and signs for nobody else', () => {
	const [one, other] = [new Authority(), new Authority()];
	const client = new X509Certificate(one.forClient('jane', [], validity).certificate);
	const stranger = new X509Certificate(other.certificate);
	assert.equal(client.issuer, stranger.subject);
	assert.equal(client.verify(stranger.publicKey), false);
});
