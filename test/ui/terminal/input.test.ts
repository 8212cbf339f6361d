import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Key } from 'ink';
import { keysOf } from '../../../source/ui/terminal/input.ts';

const none: Key = {
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageDown: false,
	pageUp: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	ctrl: false,
	shift: false,
	tab: false,
	backspace: false,
	delete: false,
	meta: false,
	super: false,
	hyper: false,
	capsLock: false,
	numLock: false,
};

describe('keysOf', () => {
	test('names what has a name', () => {
		assert.deepEqual(keysOf('', { ...none, pageDown: true }), ['pagedown']);
		assert.deepEqual(keysOf('', { ...none, tab: true, shift: true }), ['shift-tab']);
		assert.deepEqual(keysOf('d', { ...none, ctrl: true }), ['ctrl-d']);
		assert.deepEqual(keysOf('G', { ...none, shift: true }), ['G']);
	});

	test('takes a string of fast keys apart, control keys too', () => {
		assert.deepEqual(keysOf('jj\x04\r\tk\x7f', none), ['j', 'j', 'ctrl-d', 'enter', 'tab', 'k', 'backspace']);
	});

	test('keeps characters whole', () => {
		assert.deepEqual(keysOf('é日🚀', none), ['é', '日', '🚀']);
	});

	test('takes Esc and a key that came together for two keys', () => {
		assert.deepEqual(keysOf('j', { ...none, meta: true }), ['esc', 'j']);
		assert.deepEqual(keysOf('', { ...none, escape: true, meta: true }), ['esc', 'esc']);
	});

	test('gives nothing for a key without a name or a character', () => {
		assert.deepEqual(keysOf('', none), []);
	});
});
