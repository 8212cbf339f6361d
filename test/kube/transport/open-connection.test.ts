import assert from 'node:assert/strict';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { connected } from '../../../source/kube/transport/open-connection.ts';
import type { Server } from '../../../source/kube/transport/server.ts';
import { apiServer } from '../support/api-server.ts';

describe('a connection', () => {
	for (const secure of [false, true]) {
		test(`${secure ? 'with' : 'without'} TLS reads half a megabyte ahead of its reader`, async (t) => {
			const { port } = await apiServer(t, (_request, response) => response.end(), secure ? {} : undefined);
			const server: Server = {
				secure,
				host: '127.0.0.1',
				port,
				pathPrefix: '',
				origin: '',
				address: '',
				certificateAuthority: '',
				tlsServerName: '',
				verify: false,
				proxy: null,
				assumedPlain: false,
			};
			const socket = await connected(server);
			assert.equal(socket.readableHighWaterMark, 512 * 1024);
			socket.destroy();
			await once(socket, 'close');
		});
	}
});
