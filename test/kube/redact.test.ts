import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { debugLine, loggablePath } from '../../source/kube/debug-log.ts';
import { presentable, redact } from '../../source/kube/redact.ts';

const token = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from('{"sub":"me"}').toString('base64url')}.c2lnbmF0dXJl`;

describe('redaction', () => {
	for (const [what, text] of Object.entries({
		'a JSON Web Token': `failed with ${token} here`,
		'a bearer header': 'Authorization: Bearer abcdef123456.xyz',
		'an EKS token': 'got k8s-aws-v1.aHR0cHM6Ly9zdHMuYW1hem9uYXdz from sts',
		'a Rancher token': 'kubeconfig-u-abc12:x9f8h2kd0s8f7g6h5j4k3l2m1 was deleted',
		'a private key': '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIG\n-----END EC PRIVATE KEY-----',
		'a cut private key': '-----BEGIN PRIVATE KEY-----\nMHcCAQEEIG',
		'a token in JSON': '{"access_token":"secretvalue123"}',
		'a token in a query': 'GET /login?token=secretvalue123&x=1',
	})) {
		test(`hides ${what}`, () => {
			const result = redact(text);
			assert.match(result, /\[hidden\]/);
			assert.doesNotMatch(result, /eyJ|abcdef123456|aHR0cHM|x9f8h2|MHcC|secretvalue/);
		});
	}
	test('hides the very secrets that are given', () => {
		assert.equal(redact('no such user: opaque-value-1', ['opaque-value-1']), 'no such user: [hidden]');
	});
	test('leaves ordinary words alone', () => {
		const text = 'pods is forbidden: User "jane" cannot list resource "pods" in API group "" (token expired)';
		assert.equal(redact(text), text);
	});
});

test('text from elsewhere is presentable: no control characters, lines kept, length bounded', () => {
	assert.equal(presentable('\x1b[31mred\x1b[0m\r\nsecond\x07 line  \n\n'), 'red\nsecond line');
	assert.equal(presentable('x'.repeat(100_000)).length, 4096);
	assert.equal(presentable('x'.repeat(100), 10).length, 10);
});

describe('the debug log', () => {
	test('hides secrets in queries and cuts what is long', () => {
		const path = loggablePath(`/api/v1/pods?limit=500&token=abc&continue=${'c'.repeat(300)}`);
		assert.equal(path, `/api/v1/pods?limit=500&token=[hidden]&continue=…`);
	});
	test('says request, status, time, bytes, repetitions and event on one line', () => {
		const line = debugLine(
			{ method: 'GET', path: '/version', status: 200, duration: 12.4, bytes: 263, retries: 1, event: 'ended\nhere' },
			new Date(0),
		);
		assert.equal(line, '1970-01-01T00:00:00.000Z GET /version 200 12ms 263B retries=1 ended here');
	});
});
