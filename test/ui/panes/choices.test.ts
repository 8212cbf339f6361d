import assert from 'node:assert/strict';
import { test } from 'node:test';
import { footer } from '../../../source/ui/panes/chrome/footer.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import { screenState } from './states.ts';

test('columns to sort by are offered under the names that stand over them', () => {
	const theme = makeTheme({ colour: 'none', glyphs: 'unicode' });
	const prompt = {
		kind: 'sort' as const,
		text: '',
		position: 0,
		choices: ['cpuLimit%', 'memory', 'restarts'],
		selected: 1,
		before: '',
	};
	const [, choices] = footer(screenState(80, 24, { focus: 'pods', prompt }), 2, [], theme);
	assert.match(choices ?? '', /%CPU\/L .*MEM .*RST/);
	assert.doesNotMatch(choices ?? '', /cpuLimit/);
});
