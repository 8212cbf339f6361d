import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect } from 'node:net';
import { test } from 'node:test';
import { startGate, startProxy } from '../../../source/demo/server/gate.ts';

test('a gate that is closed drops the connections that it took', async () => {
	const gate = await startGate(() => {}, 0);
	const connection = connect(gate.port, '127.0.0.1');
	await new Promise((resolve) => connection.once('connect', resolve));
	const closed = new Promise((resolve) => connection.once('close', resolve));
	connection.on('error', () => {});
	await gate.close();
	await closed;
});

test('a proxy does with a tunnel what it will', async () => {
	const proxy = await startProxy((connection, { url }) => {
		connection.end(`HTTP/1.1 403 ${url}\r\n\r\n`);
	});
	try {
		const said = await new Promise((resolve, reject) => {
			const asked = request({ host: '127.0.0.1', port: proxy.port, method: 'CONNECT', path: 'api.example.com:6443' });
			asked.once('connect', ({ statusCode, statusMessage }) => resolve([statusCode, statusMessage]));
			asked.once('error', reject);
			asked.end();
		});
		assert.deepEqual(said, [403, 'api.example.com:6443']);
	} finally {
		await proxy.close();
	}
});
