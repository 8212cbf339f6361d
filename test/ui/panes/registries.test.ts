import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	containerColumnMessages,
	findingColumnMessages,
	nodeColumnMessages,
	podColumnMessages,
	processColumnMessages,
} from '../../../source/messages/en/columns.ts';
import { findingMessage, findings } from '../../../source/messages/en/findings.ts';
import { noSample } from '../../../source/messages/en/no-sample.ts';
import {
	containerColumns,
	findingColumns,
	nodeColumns,
	podColumns,
	processColumns,
} from '../../../source/model/columns.ts';
import { containerColumns as containerEntries } from '../../../source/ui/panes/containers/columns.ts';
import { findingColumns as findingEntries } from '../../../source/ui/panes/diagnostics/columns.ts';
import { nodeColumns as nodeEntries } from '../../../source/ui/panes/nodes/columns.ts';
import { podColumns as podEntries } from '../../../source/ui/panes/pods/columns.ts';
import { processColumns as processEntries } from '../../../source/ui/panes/processes/columns.ts';
import { composeScreen } from '../../../source/ui/panes/screen.ts';
import { makeTheme } from '../../../source/ui/theme.ts';
import * as states from './states.ts';

const registries = [
	{ name: 'nodes', ids: nodeColumns, entries: nodeEntries, messages: nodeColumnMessages },
	{ name: 'pods', ids: podColumns, entries: podEntries, messages: podColumnMessages },
	{ name: 'containers', ids: containerColumns, entries: containerEntries, messages: containerColumnMessages },
	{ name: 'processes', ids: processColumns, entries: processEntries, messages: processColumnMessages },
	{ name: 'diagnostics', ids: findingColumns, entries: findingEntries, messages: findingColumnMessages },
] as const;

const screenOnly = new Set(['cpuTrend', 'memoryTrend', 'message']);

for (const { name, ids, entries, messages } of registries) {
	describe(`columns of ${name}`, () => {
		const drawn = entries.map(({ id }): string => id);

		test('each column that can be sorted by is drawn by exactly one entry', () => {
			for (const id of ids) {
				assert.equal(drawn.filter((candidate) => candidate === id).length, 1, id);
			}
		});

		test('no entry draws anything else, but trends and messages', () => {
			const known: readonly string[] = ids;
			for (const id of drawn) {
				assert.ok(known.includes(id) || screenOnly.has(id), id);
			}
		});

		test('each entry has its message with a line of help', () => {
			for (const { id, message } of entries) {
				assert.equal(message, (messages as Record<string, typeof message>)[id], id);
				assert.ok(message.help.length > 5, id);
				assert.ok(message.title !== '' || id === 'severity', id);
			}
		});

		test('titles are told apart in the wide view', () => {
			const titles = entries.filter(({ id }) => !screenOnly.has(id)).map(({ message }) => message.title);
			assert.equal(new Set(titles).size, titles.length);
		});

		test('each percentage names its denominator', () => {
			for (const { id, message } of entries) {
				if (id.endsWith('%')) {
					assert.match(message.title, /\/[RLA]$/, id);
				}
			}
		});

		test('each can be seen by sorting by it', () => {
			const list = name;
			for (const { id, message } of entries) {
				if (screenOnly.has(id) || message.title === '') {
					continue;
				}

				const state = states.screenState(90, 24, { focus: list, fullscreen: true });
				const sorted = {
					...state,
					lists: { ...state.lists, [list]: { ...state.lists[list], sort: { column: id, descending: true } } },
				};
				const frame = composeScreen(sorted, makeTheme({ colour: 'none', glyphs: 'unicode' }), []);
				const [, titles = ''] = frame.body;
				const title = [message.title, message.short].find((text) => text !== undefined && titles.includes(`${text}▼`));
				assert.notEqual(title, undefined, `${id}: ${titles}`);
			}
		});
	});
}

describe('reasons for no sample', () => {
	test('each has a word that fits into a cell, and a sentence', () => {
		for (const [code, { short, sentence }] of Object.entries(noSample)) {
			assert.ok(short.length > 0 && short.length <= 9, code);
			assert.match(sentence, /^\S.*\.$/, code);
		}
	});
});

describe('messages of findings', () => {
	/** What the monitor meets by itself. */
	const ids = [
		'api-unreachable',
		'api-slow',
		'credentials-rejected',
		'nodes-forbidden',
		'pods-forbidden',
		'metrics-forbidden',
		'namespaces-forbidden',
		'list-failing',
		'api-group-absent',
		'apiservice-unavailable',
		'metrics-empty',
		'metrics-unreachable',
		'node-without-samples',
		'pods-without-samples',
		'stale-samples',
		'watch-unavailable',
		'clock-skew',
		'tls-not-verified',
		'plain-http',
	];

	const all = {
		server: 'https://10.0.0.5:6443',
		error: 'the server said no',
		resource: 'pods',
		namespace: 'web',
		version: 'v1beta1',
		status: 503,
		seconds: 75,
		code: 'pod-too-young',
		count: 2,
		names: 'web/a-1, web/a-2',
	};

	for (const id of ids) {
		test(`${id} fills all its slots, with all facts and with none`, () => {
			assert.ok(Object.hasOwn(findings, id), id);
			const message = findingMessage(id);
			for (const facts of [all, {}]) {
				const texts = [message.title(facts), message.seen(facts), message.means(facts), ...message.act(facts)];
				assert.ok(message.title(facts).length > 0);
				assert.ok(message.act(facts).length > 0);
				for (const text of texts) {
					assert.ok(!/undefined|NaN|null|\n/.test(text), text);
				}
			}
		});

		test(`${id} proposes first what only reads, and never wider rights than metrics need`, () => {
			const acts = findingMessage(id).act(all);
			assert.match(
				acts[0] ?? '',
				/^(kubectl (auth can-i|auth whoami|config view|describe|get|version|-n \S+ (logs|get))|date -u)/,
			);
			assert.ok(!acts.join(' ').includes('nodes/proxy'));
			assert.ok(!/kubectl (apply|create|delete|edit|patch|exec)/.test(acts.join(' ')));
		});
	}

	test('a name that Kubernetes would not allow never gets into a command', () => {
		const facts = { ...all, names: 'n05; rm -rf /', code: 'node-row-unknown', namespace: '$(reboot)' };
		for (const id of ids) {
			const commands = findingMessage(id)
				.act(facts)
				.filter((text) => text.startsWith('kubectl'));
			assert.ok(!commands.join('\n').includes('rm -rf'), id);
			assert.ok(!commands.join('\n').includes('reboot'), id);
		}
	});

	test('an empty namespace asks for all of them, a given one for itself', () => {
		const { act } = findingMessage('pods-forbidden');
		assert.equal(act({ namespace: '' })[0], 'kubectl auth can-i list pods --all-namespaces');
		assert.equal(act({ namespace: 'web' })[0], 'kubectl auth can-i list pods -n web');
	});

	test('a cause without a message shows its facts', () => {
		assert.equal(findingMessage('toString').seen({ a: 1, b: 'two' }), 'a: 1, b: two');
	});
});
