import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openEntrance } from '../../source/demo/entrance.ts';
import { byCertificate, replaceUser } from '../../source/demo/faults/reach-changes.ts';
import type { Kubeconfig, UserEntry } from '../../source/demo/kubeconfig.ts';
import { type Means, ordinaryReach } from '../../source/demo/reach.ts';
import { clientCertificate } from '../../source/demo/server/client-certificate.ts';
import { ask } from './ask.ts';

/** What the server makes of the certificate that a user's entry holds. */
async function seenOf(make: (means: Means) => UserEntry): Promise<unknown> {
	const reach = ordinaryReach();
	replaceUser(reach, make);
	const entrance = await openEntrance(
		reach,
		(request, response) => response.end(JSON.stringify(clientCertificate(request) ?? 'none')),
		{ insecure: false, port: 0 },
	);
	try {
		const config = JSON.parse(entrance.kubeconfig('admin')) as Kubeconfig;
		const text = (data: string | undefined): string => Buffer.from(data ?? '', 'base64').toString();
		const user = config.users.find(({ name }) => name === 'demo-admin')?.user;
		return (
			await ask(entrance.url, {
				authority: text(config.clusters[0]?.cluster['certificate-authority-data']),
				certificate: text(user?.['client-certificate-data']),
				key: text(user?.['client-key-data']),
			})
		).json;
	} finally {
		await entrance.close();
	}
}

describe('the API server of a demo', () => {
	test('accepts a certificate of its own authority', async () => {
		const seen = await seenOf((means) => byCertificate(means, { from: -1, until: 1 }));
		assert.deepEqual(seen, { name: 'demo-admin', accepted: true });
	});
	test('does not accept one whose time is over', async () => {
		const seen = await seenOf((means) => byCertificate(means, { from: -2, until: -1 }));
		assert.deepEqual(seen, { name: 'demo-admin', accepted: false });
	});
	test('does not accept one of another authority', async () => {
		const seen = await seenOf(({ stranger }) => byCertificate({ authority: stranger }, { from: -1, until: 1 }));
		assert.deepEqual(seen, { name: 'demo-admin', accepted: false });
	});
	test('needs none', async () => {
		assert.equal(await seenOf(() => ({ token: 'whytop-demo-admin' })), 'none');
	});
});
