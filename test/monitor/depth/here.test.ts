import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Readings } from '../../../source/model/reading.ts';
import { readerOfContainer, readerOfNode, readerOfPod } from '../../../source/monitor/depth/here.ts';

const root = new URL('../../host/fixtures/machine-v1', import.meta.url).pathname;
const pod = '3141ae94-34e9-4793-b91c-500d0f637fb0';
const id = 'ede19f061d50fba31be4bee51a85cd0bde170c061eb074e8a2ae70e76ced5037';
const { signal } = new AbortController();

function bootOf(machine: string): string {
	const file = `${machine}proc/sys/kernel/random/boot_id`;
	return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

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
		assert.equal(await readerOfNode('00000000-0000-0000-0000-000000000000', root), undefined);
		// Where neither can be read, they are not the same.
		assert.equal(await readerOfNode('', '/no/such/root'), undefined);
	});

	test('is the node whose kernel was started as this one was, whatever its name', {
		skip: bootOf('/') === '',
	}, async () => {
		const part = await (await readerOfNode(bootOf('/'), '/'))?.(signal);
		assert.ok(new Readings(part?.readings ?? []).value('memTotal') > 0);
	});
});
