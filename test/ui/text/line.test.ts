import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { line, reversed, span, spansWidth } from '../../../source/ui/text/line.ts';
import { item, spread } from '../../../source/ui/text/shorten.ts';
import { makeTheme } from '../../../source/ui/theme.ts';

const plain = makeTheme({ colour: 'none', glyphs: 'unicode' });
const coloured = makeTheme({ colour: '16', glyphs: 'unicode' });

describe('line', () => {
	test('is filled with blanks or cut, whatever its pieces are', () => {
		assert.equal(line([span('ab'), span('cd')], 6, plain), 'abcd  ');
		assert.equal(line([span('ab'), span('cdef')], 4, plain), 'abc…');
		assert.equal(line([span('ab')], 0, plain), '');
	});

	test('tones end with their piece', () => {
		assert.equal(line([span('a', 'error'), span('b')], 3, coloured), '\u001B[31ma\u001B[39mb ');
	});

	test('a reversed line stays reversed behind a tone', () => {
		const text = reversed(line([span('a', 'error'), span('b', 'dim')], 3, coloured), coloured);
		assert.equal(text, '\u001B[7m\u001B[31ma\u001B[39m\u001B[2mb\u001B[22m \u001B[27m');
		assert.ok(!text.includes('\u001B[0m'));
	});

	test('without colour there is bold and grey, and no colour', () => {
		assert.equal(line([span('a', 'title'), span('b', 'error')], 2, plain), '\u001B[1ma\u001B[22mb');
	});

	test('our typography is ASCII where the terminal has nothing else, cell by cell', () => {
		const ascii = makeTheme({ colour: 'none', glyphs: 'ascii' });
		assert.equal(line([span('the server’s · 1–3…')], 20, ascii), "the server's - 1-3~ ");
	});
});

describe('spread', () => {
	const items = [item([span('prod')]), item([span('user')], 2), item([span('v1.34')], 1)];
	const left = { items, separator: span(' · ') };
	const right = { items: [item([span('LIVE')])], separator: span(' ') };
	const text = (width: number) =>
		spread(left, right, width)
			.map((piece) => piece.text)
			.join('');

	test('puts one group at each edge', () => {
		assert.equal(text(30), 'prod · user · v1.34       LIVE');
	});

	test('leaves items out in their order as the line gets narrower', () => {
		assert.equal(text(24), 'prod · user         LIVE');
		assert.equal(text(14), 'prod      LIVE');
	});

	test('what cannot be left out is left to be cut', () => {
		assert.ok(spansWidth(spread(left, right, 4)) > 4);
	});
});
