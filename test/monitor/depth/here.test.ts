import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { describe, test } from 'node:test';
import { Readings } from '../../../source/model/reading.ts';
import { readerOfContainer, readerOfNode, readerOfPod } from '../../../source/monitor/depth/here.ts';

const root = new URL('../../host/fixtures/machine-v1', import.meta.url).pathname;
const pod = '3141ae94-34e9-4793-b91c-500d0f637fb0';
const id = 'ede19f061d50fba31be4bee51a85cd0bde170c061eb074e8a2ae70e76ced5037';
const { signal } = new AbortController();

describe('what runs on this machine', () => {
	test('is a container whose cgroup is here: it is read with its processes', async () => {
		const read = await readerOfContainer(id, root, null);
		const part = await read?.(signal);
		assert.ok(part);
		assert.ok(new Readings(part.readings).value('usage', 'cgroup-v1') > 0);
		assert.equal(part.versions.cgroup, 'v1');
		assert.equal(part.versions.docker, undefined);
	});

	test('is a pod whose cgroup is here', async () => {
		const part = await (await readerOfPod(pod, root))?.(signal);
		assert.ok(new Readings(part?.readings ?? []).value('usage', 'cgroup-v1') > 0);
	});

	test('is no container, pod or node that is elsewhere', async () => {
		assert.equal(await readerOfContainer('f'.repeat(64), root, null), undefined);
		assert.equal(await readerOfPod('00000000-0000-0000-0000-000000000000', root), undefined);
		// The name alone proves nothing, and neither does the address.
		assert.equal(await readerOfNode(hostname(), '203.0.113.7', '/'), undefined);
		assert.equal(await readerOfNode('somewhere-else', '127.0.0.1', '/'), undefined);
	});
});
