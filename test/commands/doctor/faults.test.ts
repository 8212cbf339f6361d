import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Report } from '../../../source/commands/doctor/report.ts';
import { type FaultName, faults } from '../../../source/demo/faults.ts';
import { findCause } from '../../../source/diagnose/causes.ts';
import { askedAbout } from './asked-about.ts';
import { reportOn } from './run-doctor.ts';
import { timeouts } from './timeouts.ts';

/**
 * What the doctor says of a fault that is named by what one sees, or that it cannot prove from outside. A fault that is
 * named by a cause needs no line: exactly that cause must be found.
 */
const seen: Partial<Record<FaultName, string>> = {
	// A certificate whose dates are good is of another authority, or never reaches the server: its 401 does not say which.
	'credentials-wrong-cluster': 'likely credentials-wrong-cluster',
	// It breaks nothing by itself, so nobody asks for what it stands in.
	'frontproxy-same-ca-as-client': '',
	// What this machine sees is never proof of what metrics-server sees.
	'kubelet-cert-rotated-pin': 'likely kubelet-cert-rotated-pin',
	// That the contexts are named like this is no proof that they belong together.
	'rancher-ace-bypass': 'likely rancher-ace-bypass',
	// What one sees, and no cause: everything that could be one is well here, and nothing says more.
	'metrics-empty': 'open empty',
	// The same of one node: its kubelet answers, and nobody has written why metrics-server has nothing of it.
	'node-row-unknown': 'open nodes-missing',
};

/** What the report says, without what is only worth knowing. */
function foundIn({ findings }: Report, name: FaultName): string[] {
	return findings
		.filter(({ id, severity }) => severity !== 'info' || id === name)
		.map(({ certainty, id }) => `${certainty} ${id}`);
}

describe('with each fault of the demo cluster, the doctor', () => {
	// The other faults are no reason for a missing number, or their cause is not judged yet.
	for (const { name } of faults.filter((fault) => seen[fault.name] !== undefined || findCause(fault.name))) {
		test(`finds ${name}, and nothing else`, async (t) => {
			const { kubelet = false, namespace, words = [] } = askedAbout[name] ?? {};
			const timeout = timeouts[name] ?? '30s';
			const strings = { timeout, ...(namespace === undefined ? {} : { namespace }) };
			const { report } = await reportOn(t, [name], {
				words: [...words],
				strings,
				switches: { kubeletPorts: kubelet },
			});
			const expected = seen[name] ?? `proved ${name}`;
			assert.deepEqual(foundIn(report, name), expected === '' ? [] : [expected]);
		});
	}

	test('finds frontproxy-same-ca-as-client where it looks at how the API server is known', async (t) => {
		const name = 'frontproxy-same-ca-as-client';
		const { report } = await reportOn(t, ['frontproxy-cn-not-allowed', name], { strings: { timeout: '30s' } });
		assert.deepEqual(foundIn(report, name), ['proved frontproxy-cn-not-allowed', `proved ${name}`]);
	});
});
