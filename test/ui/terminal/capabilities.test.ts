import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { capabilities } from '../../../source/ui/terminal/capabilities.ts';

const usual = { TERM: 'xterm-256color', LANG: 'en_US.UTF-8' };

function colour(environment: Record<string, string>, isTTY = true): string {
	return capabilities({ ...usual, ...environment }, isTTY).colour;
}

describe('colour', () => {
	test('is as rich as TERM and COLORTERM say', () => {
		assert.equal(colour({}), '256');
		assert.equal(colour({ COLORTERM: 'truecolor' }), 'truecolour');
		assert.equal(colour({ COLORTERM: '24bit' }), 'truecolour');
		assert.equal(colour({ TERM: 'xterm' }), '16');
		assert.equal(colour({ TERM: 'xterm-direct' }), 'truecolour');
		assert.equal(colour({ TERM: 'vt100' }), 'none');
	});

	test('is left out for NO_COLOR, a dumb terminal and a pipe', () => {
		assert.equal(colour({ NO_COLOR: '1' }), 'none');
		assert.equal(colour({ NO_COLOR: '' }), '256');
		assert.equal(colour({ TERM: 'dumb', COLORTERM: 'truecolor' }), 'none');
		assert.equal(colour({}, false), 'none');
	});

	test('is what FORCE_COLOR says, before everything else', () => {
		assert.equal(colour({ FORCE_COLOR: '0', COLORTERM: 'truecolor' }), 'none');
		assert.equal(colour({ FORCE_COLOR: '' }), '16');
		assert.equal(colour({ FORCE_COLOR: 'true', NO_COLOR: '1' }), '16');
		assert.equal(colour({ FORCE_COLOR: '2' }, false), '256');
		assert.equal(colour({ FORCE_COLOR: '3' }, false), 'truecolour');
	});
});

describe('glyphs', () => {
	const glyphs = (environment: Record<string, string>) => capabilities({ TERM: 'xterm', ...environment }, true).glyphs;

	test('follow the locale as POSIX reads it', () => {
		assert.equal(glyphs({ LANG: 'C.UTF-8' }), 'unicode');
		assert.equal(glyphs({ LANG: 'de_DE.utf8' }), 'unicode');
		assert.equal(glyphs({ LANG: 'C' }), 'ascii');
		assert.equal(glyphs({ LANG: 'en_US.ISO-8859-1' }), 'ascii');
		assert.equal(glyphs({ LC_ALL: 'C', LANG: 'en_US.UTF-8' }), 'ascii');
		assert.equal(glyphs({ LC_ALL: '', LC_CTYPE: 'C.UTF-8', LANG: 'C' }), 'unicode');
		assert.equal(glyphs({}), 'ascii');
		assert.equal(glyphs({ KITTY_WINDOW_ID: '1' }), 'unicode');
	});

	test('are ASCII on the console of Linux, whose font has no blocks', () => {
		assert.equal(glyphs({ TERM: 'linux', LANG: 'C.UTF-8' }), 'ascii');
	});
});

test('a screen needs a terminal that can move its cursor', () => {
	assert.equal(capabilities(usual, true).interactive, true);
	assert.equal(capabilities(usual, false).interactive, false);
	assert.equal(capabilities({ ...usual, TERM: 'dumb' }, true).interactive, false);
});
