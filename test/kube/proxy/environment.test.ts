import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { environmentProxy, ignoredProxyVariable } from '../../../source/kube/proxy/environment.ts';
import { parseProxy, proxyAuthorization } from '../../../source/kube/proxy/proxy.ts';
import { kubeError } from '../support/client.ts';

function destination(address: string): { secure: boolean; host: string; port: number } {
	const { protocol, hostname, port } = new URL(address);
	const secure = protocol === 'https:';
	return { secure, host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (secure ? 443 : 80)) };
}

/** As golang.org/x/net/http/httpproxy v0.56.0 decides, run on the same rows: kubectl's own code. */
const decidedByGo: ReadonlyArray<[server: string, noProxy: string, excepted: boolean]> = [
	['https://api.example.com:6443', 'example.com', true],
	['https://api.example.com:6443', '.example.com', true],
	['https://example.com', 'example.com', true],
	['https://example.com', '.example.com', false],
	['https://example.com', '*.example.com', false],
	['https://api.example.com', '*.example.com', true],
	['https://badexample.com', 'example.com', false],
	['https://api.example.com:6443', 'example.com:6443', true],
	['https://api.example.com:6443', 'example.com:443', false],
	['https://api.example.com', 'example.com:443', true],
	['https://API.Example.COM', 'EXAMPLE.com', true],
	['https://api.example.com', ' other , api.example.com ', true],
	['https://api.example.com', 'other api.example.com', false],
	['https://api.example.com', '*', true],
	['https://api.example.com', '*,x', true],
	['https://api.example.com', 'x*', false],
	['https://10.1.2.3:6443', '10.0.0.0/8', true],
	['https://10.1.2.3:6443', '10.1.2.3', true],
	['https://10.1.2.3:6443', '10.1.2.3:6443', true],
	['https://10.1.2.3:6443', '10.1.2.3:443', false],
	['https://10.1.2.3:6443', '10.1.2.0/24:6443', false],
	['https://10.1.2.3:6443', '10.1.', false],
	['https://10.1.2.3:6443', '.3', false],
	['https://11.1.2.3:6443', '10.0.0.0/8', false],
	['https://10.1.2.3', '10.9.9.9/8', true],
	['https://[fd00::1]:6443', 'fd00::/8', true],
	['https://[fd00::1]:6443', 'fd00::1', true],
	['https://[fd00::1]:6443', '[fd00::1]:6443', true],
	['https://[fd00::1]:6443', '[fd00::1]', false],
	['https://[::ffff:10.1.2.3]', '10.0.0.0/8', true],
	['https://[::ffff:10.1.2.3]', '10.1.2.3', true],
	['https://localhost:6443', '', true],
	['https://localhost.localdomain', '', false],
	['https://127.0.0.2', '', true],
	['https://[::1]', '', true],
	['https://[::ffff:127.0.0.1]', '', true],
	['https://0.0.0.0', '', false],
	['https://api.example.com', ':443', false],
	['https://api.example.com', '.', false],
	['https://api.example.com', 'https://api.example.com', false],
	['https://api.example.com', 'api.example.com/', false],
];

describe('NO_PROXY is read as kubectl reads it', () => {
	for (const [server, noProxy, excepted] of decidedByGo) {
		test(`"${noProxy}" ${excepted ? 'excepts' : 'does not except'} ${server}`, () => {
			const environment = { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: noProxy };
			assert.equal(environmentProxy(destination(server), environment) === null, excepted);
		});
	}
});

describe("the environment's proxy", () => {
	for (const [environment, server, expected] of [
		[{}, 'https://api.example.com', ''],
		[{ HTTPS_PROXY: 'http://p:1' }, 'https://api.example.com', 'HTTPS_PROXY'],
		[{ https_proxy: 'http://p:1' }, 'https://api.example.com', 'https_proxy'],
		[{ HTTPS_PROXY: '', https_proxy: 'http://p:1' }, 'https://api.example.com', 'https_proxy'],
		[{ HTTPS_PROXY: 'http://p:1', https_proxy: 'http://p:2' }, 'https://api.example.com', 'HTTPS_PROXY'],
		[{ HTTP_PROXY: 'http://p:1' }, 'https://api.example.com', ''],
		[{ HTTP_PROXY: 'http://p:1' }, 'http://api.example.com', 'HTTP_PROXY'],
		[{ HTTPS_PROXY: 'http://p:1' }, 'http://api.example.com', ''],
		[{ HTTPS_PROXY: 'http://p:1', no_proxy: 'example.com' }, 'https://api.example.com', ''],
		[{ HTTPS_PROXY: 'http://p:1', NO_PROXY: 'x', no_proxy: 'example.com' }, 'https://api.example.com', 'HTTPS_PROXY'],
		[{ ALL_PROXY: 'http://p:1' }, 'https://api.example.com', ''],
	] satisfies Array<[NodeJS.ProcessEnv, string, string]>) {
		test(`${JSON.stringify(environment)} for ${server}: ${expected || 'none'}`, () => {
			assert.equal(environmentProxy(destination(server), environment)?.setting ?? '', expected);
		});
	}
	test('by a variable that kubectl does not read is known', () => {
		assert.equal(ignoredProxyVariable({ all_proxy: 'socks5://p' }), 'all_proxy');
		assert.equal(ignoredProxyVariable({ HTTPS_PROXY: 'http://p' }), '');
	});
});

describe("a proxy's address", () => {
	for (const [address, kind, secure, host, port, shown] of [
		['http://proxy:3128', 'http', false, 'proxy', 3128, 'http://proxy:3128'],
		['proxy:3128', 'http', false, 'proxy', 3128, 'http://proxy:3128'],
		['proxy', 'http', false, 'proxy', 80, 'http://proxy:80'],
		['https://me:secretword@proxy', 'http', true, 'proxy', 443, 'https://proxy:443'],
		['socks5://proxy', 'socks', false, 'proxy', 1080, 'socks5://proxy:1080'],
		['socks5h://me:secretword@[::1]:9', 'socks', false, '::1', 9, 'socks5h://[::1]:9'],
	] as const) {
		test(address, () => {
			const proxy = parseProxy(address, 'proxy-url');
			assert.deepEqual(
				[proxy.kind, proxy.secure, proxy.host, proxy.port, proxy.address],
				[kind, secure, host, port, shown],
			);
		});
	}
	test('may have a name and a password with any characters', () => {
		const { username, password } = parseProxy('http://corp%5Cjane:p%40ss%3A%25@proxy', 'HTTPS_PROXY');
		assert.deepEqual([username, password], ['corp\\jane', 'p@ss:%']);
		const header = proxyAuthorization(parseProxy('http://jane:100%@proxy', 'HTTPS_PROXY'));
		assert.equal(header, `Basic ${Buffer.from('jane:100%').toString('base64')}`);
	});
	for (const address of [
		'ftp://me:secretword@proxy',
		'socks4://me:secretword@proxy',
		'http://',
		'http://me:secretword@:3128',
	]) {
		test(`${address} is refused, without its password`, async () => {
			const error = await kubeError((async () => parseProxy(address, 'https_proxy'))());
			assert.equal(error.id, 'proxy-unusable');
			assert.match(error.message, /\(https_proxy\) cannot be used/);
			assert.doesNotMatch(error.message, /secretword/);
		});
	}
});
