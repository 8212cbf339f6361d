import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { nearestNames } from '../../../source/commands/nearest-names.ts';
import { exitCodes } from '../../../source/exit-codes.ts';
import { cluster, runDoctor } from './run-doctor.ts';

describe('whytop doctor about something that is not there', () => {
	const cases: readonly (readonly [what: string, says: RegExp])[] = [
		['node/worker-33', /^error: there is no node worker-33; did you mean node\/worker-03, /],
		['node/moon', /^error: there is no node moon$/],
		[
			'pod/payments/ledger-7',
			/^error: there is no pod ledger-7 in namespace payments; did you mean pod\/payments\/ledger-0[,?]/,
		],
		// Its namespace was forgotten.
		['pod/ledger-0', /^error: there is no pod ledger-0 in namespace default; did you mean pod\/payments\/ledger-0\?$/],
		['pod/nowhere/moon', /^error: there is no pod moon in namespace nowhere$/],
		[
			'hpa/payments/receipt',
			/^error: there is no HPA receipt in namespace payments; did you mean hpa\/payments\/receipts\?$/,
		],
		['hpa/receipts', /^error: there is no HPA receipts in namespace default; did you mean hpa\/payments\/receipts\?$/],
	];
	test('says so, names what is near, and fails', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['hpa-missing-request'] });
		for (const [what, says] of cases) {
			const { code, error, out } = await runDoctor({
				connection: { kubeconfig },
				words: [what],
				strings: { output: 'json' },
			});
			assert.deepEqual([code, out], [exitCodes.failed, ''], what);
			assert.match(error.trim(), says);
		}
	});

	test('does not say so of a node that is gone and has numbers', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['node-extra-row'] });
		const { code, out } = await runDoctor({
			connection: { kubeconfig },
			words: ['node/worker-03'],
			strings: { output: 'json' },
		});
		assert.equal(code, exitCodes.ok);
		assert.equal(JSON.parse(out).findings[0].id, 'node-extra-row');
	});

	test('does not say so to who may not see whether it is there', async (t) => {
		const kubeconfig = await cluster(t, { faults: ['namespace-only'] });
		const { error } = await runDoctor({
			connection: { kubeconfig },
			words: ['node/worker-33'],
			strings: { output: 'json' },
		});
		assert.doesNotMatch(error, /there is no/);
	});
});

describe('the nearest names', () => {
	const names = ['worker-01', 'worker-02', 'control-plane-1', 'checkout-5d7f9c6b8-x2k4p', 'ledger-0'];
	test('of a typing error, of a beginning, and of a pod that was replaced', () => {
		assert.deepEqual(nearestNames('wroker-01', names), ['worker-01', 'worker-02']);
		assert.deepEqual(nearestNames('checkout', names), ['checkout-5d7f9c6b8-x2k4p']);
		assert.deepEqual(nearestNames('checkout-7b9d8f5c4-mq2zw', names), ['checkout-5d7f9c6b8-x2k4p']);
	});
	test('are none where none is like it', () => {
		assert.deepEqual(nearestNames('moon', names), []);
	});
});
