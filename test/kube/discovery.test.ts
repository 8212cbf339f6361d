import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findMetricsVersion, serverVersion } from '../../source/kube/discovery.ts';
import { answer, apiServer, status } from './support/api-server.ts';
import { clientFor, kubeError } from './support/client.ts';

function group(...versions: string[]): object {
	return {
		kind: 'APIGroup',
		name: 'metrics.k8s.io',
		versions: versions.map((version) => ({ groupVersion: `metrics.k8s.io/${version}`, version })),
		preferredVersion: { version: 'v1beta1' },
	};
}

describe('the metrics API', () => {
	for (const [served, expected] of [
		[['v1beta1'], 'v1beta1'],
		[['v1beta1', 'v1'], 'v1'],
		[['v2'], null],
		[[], null],
	] satisfies Array<[string[], string | null]>) {
		test(`that serves ${served.join(' and ') || 'nothing'} is asked in ${expected}`, async (t) => {
			const server = await apiServer(t, (_request, response) => answer(response, group(...served)));
			assert.equal(await findMetricsVersion(await clientFor(t, { server: server.url })), expected);
			assert.equal(server.asked[0]?.url, '/apis/metrics.k8s.io');
		});
	}
	test('that is not there is null', async (t) => {
		const server = await apiServer(t, (_request, response) => {
			response.writeHead(404, { 'Content-Type': 'text/plain' });
			response.end('404 page not found\n');
		});
		assert.equal(await findMetricsVersion(await clientFor(t, { server: server.url })), null);
	});
	test('that fails otherwise is not taken for absent', async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (request.url?.startsWith('/html')) {
				response.writeHead(404, { 'Content-Type': 'text/html' });
				response.end('<html>default backend - 404</html>');
			} else {
				answer(response, status(403, 'Forbidden', 'forbidden: no'), 403);
			}
		});
		const forbidden = await kubeError(findMetricsVersion(await clientFor(t, { server: server.url })));
		assert.deepEqual([forbidden.status, forbidden.reason], [403, 'Forbidden']);
		const html = await kubeError(findMetricsVersion(await clientFor(t, { server: `${server.url}/html` })));
		assert.deepEqual([html.kind, html.status], ['protocol', 404]);
	});
});

test("the server's version is as it calls it", async (t) => {
	const server = await apiServer(t, (_request, response) =>
		answer(response, { major: '1', gitVersion: 'v1.36.3\x1b[2J' }),
	);
	assert.equal(await serverVersion(await clientFor(t, { server: server.url })), 'v1.36.3');
});
