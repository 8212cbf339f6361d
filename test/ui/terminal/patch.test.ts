import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findScroll, framePatch } from '../../../source/ui/terminal/patch.ts';
import { Emulator } from '../emulator.ts';

const columns = 24;
const rows = 12;
const top = 1;

/** What stands around every patch. */
const begin = '\x1b[?2026h\x1b7\x1b[?7l\x1b[m'.length;
const end = '\x1b[?7h\x1b8\x1b[?2026l'.length;

/** A piece of a row: text of a known width, in a style that ends with it or runs on. */
const piece = fc.record({
	text: fc.constantFrom('web', 'n01', '412m', '▁▃▅█', '│', '…', '日本', 'e\u0301', ' ', '97%', 'abcdefgh'),
	begin: fc.constantFrom(
		'',
		'\x1b[31m',
		'\x1b[1m',
		'\x1b[2m',
		'\x1b[7m',
		'\x1b[38;5;74m',
		'\x1b[38;2;1;2;3m',
		'\x1b[1;36m',
	),
	end: fc.constantFrom('', '\x1b[39m', '\x1b[22m', '\x1b[27m', '\x1b[0m', '\x1b[m', '\x1b[22;39m'),
});

const widths = new Map([
	['日本', 4],
	['e\u0301', 1],
]);

/** Rows of exactly `columns` cells. */
const row = fc.array(piece, { maxLength: 8 }).map((pieces) => {
	let text = '';
	let left = columns;
	for (const { text: word, begin, end } of pieces) {
		const width = widths.get(word) ?? word.length;
		if (width <= left) {
			text += begin + word + end;
			left -= width;
		}
	}
	return text + ' '.repeat(left);
});

const frame = fc.array(row, { minLength: rows - 2, maxLength: rows - 2 });

/** A frame and another that came of it by what happens on screens: scrolling, changed cells, other rows. */
const change = frame.chain((before) =>
	fc.record({
		before: fc.constant(before),
		shift: fc.integer({ min: -6, max: 6 }),
		first: fc.integer({ min: 0, max: 4 }),
		last: fc.integer({ min: 5, max: before.length - 1 }),
		changed: fc.array(fc.record({ line: fc.integer({ min: 0, max: before.length - 1 }), row }), { maxLength: 4 }),
	}),
);

function after({
	before,
	shift,
	first,
	last,
	changed,
}: typeof change extends fc.Arbitrary<infer T> ? T : never): string[] {
	const next = before.map((text, line) => {
		const source = line + shift;
		return line >= first && line <= last && source >= first && source <= last ? (before[source] ?? text) : text;
	});
	for (const { line, row: text } of changed) {
		next[line] = text;
	}
	return next;
}

async function shown(...patches: string[]) {
	const emulator = new Emulator(columns, rows);
	await emulator.write('first line\r\nsecond');
	for (const patch of patches) {
		await emulator.write(patch);
	}
	const result = { cells: emulator.cells().slice(top, top + rows - 2), cursor: emulator.cursor };
	emulator.dispose();
	return result;
}

describe('framePatch', () => {
	test('brings the terminal to the same cells as painting everything anew, whatever changed', () =>
		fc.assert(
			fc.asyncProperty(change, async (input) => {
				const next = after(input);
				const patched = await shown(framePatch([], input.before, top), framePatch(input.before, next, top));
				const painted = await shown(framePatch([], next, top));
				assert.deepEqual(patched, painted);
			}),
			{ numRuns: 150 },
		));

	test('writes nothing if nothing changed', () =>
		fc.assert(fc.property(frame, (rows) => assert.equal(framePatch(rows, [...rows], top), ''))));

	test('leaves the cursor and the style of following text as they were', async () => {
		const emulator = new Emulator(columns, rows);
		await emulator.write(`\x1b[5;3H${framePatch([], [`\x1b[31m${'x'.repeat(columns)}`], 0)}y`);
		assert.equal(emulator.lines()[4], '  y');
		assert.equal(emulator.cells()[4]?.[2]?.style, '0 -1 0 0 0 -1 0 0');
		emulator.dispose();
	});

	test('writes only the cells that changed', () => {
		const before = `\x1b[32m${'a'.repeat(100)}\x1b[39m${'b'.repeat(100)}`;
		const next = `\x1b[32m${'a'.repeat(50)}X${'a'.repeat(49)}\x1b[39m${'b'.repeat(99)}Y`;
		const patch = framePatch([before], [next], 0);
		assert.match(patch, /\[1;51H\x1b\[32mX\x1b\[200G\x1b\[mY/);
		assert.ok(patch.length < 64, `${patch.length} bytes`);
	});

	test('writes blanks in whichever style is in force, unless it would be seen', () => {
		const before = 'a'.repeat(20);
		const patch = (next: string) => framePatch([before], [next], 0).slice(begin, -end);
		assert.equal(patch(`\x1b[2mx \x1b[22m y${'a'.repeat(16)}`), '\x1b[1H\x1b[2mx  \x1b[my');
		assert.equal(patch(`\x1b[7mx \x1b[27m y${'a'.repeat(16)}`), '\x1b[1H\x1b[7mx \x1b[m y');
		assert.equal(patch(`\x1b[2mx \x1b[22m\x1b[2my\x1b[22m${'a'.repeat(17)}`), '\x1b[1H\x1b[2mx y\x1b[m');
	});

	test('leaves alone a blank whose colour alone changed', () =>
		assert.equal(framePatch(['a \x1b[2mb\x1b[22m'], ['a\x1b[2m b\x1b[22m'], 0), ''));

	test('switches from style to style by what differs', () => {
		const patch = (next: string) => framePatch([' '.repeat(3)], [next], 0).slice(begin, -end);
		assert.equal(patch('\x1b[38;5;74ma\x1b[1mb\x1b[22mc\x1b[39m'), '\x1b[1H\x1b[38;5;74ma\x1b[1mb\x1b[22mc\x1b[m');
		assert.equal(patch('\x1b[1ma\x1b[2mb\x1b[22;1mc\x1b[22m'), '\x1b[1H\x1b[1ma\x1b[2mb\x1b[0;1mc\x1b[m');
		assert.equal(patch('\x1b[38;2;9;9;9ma\x1b[39m\x1b[2mb\x1b[22mc'), '\x1b[1H\x1b[38;2;9;9;9ma\x1b[0;2mb\x1b[mc');
	});

	test('erases a long end of a row', () => {
		const rows = [`${'a'.repeat(30)}${' '.repeat(70)}`];
		assert.equal(framePatch(['a'.repeat(100)], rows, 0).slice(begin, -end), '\x1b[1;31H\x1b[K');
	});

	test('carries a style from row to row', () => {
		const rows = ['\x1b[2ma\x1b[22m', '\x1b[2mb\x1b[22m'];
		assert.equal(framePatch(['1', '2'], rows, 0).slice(begin, -end), '\x1b[1H\x1b[2ma\x1b[2Hb\x1b[m');
	});

	test('scrolls a list in the middle of the screen instead of writing all its rows', () => {
		const list = Array.from({ length: 40 }, (_, index) => `row ${index}`.padEnd(100));
		const before = ['title'.padEnd(100), ...list.slice(0, 30), 'keys'.padEnd(100)];
		const next = ['title'.padEnd(100), ...list.slice(2, 32), 'keys'.padEnd(100)];
		const patch = framePatch(before, next, 0);
		assert.match(patch, /\x1b\[2;31r\x1b\[2S\x1b\[r/);
		assert.ok(patch.length < 350, `${patch.length} bytes`);
	});

	test('does not scroll where other lines would have to be written again', () => {
		const before = ['a', 'b', 'c', 'd', 'e', 'f'];
		assert.equal(findScroll(before, ['b', 'c', 'x', 'd', 'e', 'f']), null);
		assert.equal(findScroll(before, before), null);
	});

	test('erases lines that are no longer wanted', async () => {
		const emulator = new Emulator(10, 4);
		await emulator.write(framePatch([], ['one       ', 'two       '], 0));
		await emulator.write(framePatch(['one       ', 'two       '], ['one       '], 0));
		assert.equal(emulator.text().trimEnd(), 'one');
		emulator.dispose();
	});

	test('writes rows of uncertain width whole, over erased lines', () => {
		const patch = framePatch(['é\u0301日本語 x'], ['é\u0301日本語 y'], 0);
		assert.match(patch, /\x1b\[1H\x1b\[2Ké\u0301日本語 y/);
	});
});
