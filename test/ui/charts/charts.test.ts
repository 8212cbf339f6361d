import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { history, type Mark } from '../../../source/ui/charts/history.ts';
import { resample, roundSpan } from '../../../source/ui/charts/resample.ts';
import { sparkline, sparkScale } from '../../../source/ui/charts/sparkline.ts';
import { ceiling } from '../../../source/ui/panes/list/amounts.ts';
import { spansWidth } from '../../../source/ui/text/line.ts';
import { makeTheme } from '../../../source/ui/theme.ts';

const theme = makeTheme({ colour: 'none', glyphs: 'unicode' });
const { glyphs } = theme;
const missing = Number.NaN;
const second = 1000;

describe('sparkline', () => {
	test('a full block is the limit', () => {
		const values = [0, 25, 50, 75, 100, 130];
		assert.equal(sparkline(values, 6, sparkScale(values, 100), glyphs), '▁▂▄▆██');
	});

	test('without a limit a steady load is drawn at half height', () => {
		const values = [64, 64, 64];
		assert.deepEqual(sparkScale(values, missing), { full: 128, relative: true });
		assert.equal(sparkline(values, 3, sparkScale(values, missing), glyphs), '▄▄▄');
	});

	test('no sample is a blank, nothing at all is only blanks, zero is the lowest block', () => {
		assert.equal(sparkline([5, missing, 5], 5, sparkScale([5, 5], 10), glyphs), '  ▄ ▄');
		assert.equal(sparkline([], 4, sparkScale([], missing), glyphs), '    ');
		assert.equal(sparkline([0, 0], 2, sparkScale([0, 0], missing), glyphs), '▁▁');
	});

	test('the newest values are kept when there are more than fit', () => {
		assert.equal(sparkline([100, 100, 10, 100], 2, sparkScale([], 100), glyphs), '▁█');
	});
});

describe('resample', () => {
	const times = [15, 30, 45, 60].map((value) => value * second);

	test('a sample covers the time from the one before it', () => {
		const result = resample(times, [1, 2, 3, 4], { end: 60 * second, span: 60 * second, columns: 8 });
		assert.deepEqual(result, [1, 1, 2, 2, 3, 3, 4, 4]);
	});

	test('a missing sample is a gap', () => {
		const result = resample(times, [1, missing, 3, 4], { end: 60 * second, span: 60 * second, columns: 4 });
		assert.deepEqual(result, [1, missing, 3, 4]);
	});

	test('a pause between samples is a gap', () => {
		const paused = [15, 30, 45, 300, 315].map((value) => value * second);
		const result = resample(paused, [1, 1, 1, 1, 1], { end: 315 * second, span: 315 * second, columns: 21 });
		assert.equal(result.filter((value) => Number.isNaN(value)).length, 16);
	});

	test('a column of several samples shows the highest', () => {
		const result = resample(times, [1, 9, 3, 4], { end: 60 * second, span: 60 * second, columns: 2 });
		assert.deepEqual(result, [9, 4]);
	});

	test('the span is the shortest round one that holds all samples', () => {
		assert.equal(roundSpan(times), 5 * 60 * second);
		assert.equal(roundSpan([0, 11 * 60 * second]), 15 * 60 * second);
		assert.equal(roundSpan([]), 5 * 60 * second);
	});
});

describe('history', () => {
	const same = (value: number) => value;
	const times = Array.from({ length: 20 }, (_, index) => index * 15 * second);
	const draw = (values: readonly number[], marks: readonly Mark[] = [], width = 50, height = 8) => {
		const drawn = history({
			times,
			values,
			marks,
			tone: 'memory',
			width,
			height,
			format: (value) => value.toFixed(0),
			ceiling: same,
			theme,
		});
		return {
			...drawn,
			text: drawn.lines.map((spans) =>
				spans
					.map(({ text }) => text)
					.join('')
					.trimEnd(),
			),
		};
	};

	test('a gap stays blank on every line, and the runs beside it are drawn', () => {
		const values = times.map((_, index) => (index >= 8 && index < 12 ? missing : 50));
		const { text } = draw(values, [], 44, 6);
		const [line = ''] = text.filter((candidate) => candidate.includes('─────') && !candidate.includes('now'));
		assert.match(line, /─{10,} {4,}─{10,}/);
	});

	test('request and limit are lines with their names, and the axis reaches the limit', () => {
		const { text, beyond } = draw(
			times.map(() => 40),
			[
				{ label: 'request', value: 50, tone: 'request' },
				{ label: 'limit', value: 100, tone: 'limit' },
			],
		);
		assert.match(text[0] ?? '', /^100│┄+ limit$/);
		assert.ok(text.some((line) => /┄ request$/.test(line)));
		assert.deepEqual(beyond, []);
	});

	test('marks on the same line share it', () => {
		const { text } = draw(
			times.map(() => 40),
			[
				{ label: 'request', value: 100, tone: 'request' },
				{ label: 'limit', value: 100, tone: 'limit' },
			],
		);
		assert.match(text[0] ?? '', / request, limit$/);
	});

	test('a limit far above the load does not flatten it: it is named as beyond', () => {
		const { beyond, text } = draw(
			times.map(() => 10),
			[{ label: 'limit', value: 1000, tone: 'limit' }],
		);
		assert.deepEqual(
			beyond.map(({ label }) => label),
			['limit'],
		);
		assert.match(text[0] ?? '', /^10│/);
	});

	test('the axis ends at the next round number where no mark is above the load', () => {
		const round = (quantity: 'cpu' | 'memory', value: number) => ceiling(quantity, value);
		assert.equal(round('cpu', 3429e6), 4000e6);
		assert.equal(round('cpu', 12e9), 15e9);
		assert.equal(round('memory', 6250 * 2 ** 20), 8 * 2 ** 30);
		assert.equal(round('memory', 57 * 2 ** 20), 60 * 2 ** 20);
		assert.equal(round('memory', 1010 * 2 ** 20), 2 ** 30);
	});

	test('the time is on the axis, in whole minutes', () => {
		const labels = (width: number) =>
			draw(
				times.map(() => 10),
				[],
				width,
				10,
			).text.at(-1) ?? '';
		assert.match(labels(70), /^ +-5m +-4m +-3m +-2m +-1m +now$/);
		assert.match(labels(50), /^ +-5m +now$/);
	});

	test('a single sample and zeros are drawn; nothing and infinities are not, and nothing throws', () => {
		assert.ok(
			draw(times.map((_, index) => (index === 19 ? 5 : missing)))
				.text.join('')
				.includes('─'),
		);
		assert.ok(
			draw(times.map(() => 0))
				.text.join('')
				.includes('─'),
		);
		draw(times.map(() => Number.POSITIVE_INFINITY));
		assert.deepEqual(
			history({
				times: [],
				values: [],
				marks: [],
				tone: 'cpu',
				width: 50,
				height: 8,
				format: String,
				ceiling: same,
				theme,
			}).span,
			300_000,
		);
	});

	test('has as many lines as asked for and never more cells', () => {
		fc.assert(
			fc.property(
				fc.array(fc.oneof(fc.double({ min: 0, max: 1e12, noNaN: true }), fc.constant(missing)), {
					minLength: 20,
					maxLength: 20,
				}),
				fc.integer({ min: 1, max: 120 }),
				fc.integer({ min: 1, max: 30 }),
				fc.double({ min: 0, max: 1e12, noNaN: true }),
				(values, width, height, limit) => {
					const { lines } = draw(values, [{ label: 'limit', value: limit, tone: 'limit' }], width, height);
					assert.ok(lines.length === 0 || lines.length === height, `${lines.length} lines`);
					for (const spans of lines) {
						assert.ok(spansWidth(spans) <= width, `${spansWidth(spans)} > ${width}`);
						assert.ok(!spans.some(({ text }) => text.includes('NaN')));
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});
