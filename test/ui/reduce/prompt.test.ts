import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { clusterStatus } from '../fake-host.ts';
import { Player } from './player.ts';

describe('the filter', () => {
	test('works while it is typed; Enter keeps it', () => {
		const player = new Player();
		player.press('/');
		player.type('web-001');
		assert.equal(player.asked.filter, 'web-001');
		player.answer();
		assert.equal(player.list.answer?.matched, 10);
		assert.equal(player.list.cursor, 'pod-10');
		player.press('enter');
		assert.equal(player.state.prompt, null);
		assert.equal(player.list.filter, 'web-001');
	});

	test('is as it was before after Esc, and so is the cursor', () => {
		const player = new Player();
		player.press(...'jjjjj', '/');
		player.type('web-009');
		player.answer();
		assert.equal(player.list.cursor, 'pod-90');
		player.press('esc');
		player.answer();
		assert.deepEqual([player.list.filter, player.list.cursor, player.list.cursorIndex], ['', 'pod-5', 5]);
	});

	test('keeps the cursor on a row that still matches, and goes to the first match otherwise', () => {
		const player = new Player();
		player.press(...'jjjjjjjjjjjj');
		player.press('/');
		player.type('web-001');
		player.answer();
		assert.equal(player.list.cursor, 'pod-12');
		player.press('backspace');
		player.type('5');
		player.answer();
		assert.deepEqual([player.list.cursor, player.list.cursorIndex], ['pod-50', 0]);
	});

	test('lets the arrows move among the rows', () => {
		const player = new Player();
		player.press('/', 'down', 'down');
		assert.equal(player.list.cursor, 'pod-2');
	});

	test('takes a paste without line ends and escape sequences', () => {
		const player = new Player();
		player.press('/');
		player.do({ type: 'paste', text: 'web\n\x1b[31m-00\x07' });
		assert.equal(player.list.filter, 'web -00');
	});

	test('is edited as lines are', () => {
		const player = new Player();
		player.press('/');
		player.type('pod é x');
		player.press('ctrl-w', 'left', 'backspace', 'home', 'delete', 'end');
		player.type('!');
		assert.deepEqual([player.state.prompt?.text, player.state.prompt?.position], ['od  !', 5]);
		player.press('left', 'left', 'ctrl-u');
		assert.equal(player.state.prompt?.text, ' !');
		player.press('ctrl-k');
		assert.equal(player.list.filter, '');
	});

	test('ignores a paste where nothing is being typed', () => {
		const player = new Player();
		player.do({ type: 'paste', text: 'q' });
		assert.equal(player.leave, null);
		assert.equal(player.state.prompt, null);
	});
});

describe('commands', () => {
	const run = (text: string, namespaces: string[] = []) => {
		const player = new Player();
		player.do({ type: 'host', message: { type: 'namespaces', names: namespaces } });
		player.press(':');
		player.type(text);
		player.sentSince();
		player.press('enter');
		return player;
	};

	test('go to a list under any of its names', () => {
		const focus = (text: string) => run(text).state.focus;
		assert.deepEqual(['no', 'nodes', 'po', 'pod', 'co', 'di', 'diag'].map(focus), [
			'nodes',
			'nodes',
			'pods',
			'pods',
			'containers',
			'diagnostics',
			'diagnostics',
		]);
	});

	test('take a namespace, a filter and a label with the list, as in k9s', () => {
		const player = run('po web /api');
		assert.deepEqual(
			player.sentSince().find(({ type }) => type === 'namespace'),
			{ type: 'namespace', namespace: 'web' },
		);
		assert.equal(player.list.filter, 'api');
		assert.deepEqual(run('po app=web').sentSince()[0], { type: 'selector', labelSelector: 'app=web' });
		assert.deepEqual(run('po all').sentSince()[0], { type: 'namespace', namespace: null });
	});

	test('ask for the rows anew after the namespace, which they depend on', () => {
		const sent = run('ns web').sentSince();
		assert.deepEqual(
			sent
				.filter(({ type }) => type !== 'detail')
				.map((message) => (message.type === 'list' ? message.query.list : message.type)),
			['namespace', 'pods'],
		);
	});

	test('change the namespace', () => {
		assert.deepEqual(run('ns web').sentSince()[0], { type: 'namespace', namespace: 'web' });
		assert.deepEqual(run('ns all').sentSince()[0], { type: 'namespace', namespace: null });
		assert.notEqual(run('ns').state.notice, '');
	});

	test('complete what was begun, namespaces too', () => {
		assert.equal(run('dia').state.focus, 'diagnostics');
		const player = new Player();
		player.do({ type: 'host', message: { type: 'namespaces', names: ['kube-system', 'web'] } });
		player.press(':');
		player.type('ns sys');
		assert.deepEqual(player.state.prompt?.choices, ['ns kube-system']);
		player.press('tab');
		assert.equal(player.state.prompt?.text, 'ns kube-system');
	});

	test('can be chosen from the list', () => {
		const player = new Player();
		player.press(':', 'down', 'enter');
		assert.equal(player.state.focus, 'nodes');
	});

	test('quit, and say when they are unknown', () => {
		assert.equal(run('q').leave, 'quit');
		assert.match(run('zzz').state.notice, /zzz/);
		assert.equal(run('').state.notice, '');
	});

	test('list the containers of all pods until one goes back', () => {
		const player = run('co');
		assert.deepEqual(player.list.scope, {});
		player.answer();
		assert.equal(player.list.answer?.matched, 200);
		player.press('esc');
		assert.equal(player.state.focus, 'pods');
		player.press('3');
		assert.deepEqual(player.list.scope, { pod: 'pod-0' });
	});
});

describe('the namespace prompt', () => {
	test('offers what is known, finds it by a few letters, and follows it', () => {
		const player = new Player();
		player.do({ type: 'host', message: { type: 'namespaces', names: ['default', 'kube-system', 'payments'] } });
		player.press('n');
		assert.ok(player.sentSince().some(({ type }) => type === 'namespaces'));
		player.type('kst');
		assert.deepEqual(player.state.prompt?.choices, ['kube-system']);
		player.press('enter');
		assert.deepEqual(player.sentSince().at(0), { type: 'namespace', namespace: 'kube-system' });
	});

	test('offers namespaces that arrive while it is open', () => {
		const player = new Player();
		player.press('n');
		player.do({ type: 'host', message: { type: 'namespaces', names: ['web'] } });
		assert.ok(player.state.prompt?.choices.includes('web'));
		player.press('down', 'enter');
		assert.deepEqual(
			player.sentSince().findLast(({ type }) => type === 'namespace'),
			{ type: 'namespace', namespace: 'web' },
		);
	});

	test('takes a name that nobody could list', () => {
		const player = new Player();
		player.press('n');
		player.type('secret-ns');
		player.press('enter');
		assert.deepEqual(
			player.sent.findLast(({ type }) => type === 'namespace'),
			{ type: 'namespace', namespace: 'secret-ns' },
		);
	});

	test('0 goes to all of them, unless the user may see only one', () => {
		const player = new Player();
		player.press('0');
		assert.deepEqual(
			player.sent.findLast(({ type }) => type === 'namespace'),
			{ type: 'namespace', namespace: null },
		);
		player.do({ type: 'host', message: clusterStatus({ namespace: 'web', namespaceOnly: true }) });
		player.sentSince();
		player.press('0');
		assert.ok(!player.sentSince().some(({ type }) => type === 'namespace'));
		assert.match(player.state.notice, /web/);
	});
});

describe('sorting', () => {
	test('by key: numbers begin with the highest, words with the lowest, the same key again turns round', () => {
		const player = new Player();
		const after = (key: string) => {
			player.press(key);
			return player.asked.sort;
		};
		assert.deepEqual(after('M'), { column: 'memory', descending: true });
		assert.deepEqual(after('P'), { column: 'cpu', descending: true });
		assert.deepEqual(after('N'), { column: 'name', descending: false });
		assert.deepEqual(after('N'), { column: 'name', descending: true });
		assert.deepEqual(after('I'), { column: 'name', descending: false });
		assert.deepEqual(after('A'), { column: 'age', descending: false });
	});

	test('by picker: the column that is sorted by is chosen, a few letters find another, by its title too', () => {
		const player = new Player();
		player.press('S');
		assert.equal(player.state.prompt?.choices[player.state.prompt.selected], 'cpu');
		player.type('%mem/l');
		player.press('enter');
		assert.deepEqual(player.asked.sort, { column: 'memoryLimit%', descending: true });
	});

	test('by picker: choosing the column that is sorted by already changes nothing', () => {
		const player = new Player();
		player.press('S', 'enter');
		assert.deepEqual(player.asked.sort, { column: 'cpu', descending: true });
	});

	test('leaves a cursor that was never moved at the top', () => {
		const player = new Player();
		player.press('M');
		player.fleet.pods.reverse();
		player.answer();
		assert.deepEqual([player.list.cursor, player.list.cursorIndex], ['pod-99', 0]);
	});
});
