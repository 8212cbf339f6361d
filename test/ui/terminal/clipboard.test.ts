import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clipboardSequence } from '../../../source/ui/terminal/clipboard.ts';

describe('the clipboard', () => {
	test('is asked by OSC 52, with the text in base64', () => {
		assert.equal(clipboardSequence('date -u', false), '\x1b]52;c;ZGF0ZSAtdQ==\x07');
	});

	test('is asked through tmux as well, which hands on what is wrapped', () => {
		assert.equal(
			clipboardSequence('date -u', true),
			'\x1b]52;c;ZGF0ZSAtdQ==\x07\x1bPtmux;\x1b\x1b]52;c;ZGF0ZSAtdQ==\x07\x1b\\',
		);
	});
});
