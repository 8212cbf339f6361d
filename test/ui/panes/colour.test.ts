import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { composeScreen } from '../../../source/ui/panes/screen.ts';
import type { ScreenState } from '../../../source/ui/state.ts';
import { type Colour, makeTheme } from '../../../source/ui/theme.ts';
import * as states from './states.ts';

const esc = '\u001B';
const red = `${esc}[31m`;
const amber = `${esc}[33m`;
const dim = `${esc}[2m`;
const reverse = `${esc}[7m`;

function lines(state: ScreenState, colour: Colour = '16'): string[] {
	const frame = composeScreen(state, makeTheme({ colour, glyphs: 'unicode' }), states.hints);
	return [...frame.header, ...frame.body, ...frame.footer];
}

function row(name: string, state = states.screenState(160, 60, { fullscreen: true }), colour: Colour = '16'): string {
	return lines(state, colour).find((line) => stripVTControlCharacters(line).includes(name)) ?? '';
}

describe('colours', () => {
	test('status decides the colour of name and status: broken red, under way amber, ended grey, terminating apart', () => {
		assert.ok(row('front-6c9b75cd4-nn2lp').includes(`${red}CrashLoopBackOff`));
		assert.ok(row('render-').includes(`${amber}Pending`));
		assert.ok(row('backup-').includes(`${dim}Completed`));
		assert.ok(row('dex-5f6b9c8d7-old00').includes(`${esc}[35mTerminating`));
		assert.ok(!row('kafka-0').includes(`${esc}[39mRunning`));
	});

	test('a percentage near its limit has colour and glyph together', () => {
		assert.ok(row('kafka-0').includes(`${amber}72▲`));
		// In the reversed row too.
		assert.ok(row('api-7c9d6f5b8-x2k1z').includes(`${red}93✖`));
		assert.ok(row('es-data-2').includes(`${amber}85▲`));
	});

	test('old numbers are grey', () => {
		assert.ok(row('loki-1').includes(`${dim}1228Mi`));
	});

	test('the row under the cursor is reversed from end to end, and marked without colour too', () => {
		for (const colour of ['none', '16', '256', 'truecolour'] as const) {
			const line = row('api-7c9d6f5b8-x2k1z', undefined, colour);
			assert.ok(line.startsWith(`${reverse}▸`), colour);
			assert.ok(line.endsWith(`${esc}[27m`), colour);
			assert.ok(!line.includes(`${esc}[0m`) && !line.slice(0, -5).includes(`${esc}[27m`), colour);
			assert.ok(!line.includes(dim), 'grey in reverse can hardly be read');
		}
	});

	test('only the list that the keys go to has a reversed row', () => {
		const all = lines(states.screenState(120, 40));
		assert.equal(all.filter((line) => line.includes(reverse)).length, 1);
		assert.ok(all.filter((line) => stripVTControlCharacters(line).includes('▸')).length > 1);
	});

	test('without colour not one colour code is written', () => {
		for (const line of lines(states.screenState(200, 60), 'none')) {
			// biome-ignore lint/complexity/useRegexLiterals: the escape character is easier to read as a string.
			for (const [, codes = ''] of line.matchAll(new RegExp('\\u001B\\[([\\d;]*)m', 'g'))) {
				assert.ok(['1', '2', '7', '22', '27'].includes(codes), codes);
			}
		}
	});

	test('each tone that begins on a line ends on it', () => {
		for (const state of [states.screenState(200, 60), states.screenState(80, 24, { detailOpen: true })]) {
			for (const line of lines(state, '256')) {
				const open = new Set<string>();
				// biome-ignore lint/complexity/useRegexLiterals: the escape character is easier to read as a string.
				for (const [, codes = ''] of line.matchAll(new RegExp('\\u001B\\[([\\d;]*)m', 'g'))) {
					for (const code of codes.replace(/38;5;\d+/, 'colour').split(';')) {
						if (code === '39') {
							open.delete('colour');
						} else if (code === '22') {
							open.delete('1');
							open.delete('2');
						} else if (code === '27') {
							open.delete('7');
						} else {
							open.add(code);
						}
					}
				}

				assert.equal(open.size, 0, JSON.stringify(line));
			}
		}
	});
});
