import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { startsMonitor } from '../../source/commands/starts-monitor.ts';

describe('whether the arguments can only mean the monitor', () => {
	for (const words of [
		[],
		['monitor'],
		['demo'],
		['demo', '--pods', '150000', '--fault', 'no-metrics-server'],
		['--kubeconfig', 'top', '--context=blue'],
		['-n', 'doctor', '-A', '-l', 'app=web'],
		['-nweb', '-n=web', '-d', '5s', '--stats'],
		['--no-insecure-skip-tls-verify', '--as-group', 'a', '--as-group', 'b'],
	]) {
		test(`yes: ${words.join(' ') || '(none)'}`, () => assert.equal(startsMonitor(words), true));
	}

	for (const words of [
		['top', 'pods'],
		['-n', 'web', 'doctor'],
		['--stats', 'explain'],
		['monitor', 'pods'],
		['--help'],
		['-h'],
		['--version'],
		['help'],
		['--plain'],
		['demo', '--serve'],
		['demo', '--fault', 'list'],
		['demo', '--fault=list'],
		['--frobnicate'],
		['-Ah'],
		['--'],
		['-'],
	]) {
		test(`not told: ${words.join(' ')}`, () => assert.equal(startsMonitor(words), false));
	}
});
