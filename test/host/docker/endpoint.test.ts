import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { type DockerEndpoint, dockerEndpoint } from '../../../source/host/docker/endpoint.ts';
import { DockerError } from '../../../source/host/docker/errors.ts';

const home = mkdtempSync(join(tmpdir(), 'docker-home-'));
after(() => rmSync(home, { recursive: true }));

function write(path: string, text: string): string {
	const file = join(home, path);
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, text);
	return file;
}

function writeContext(name: string, endpoint: object, certificates: readonly string[] = []): void {
	const hash = createHash('sha256').update(name).digest('hex');
	write(`contexts/meta/${hash}/meta.json`, JSON.stringify({ Name: name, Endpoints: { docker: endpoint } }));
	for (const file of certificates) {
		write(`contexts/tls/${hash}/docker/${file}`, `${name} ${file}`);
	}
}

function at(host: string, more: Record<string, string> = {}): DockerEndpoint {
	return dockerEndpoint({ DOCKER_HOST: host, DOCKER_CONFIG: home, ...more });
}

function tcp(endpoint: DockerEndpoint) {
	assert.equal(endpoint.kind, 'tcp');
	return endpoint as Extract<DockerEndpoint, { kind: 'tcp' }>;
}

function refusal(sentence: RegExp): (error: unknown) => boolean {
	return (error) => error instanceof DockerError && error.kind === 'configuration' && sentence.test(error.message);
}

describe('DOCKER_HOST', () => {
	test('names a socket', () => {
		const endpoint = at('unix:///run/user/1000/docker.sock');
		assert.deepEqual(endpoint, {
			kind: 'unix',
			path: '/run/user/1000/docker.sock',
			address: { host: 'unix:///run/user/1000/docker.sock', origin: 'DOCKER_HOST' },
		});
	});

	test('names a machine, with docker’s port where it has none', () => {
		const cases = [
			['tcp://build-1', 'build-1', 2375, ''],
			['tcp://build-1:80/docker/', 'build-1', 80, '/docker'],
			['build-1:4243', 'build-1', 4243, ''],
			['tcp://[::1]:2375', '::1', 2375, ''],
			['tcp://:2375', 'localhost', 2375, ''],
		] as const;
		for (const [host, name, port, prefix] of cases) {
			const endpoint = tcp(at(host));
			assert.deepEqual([endpoint.host, endpoint.port, endpoint.prefix, endpoint.tls], [name, port, prefix, null], host);
		}
	});

	test('is refused where it cannot be used, with the way out', () => {
		assert.throws(() => at('ssh://me:s3cret@build-1'), refusal(/^ssh:\/\/me@build-1 is not .*without a password/s));
		assert.throws(() => at('npipe:////./pipe/docker_engine'), refusal(/named pipe of Windows/));
		assert.throws(() => at('fd://3'), refusal(/is not an address/));
		assert.throws(() => at('tcp://a b:x'), refusal(/is not an address/));
	});

	test('is said without what would move the cursor', () => {
		assert.throws(() => at('gopher://\u001b[2Jx'), refusal(/^gopher:\/\/x is not/));
	});

	test('left empty is docker’s own socket', () => {
		const empty = join(home, 'empty');
		for (const environment of [{ DOCKER_CONFIG: empty }, { DOCKER_CONFIG: empty, DOCKER_HOST: ' ' }]) {
			const endpoint = dockerEndpoint(environment);
			assert.deepEqual(endpoint.kind === 'unix' && endpoint.path, '/var/run/docker.sock');
			assert.equal(endpoint.address.origin, '');
		}
	});

	test('left empty under another root is the socket there; one that is named is as it was named', () => {
		const environment = { DOCKER_CONFIG: join(home, 'empty') };
		const endpoint = dockerEndpoint(environment, '/host');
		assert.equal(endpoint.kind === 'unix' && endpoint.path, '/host/run/docker.sock');
		const named = dockerEndpoint({ ...environment, DOCKER_HOST: 'unix:///x' }, '/host');
		assert.equal(named.kind === 'unix' && named.path, '/x');
	});
});

describe('TLS', () => {
	test('is asked for by DOCKER_TLS_VERIFY, with the certificates of DOCKER_CERT_PATH', () => {
		for (const file of ['ca.pem', 'cert.pem', 'key.pem']) {
			write(`certificates/${file}`, file);
		}
		const endpoint = tcp(at('tcp://build-1', { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: join(home, 'certificates') }));
		assert.equal(endpoint.port, 2376);
		assert.deepEqual(
			[endpoint.tls?.verify, String(endpoint.tls?.ca), String(endpoint.tls?.certificate), String(endpoint.tls?.key)],
			[true, 'ca.pem', 'cert.pem', 'key.pem'],
		);
	});

	test('is not asked for by DOCKER_CERT_PATH alone, nor for a socket', () => {
		assert.equal(tcp(at('tcp://build-1', { DOCKER_CERT_PATH: home })).tls, null);
		assert.equal(at('unix:///x', { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' }).kind, 'unix');
	});

	test('without verification needs no authority', () => {
		const { tls } = tcp(at('tcp://build-1', { DOCKER_TLS: '1', DOCKER_CERT_PATH: '/nowhere' }));
		assert.deepEqual(tls, { ca: undefined, certificate: undefined, key: undefined, verify: false });
	});

	test('without its authority’s certificate is refused by the file’s name', () => {
		assert.throws(
			() => at('tcp://build-1', { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' }),
			refusal(/^The certificate file \/nowhere\/ca\.pem .*ENOENT/),
		);
	});
});

describe('docker’s context', () => {
	test('that is in use names the engine, and its certificates', () => {
		writeContext('build', { Host: 'tcp://build-2:2376' }, ['ca.pem', 'key.pem', 'cert.pem']);
		write('config.json', JSON.stringify({ currentContext: 'build' }));
		const endpoint = tcp(dockerEndpoint({ DOCKER_CONFIG: home }));
		assert.deepEqual([endpoint.host, endpoint.address.origin], ['build-2', 'docker\'s context "build"']);
		assert.equal(String(endpoint.tls?.ca), 'build ca.pem');
	});

	test('of DOCKER_CONTEXT goes before it, DOCKER_HOST before both', () => {
		writeContext('colima', { Host: 'unix:///colima.sock' });
		write('config.json', JSON.stringify({ currentContext: 'build' }));
		const environment = { DOCKER_CONFIG: home, DOCKER_CONTEXT: 'colima' };
		const endpoint = dockerEndpoint(environment);
		assert.equal(endpoint.kind === 'unix' && endpoint.path, '/colima.sock');
		assert.equal(dockerEndpoint({ ...environment, DOCKER_HOST: 'unix:///x' }).address.host, 'unix:///x');
		assert.equal(dockerEndpoint({ ...environment, DOCKER_CONTEXT: 'default' }).address.origin, '');
	});

	test('that is not there, or names no engine, is refused', () => {
		assert.throws(
			() => dockerEndpoint({ DOCKER_CONFIG: home, DOCKER_CONTEXT: 'lost' }),
			refusal(/"lost" is not known here/),
		);
		writeContext('empty', {});
		assert.throws(() => dockerEndpoint({ DOCKER_CONFIG: home, DOCKER_CONTEXT: 'empty' }), refusal(/has no address/));
	});

	test('that cannot be read in config.json is none', () => {
		write('broken/config.json', '{');
		assert.equal(dockerEndpoint({ DOCKER_CONFIG: join(home, 'broken') }).address.origin, '');
	});
});
