/** `whytop top` says what `kubectl top` says, to the byte, wherever kubectl says the same before and after it. */
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { kubectl, kubectlProgram, measured, whytop } from './rig.ts';

const skip = kubectlProgram === '' && 'npm run test:cluster needs or brings up a cluster';

const questions: readonly (readonly string[])[] = [
	['node'],
	['node', '--show-capacity', '--sort-by=memory'],
	['pod', '-A'],
	['pod', '-A', '--containers', '--sort-by=cpu'],
	['pod', '-n', 'web', '--sum'],
	['pod', '-n', 'default', '-l', 'app=anonymous', '--no-headers'],
];

describe('kubectl top of a real cluster', { skip }, () => {
	before(() => measured());

	for (const words of questions) {
		test(`top ${words.join(' ')}`, async () => {
			// metrics-server measures every 15 s: some tries fall into one interval, unless all take longer than that.
			for (let tries = 0; tries < 20; tries++) {
				const before = await kubectl('top', ...words);
				const ours = await whytop('top', ...words);
				if (before === (await kubectl('top', ...words))) {
					assert.equal(ours, before);
					return;
				}
			}
			assert.fail('kubectl said something else every time');
		});
	}
});
