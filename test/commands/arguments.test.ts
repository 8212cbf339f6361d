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

	test('takes the last of a flag that was given twice, as kubectl does: an alias may hold the first', () => {
		for (const argv of [
			['-n', 'a', '-n', 'b'],
			['-n', 'a', '--namespace=b'],
			['-na', 'top', '-An', 'b'],
		]) {
			const { errors, flags: given } = parseArguments(argv);
			assert.deepEqual(errors, []);
			assert.equal(given.strings['namespace'], 'b', argv.join(' '));
		}
		assert.equal(parseArguments(['--delay', '5', '-d', '7']).flags.strings['refresh'], '7');
		assert.equal(parseArguments(['--no-headers', '--headers']).flags.switches['headers'], true);
	});

	test('takes switches in one word, the last with its value', () => {
		const { errors, flags: given } = parseArguments(['-Aojson']);
		assert.deepEqual(errors, []);
		assert.equal(given.switches['allNamespaces'], true);
		assert.equal(given.strings['output'], 'json');
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
		assert.deepEqual(parseArguments(['--field-selector', '']).errors, ['--field-selector needs a value']);
	});

	test('does not pass over a repeatable flag whose value was forgotten', () => {
		for (const argv of [['--as-group'], ['--as-group='], ['--as-group', ''], ['--as-group', 'a', '--as-group', '-A']]) {
			assert.deepEqual(parseArguments(argv).errors, ['--as-group needs a value'], argv.join(' '));
		}
		assert.deepEqual(parseArguments(['top', '--', '--as-group']).errors, []);
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
