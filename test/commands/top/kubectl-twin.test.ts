import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clusterFixture, madeFixture, type Run } from './fixture.ts';
import { type Answers, inJson } from './playback.ts';
import { requestOf, withAnswers } from './run-top.ts';

const cluster = clusterFixture();

/** The clock is not recorded, and kubectl counts nanoseconds. */
const ageless = (line: string): string => line.replace(/, age: .*/, ', age');

async function assertSame(answers: Answers, runs: readonly Run[]): Promise<void> {
	await withAnswers(answers, async (run) => {
		for (const expected of runs) {
			const command = expected.arguments.join(' ');
			const { stdout, stderr, code } = await run(requestOf(expected.arguments));
			assert.equal(stdout, expected.stdout, command);
			assert.equal(ageless(stderr.split('\n')[0] ?? ''), ageless(expected.stderr.split('\n')[0] ?? ''), command);
			assert.equal(code === 0, expected.code === 0, command);
		}
	});
}

describe('the table is that of kubectl 1.36, byte for byte', () => {
	test('on a real cluster, side by side', () => assertSame(cluster.answers, cluster.direct));

	test('with every combination of flags', () => assertSame(cluster.answers, cluster.played));

	test('from JSON as from protobuf', () => assertSame(inJson(cluster.answers), [...cluster.direct, ...cluster.played]));

	for (const { name, answers, runs } of madeFixture()) {
		test(name, () => assertSame(answers, runs));
	}
});
