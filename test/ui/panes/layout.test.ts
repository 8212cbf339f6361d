import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import type { ListName } from '../../../source/monitor/messages.ts';
import { compose } from '../../../source/ui/panes/compose.ts';
import { type LayoutInput, layout } from '../../../source/ui/panes/layout.ts';
import { makeTheme } from '../../../source/ui/theme.ts';

function input(columns: number, rows: number, fields: Partial<LayoutInput> = {}): LayoutInput {
	return {
		size: { columns, rows },
		focus: 'pods',
		fullscreen: false,
		detailOpen: false,
		ledger: false,
		proof: false,
		subject: 'pod',
		cost: false,
		help: false,
		prompt: false,
		choices: false,
		warn: false,
		...fields,
	};
}

function parts(columns: number, rows: number, fields: Partial<LayoutInput> = {}): string {
	return layout(input(columns, rows, fields))
		.placements.map(({ part }) => part)
		.join(' ');
}

describe('layout', () => {
	test('nothing overlaps and nothing leaves the screen, at any size', () => {
		fc.assert(
			fc.property(
				fc.record({
					columns: fc.integer({ min: 0, max: 400 }),
					rows: fc.integer({ min: 0, max: 130 }),
					focus: fc.constantFrom<ListName>('nodes', 'pods', 'containers', 'diagnostics'),
					fullscreen: fc.boolean(),
					detailOpen: fc.boolean(),
					help: fc.boolean(),
					prompt: fc.boolean(),
					choices: fc.boolean(),
					warn: fc.boolean(),
					subject: fc.constantFrom<LayoutInput['subject']>('pod', 'node', 'container', null),
				}),
				({ columns, rows, ...fields }) => {
					const plan = layout(input(columns, rows, fields));
					if (columns > 0) {
						assert.equal(plan.header + plan.body + plan.footer, Math.max(0, rows - 1));
					}

					const taken = new Set<number>();
					for (const area of [...plan.placements, ...plan.rules.map((rule) => ({ ...rule, height: 1 }))]) {
						assert.ok(area.width > 0 && area.height > 0, JSON.stringify(area));
						for (let y = area.y; y < area.y + area.height; y++) {
							for (let x = area.x; x < area.x + area.width; x++) {
								assert.ok(x >= 0 && x < columns && y >= 0 && y < plan.body, JSON.stringify(area));
								assert.ok(!taken.has(y * 1000 + x), `overlap at ${x},${y}`);
								taken.add(y * 1000 + x);
							}
						}
					}
				},
			),
			{ numRuns: 300 },
		);
	});

	test('three columns at 200×60, two at 120×40, one list at 80×24', () => {
		assert.equal(parts(200, 60), 'nodes node pods containers detail diagnostics proof');
		assert.equal(parts(120, 40), 'nodes pods containers detail diagnostics');
		assert.equal(parts(80, 24), 'pods detail finding');
	});

	test('less than 18 rows have no detail, less than 10 nothing but the list', () => {
		assert.equal(parts(80, 18), 'pods detail finding');
		assert.equal(parts(80, 17), 'pods finding');
		assert.equal(parts(80, 9), 'pods');
		assert.equal(parts(40, 10), 'pods');
	});

	test('the keys going to the diagnostics bring the proof of the selected finding', () => {
		assert.equal(parts(80, 24, { focus: 'diagnostics' }), 'diagnostics proof');
		assert.match(parts(120, 40, { focus: 'diagnostics' }), /diagnostics proof$/);
	});

	test('the open detail of a pod shows its containers', () => {
		assert.equal(parts(120, 40, { detailOpen: true }), 'facts containers charts brief');
		assert.equal(parts(120, 40, { detailOpen: true, subject: 'node' }), 'facts charts brief');
		assert.equal(parts(80, 24, { detailOpen: true }), 'facts containers charts');
	});

	test('a prompt takes a line, and another for its choices', () => {
		assert.equal(layout(input(80, 24, { prompt: true })).footer, 1);
		assert.equal(layout(input(80, 24, { prompt: true, choices: true })).footer, 2);
		assert.equal(layout(input(80, 8, { prompt: true, choices: true })).footer, 1);
		assert.equal(layout(input(80, 2, { prompt: true })).footer, 1);
	});
});

describe('compose', () => {
	const theme = makeTheme({ colour: 'none', glyphs: 'unicode' });

	test('rules meet separators in the right junctions', () => {
		const rule = (x: number, y: number, width: number) => ({ x, y, width, left: [], right: [], bare: false });
		const block = (x: number, y: number, width: number, height: number) => ({
			x,
			y,
			width,
			lines: Array.from({ length: height }, () => ' '.repeat(width)),
		});
		const lines = compose(
			[block(0, 1, 3, 1), block(4, 1, 5, 3), block(0, 3, 3, 1), block(0, 5, 5, 1), block(6, 5, 3, 1)],
			[rule(0, 0, 3), rule(4, 0, 5), rule(0, 2, 3), rule(0, 4, 5), rule(6, 4, 3)],
			{ width: 9, height: 6 },
			theme,
		).map((line) => stripVTControlCharacters(line));
		assert.deepEqual(lines, ['───┬─────', '   │     ', '───┤     ', '   │     ', '───┴─┬───', '     │   ']);
	});
});
