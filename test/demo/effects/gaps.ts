import assert from 'node:assert/strict';
import { type Effects, log, metrics, names } from './look.ts';

export const gapEffects = {
	async 'metrics-vanish-after-failed-scrape'(look) {
		// It is there, and was not.
		assert.ok((await names(look, `${metrics}/nodes`)).includes('worker-03'));
		const lines = (await log(look)).split('\n').filter((line) => line.includes('worker-03'));
		assert.equal(lines.length, 3);
		for (const line of lines) {
			assert.match(
				line,
				/^E\d{4} [\d:.]+ +1 scraper\.go:\d+\] "Failed to scrape node, timeout to access kubelet" err="Get .*context deadline exceeded" node="worker-03" timeout="10s"$/,
			);
		}
	},
	async 'large-cluster-timeout'(look) {
		assert.equal((await names(look, '/api/v1/nodes')).length, 120);
		assert.match(
			await log(look),
			/"Failed probe" probe="metric-collection-timely" err="metric collection didn't finish on time" duration="2\d\.\d+s" maxDuration="22\.5s"/,
		);
	},
	async 'duplicate-pod-point'(look) {
		assert.ok((await names(look, '/api/v1/namespaces/payments/pods')).includes('ledger-0'));
		assert.match(await log(look), /"Got duplicate pod point" pod="payments\/ledger-0"/);
	},
} satisfies Effects;
