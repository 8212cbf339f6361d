import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { listPages } from '../../source/kube/list.ts';
import type { ListMeta } from '../../source/model/records.ts';
import { answer, apiServer, status } from './support/api-server.ts';
import { clientFor, kubeError, until } from './support/client.ts';

function meta(body: Buffer): ListMeta {
	const { metadata } = JSON.parse(body.toString()) as {
		metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
	};
	return {
		resourceVersion: metadata.resourceVersion,
		continueToken: metadata.continue ?? '',
		remainingItemCount: metadata.remainingItemCount ?? Number.NaN,
	};
}

/** A page that goes on with the token, '' = the last one. */
function page(token: string, resourceVersion = '7'): object {
	return { metadata: { resourceVersion, ...(token === '' ? {} : { continue: token }) }, items: [] };
}

describe('a list', () => {
	test('comes page by page, with its query and its type, until there is no continue token', async (t) => {
		const server = await apiServer(t, (_request, response) =>
			answer(response, page(['a', 'b', ''][server.asked.length - 1] ?? '')),
		);
		const client = await clientFor(t, { server: server.url });
		const types: string[] = [];
		const result = await listPages(
			client,
			'/api/v1/pods',
			{ query: { labelSelector: 'x' }, accept: 'application/vnd.kubernetes.protobuf,application/json' },
			(body, contentType) => {
				types.push(contentType);
				return meta(body);
			},
		);
		assert.equal(result.resourceVersion, '7');
		assert.deepEqual(
			server.asked.map(({ url }) => url),
			[
				'/api/v1/pods?labelSelector=x&limit=500',
				'/api/v1/pods?labelSelector=x&limit=500&continue=a',
				'/api/v1/pods?labelSelector=x&limit=500&continue=b',
			],
		);
		assert.equal(server.asked[2]?.headers.accept, 'application/vnd.kubernetes.protobuf,application/json');
		assert.deepEqual(types, ['application/json', 'application/json', 'application/json']);
	});
	test('lets others go first before each page but the first', async (t) => {
		const order: string[] = [];
		const server = await apiServer(t, (_request, response) => {
			order.push('page');
			answer(response, page(server.asked.length < 3 ? 'more' : ''));
		});
		const client = await clientFor(t, { server: server.url });
		const beforeNext = async () => {
			order.push('others');
		};
		await listPages(client, '/x', { beforeNext }, meta);
		assert.deepEqual(order, ['page', 'others', 'page', 'others', 'page']);
	});
	test('may have pages that grow', async (t) => {
		const server = await apiServer(t, (_request, response) =>
			answer(response, page(server.asked.length < 5 ? 'more' : '')),
		);
		const client = await clientFor(t, { server: server.url });
		await listPages(client, '/x', { pageSize: 100, largestPageSize: 500 }, meta);
		assert.deepEqual(
			server.asked.map(({ url }) => new URLSearchParams(url.split('?')[1]).get('limit')),
			['100', '200', '400', '500', '500'],
		);
	});
	test('begins anew when its token has expired', async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (server.asked.length === 2) {
				answer(response, status(410, 'Expired', 'The provided continue parameter is too old'), 410);
			} else {
				answer(
					response,
					page(
						request.url?.includes('continue') || server.asked.length > 3 ? '' : 'token',
						String(server.asked.length),
					),
				);
			}
		});
		const client = await clientFor(t, { server: server.url });
		const events: string[] = [];
		const result = await listPages(client, '/x', { onRestart: () => events.push('restart') }, (body) => {
			const result = meta(body);
			events.push(`page ${result.resourceVersion}`);
			return result;
		});
		assert.deepEqual(events, ['page 1', 'restart', 'page 3', 'page 4']);
		assert.equal(result.resourceVersion, '4');
	});
	test('gives up when its token expires again and again', async (t) => {
		const server = await apiServer(t, (request, response) => {
			if (request.url?.includes('continue')) {
				answer(response, status(410, 'Expired', 'too old'), 410);
			} else {
				answer(response, page('token'));
			}
		});
		const client = await clientFor(t, { server: server.url });
		let restarts = 0;
		const error = await kubeError(listPages(client, '/x', { onRestart: () => restarts++ }, meta));
		assert.deepEqual([error.status, error.reason, restarts], [410, 'Expired', 3]);
	});
	test('whose first page is refused fails at once', async (t) => {
		const server = await apiServer(t, (_request, response) => answer(response, status(410, 'Gone', 'gone'), 410));
		const client = await clientFor(t, { server: server.url });
		assert.equal((await kubeError(listPages(client, '/x', {}, meta))).status, 410);
		assert.equal(server.asked.length, 1);
	});
	test('ends with the reason of an abort', async (t) => {
		const server = await apiServer(t, () => {});
		const client = await clientFor(t, { server: server.url });
		const controller = new AbortController();
		const reason = new Error('another namespace');
		const listing = listPages(client, '/x', { signal: controller.signal }, meta);
		await until(() => server.asked.length === 1);
		controller.abort(reason);
		await assert.rejects(listing, reason);
	});
});
