import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pageSize } from '../../source/host/kernel.ts';
import { containerNames, kubeletNames, podNames } from '../../source/host/kubelet-logs.ts';
import { readMachine } from '../../source/host/machine.ts';
import { userNames } from '../../source/host/users.ts';
import { withRoot } from './fixture.ts';

const id = 'a1'.repeat(32);

describe('what a machine says of itself', () => {
	test('is its name, its system and its kernel', async () => {
		const files = {
			'etc/hostname': 'node-7\n',
			'usr/lib/os-release': 'NAME=x\nPRETTY_NAME=\'Some \\"Linux\\" 1\'\n',
			'proc/sys/kernel/osrelease': '6.1.0\n',
		};
		await withRoot(files, async (root) => {
			const { kernel, name, system } = await readMachine(root);
			assert.deepEqual([name, system, kernel], ['node-7', 'Some "Linux" 1', '6.1.0']);
		});
	});

	test('may be nothing', async () => {
		await withRoot({}, async (root) => {
			const { kernel, system } = await readMachine(root);
			assert.deepEqual([kernel, system], ['', '']);
			assert.equal((await userNames(root)).size, 0);
			assert.equal((await kubeletNames(root)).pods.size, 0);
		});
	});

	test('is the size of its pages', async () => {
		assert.ok([4096, 16_384, 65_536].includes(await pageSize()));
	});

	test('is who its users are: the first name of an id counts', async () => {
		await withRoot(
			{ 'etc/passwd': 'root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\nbroken\nme:x:1000:1000::/:\n' },
			async (root) => {
				assert.deepEqual(
					[...(await userNames(root))],
					[
						[0, 'root'],
						[1000, 'me'],
					],
				);
			},
		);
	});
});

describe("the kubelet's log files", () => {
	test('name pods and containers, also with dashes in their names', () => {
		const uid = '0766522c-446a-47ba-8cd5-f6636c5a8662';
		assert.deepEqual(
			[...podNames([`web-shop_api-7d4f-x_${uid}`, 'nonsense', 'a_b'])],
			[[uid, { namespace: 'web-shop', pod: 'api-7d4f-x' }]],
		);
		assert.deepEqual(
			[...containerNames([`api-7d4f-x_web-shop_side-car-${id}.log`, 'other.log'])],
			[[id, { namespace: 'web-shop', pod: 'api-7d4f-x', container: 'side-car' }]],
		);
	});
});
