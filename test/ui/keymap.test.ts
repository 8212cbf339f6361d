import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commandTexts } from '../../source/messages/en/keys.ts';
import { bindings, type Command, commandOf, footerHints, helpSheet } from '../../source/ui/keymap.ts';
import { initialSession } from '../../source/ui/reducer.ts';

const state = initialSession({ columns: 80, rows: 24 });

describe('the key bindings', () => {
	test('bind every command once', () => {
		const commands = bindings.map(({ command }) => command);
		assert.deepEqual(commands.toSorted(), Object.keys(commandTexts).toSorted());
	});

	test('bind no key twice in one context', () => {
		const seen = new Set<string>();
		for (const { keys, contexts } of bindings) {
			for (const key of contexts.flatMap((context) => keys.map((name) => `${context} ${name}`))) {
				assert.ok(!seen.has(key), key);
				seen.add(key);
			}
		}
	});

	test('give every command a text', () => {
		for (const { command, footer } of bindings) {
			const { title, hint } = commandTexts[command];
			assert.notEqual(title, '', command);
			assert.ok(footer === null || hint !== '', command);
		}
	});

	test('list every command in the help sheet or in the key line, but those that only say no', () => {
		const silent: Command[] = bindings
			.filter(({ group, footer }) => group === null && footer === null)
			.map(({ command }) => command);
		assert.deepEqual(silent, ['edit', 'kill']);
		const listed = helpSheet().flatMap(({ entries }) => entries);
		assert.equal(listed.length, bindings.filter(({ group }) => group !== null).length);
	});

	test('leave no bare letter to anything that changes the cluster', () => {
		assert.equal(commandOf('list', 'e'), 'edit');
		assert.equal(commandOf('list', 'ctrl-d'), 'halfPageDown');
		assert.equal(commandOf('list', 'x'), 'explain');
	});

	test('take the keys that fingers know from k9s, less and top', () => {
		const expected: [string, Command][] = [
			['j', 'down'],
			['G', 'bottom'],
			['ctrl-f', 'pageDown'],
			['/', 'filter'],
			[':', 'command'],
			['?', 'help'],
			['f1', 'help'],
			['0', 'allNamespaces'],
			['O', 'sort'],
			['P', 'sortByCpu'],
			['M', 'sortByMemory'],
			['Z', 'freeze'],
			['ctrl-r', 'refresh'],
			['ctrl-w', 'wide'],
		];
		for (const [key, command] of expected) {
			assert.equal(commandOf('list', key), command, key);
		}
	});
});

describe('the key line', () => {
	test('begins with what is used most, and fits what the keys go to', () => {
		assert.deepEqual(footerHints(state)[0], { key: 'enter', title: 'open' });
		assert.ok(!footerHints(state).some(({ key }) => key === 'esc'));
		assert.ok(footerHints({ ...state, detailOpen: true }).some(({ key, title }) => key === 'esc' && title === 'back'));
		assert.deepEqual(footerHints({ ...state, help: { open: true, top: 0 } }), [{ key: 'esc', title: 'close' }]);
	});
});
