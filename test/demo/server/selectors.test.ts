import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseFieldSelector, parseLabelSelector } from '../../../source/demo/server/selectors.ts';

const labels = { app: 'web', tier: 'front', 'example.com/empty': '' };

describe('a label selector', () => {
	const selected: [string, boolean][] = [
		['app=web', true],
		['app==web', true],
		['app = web', true],
		['app!=web', false],
		['missing!=web', true],
		['app in (api, web)', true],
		['app notin (api,web)', false],
		['missing notin (a)', true],
		['missing in (a)', false],
		['app', true],
		['!app', false],
		['!missing', true],
		['example.com/empty=', true],
		['app=web,tier!=back,!missing', true],
		['app=web,tier=back', false],
		['', true],
	];
	for (const [text, expected] of selected) {
		test(`"${text}" ${expected ? 'takes' : 'leaves'} what it should`, () =>
			assert.equal(parseLabelSelector(text)(labels), expected));
	}

	for (const text of ['a===b', 'a in b', 'a in (b', '=a', 'a=b c=d']) {
		test(`"${text}" is refused`, () => assert.throws(() => parseLabelSelector(text), { code: 400 }));
	}
});

test('a field selector is read with its operators and escapes', () => {
	assert.deepEqual(parseFieldSelector('metadata.name=a\\,b,spec.nodeName!=x,status.phase==Running'), [
		{ field: 'metadata.name', value: 'a,b', equal: true },
		{ field: 'spec.nodeName', value: 'x', equal: false },
		{ field: 'status.phase', value: 'Running', equal: true },
	]);
	assert.throws(() => parseFieldSelector('nonsense'), { code: 400 });
});
