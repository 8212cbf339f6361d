import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseArguments, parseTime } from '../../source/commands/arguments.ts';
import { flagsOf } from '../../source/commands/belonging-flags.ts';
import { describeFlags, type FlagGroup, flags } from '../../source/commands/flags.ts';

describe('the command line', () => {
	test("takes kubectl's flags before and after the command", () => {
		const { errors, flags: given, words } = parseArguments(['-n', 'web', 'top', 'pods', '--containers', '-l', 'app=x']);
		assert.deepEqual(words, ['top', 'pods']);
		assert.deepEqual(errors, []);
		assert.equal(given.strings['namespace'], 'web');
		assert.equal(given.strings['selector'], 'app=x');
		assert.equal(given.switches['containers'], true);
	});

	test('takes values glued to their letter, as kubectl does', () => {
		for (const argument of ['-nweb', '-n=web']) {
			assert.equal(parseArguments([argument]).flags.strings['namespace'], 'web', argument);
		}
		assert.equal(parseArguments(['-ojson']).flags.strings['output'], 'json');
	});

	test('keeps names that look like numbers as they were typed', () => {
		assert.equal(parseArguments(['-n', '007']).flags.strings['namespace'], '007');
		assert.deepEqual(parseArguments(['top', 'pods', '1e3']).words, ['top', 'pods', '1e3']);
	});

	test('takes --kubelet of the doctor as a switch, and leaves its subject alone', () => {
		const { errors, flags: given, words } = parseArguments(['doctor', '--kubelet', 'node/n05']);
		assert.deepEqual(errors, []);
		assert.deepEqual(words, ['doctor', 'node/n05']);
		assert.equal(given.switches['kubeletPorts'], true);
		assert.equal(parseArguments(['--kubelet', 'doctor']).flags.switches['kubeletPorts'], true);
		assert.equal(parseArguments(['explain', '--kubelet', 'n05']).flags.strings['kubelet'], 'n05');
		const explained = parseArguments(['explain', 'pod/a', '-n', 'doctor', '--kubelet', 'n05']);
		assert.equal(explained.flags.strings['kubelet'], 'n05', 'in a namespace of that name');
	});

	test('collects repeated groups', () => {
		assert.deepEqual(parseArguments(['--as-group', 'a', '--as-group=b']).flags.lists['asGroup'], ['a', 'b']);
	});

	test('knows --no-headers, and says nothing of what was not said', () => {
		assert.equal(parseArguments(['--no-headers']).flags.switches['headers'], false);
		assert.deepEqual(parseArguments([]).flags, { strings: {}, numbers: {}, lists: {}, switches: {} });
	});

	test('names what it does not know, and what lacks a value', () => {
		assert.deepEqual(parseArguments(['--xyzzyplugh']).errors, ['there is no flag --xyzzyplugh']);
		assert.deepEqual(parseArguments(['-c', 'app']).errors, ['there is no flag -c']);
		assert.equal(parseArguments(['--namespace']).errors.length, 1);
		assert.equal(parseArguments(['--seed', 'many']).errors.length, 1);
	});
});

test('a time is read as kubectl writes it, or as seconds', () => {
	assert.equal(parseTime('15'), 15_000);
	assert.equal(parseTime('1m30s'), 90_000);
	assert.equal(parseTime('500ms'), 500);
	assert.equal(parseTime('0'), 0);
	for (const nonsense of ['', 'soon', '10x', '-1s', '1s ']) {
		assert.ok(Number.isNaN(parseTime(nonsense)), nonsense);
	}
});

test('every flag is in the help, with a description', () => {
	const groups = [...new Set(Object.values(flags).map(({ group }) => group))] satisfies FlagGroup[];
	const lines = groups.flatMap((group) => describeFlags(flagsOf(group)));
	assert.equal(lines.length, Object.keys(flags).length);
	assert.ok(lines.every((line) => /^ {2}(-\w, | {4})--[a-z-]+.* {2}\S/.test(line)));
});
