import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, test } from 'node:test';

const source = new URL('../source', import.meta.url).pathname;

/** Which rooms a room may import from, besides itself. What is named more exactly than its room is all that is allowed of it. */
const allowed: Readonly<Record<string, readonly string[]>> = {
	model: [],
	engine: [],
	messages: ['model'],
	filter: ['model', 'messages'],
	kube: ['model', 'engine', 'messages'],
	host: ['model', 'messages'],
	sources: ['model', 'messages', 'host', 'kube'],
	gather: ['model', 'messages', 'host', 'kube', 'sources'],
	explain: ['model', 'messages'],
	diagnose: ['model', 'messages', 'host', 'kube', 'sources'],
	monitor: ['model', 'engine', 'messages', 'filter', 'host', 'kube', 'sources', 'gather', 'explain', 'diagnose'],
	ui: ['model', 'messages', 'explain/report.ts', 'monitor/messages.ts'],
	demo: ['model', 'messages'],
	commands: [
		'model',
		'engine',
		'messages',
		'filter',
		'host',
		'kube',
		'sources',
		'gather',
		'explain',
		'diagnose',
		'monitor',
		'ui',
		'demo',
	],
};

/** Files beside the rooms: the program's own ends, which any room may use or which use the rooms. */
const beside = new Set(['cli.ts', 'crash-report.ts', 'debug-file.ts', 'exit-codes.ts', 'program-name.ts', 'start.ts']);

function filesBelow(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.tsx?$/.test(name))
		.map((name) => name.split('\\').join('/'));
}

interface Arrow {
	from: string;
	to: string;
}

const arrows: Arrow[] = filesBelow(source).flatMap((file) => {
	const text = readFileSync(join(source, file), 'utf8');
	const imports = [...text.matchAll(/(?:from|import\()\s*'(\.{1,2}\/[^']+)'/g)].map(([, path = '']) => path);
	return imports.map((path) => ({ from: file, to: posix.normalize(posix.join(posix.dirname(file), path)) }));
});

const room = (file: string): string => file.split('/')[0] ?? '';

function mayImport({ from, to }: Arrow): boolean {
	if (from.startsWith('diagnose/causes/')) {
		return room(to) === 'model' || (room(to) === 'diagnose' && !to.startsWith('diagnose/probes/'));
	}
	if (beside.has(from) || beside.has(to) || room(from) === room(to)) {
		return true;
	}
	return allowed[room(from)]?.some((one) => to === one || to.startsWith(`${one}/`)) === true;
}

describe('the house', () => {
	test('has a rule for every room', () => {
		const rooms = new Set(arrows.map(({ from }) => room(from)).filter((name) => !beside.has(name)));
		assert.deepEqual(
			[...rooms].filter((name) => allowed[name] === undefined),
			[],
		);
	});

	test('has arrows that run one way only', () => {
		const wrong = arrows.filter((arrow) => !mayImport(arrow)).map(({ from, to }) => `${from} → ${to}`);
		assert.deepEqual(wrong, []);
	});

	test('lets commands alone import the demo', () => {
		const wrong = arrows.filter(({ from, to }) => room(to) === 'demo' && !['demo', 'commands'].includes(room(from)));
		assert.deepEqual(wrong, []);
	});

	test('keeps React out of all but the screen', () => {
		const wrong = filesBelow(source).filter(
			(file) => !file.startsWith('ui/') && /from '(?:react|ink)'/.test(readFileSync(join(source, file), 'utf8')),
		);
		assert.deepEqual(wrong, []);
	});

	test('has no file that takes long to read', () => {
		const long = filesBelow(source).filter((file) => readFileSync(join(source, file), 'utf8').split('\n').length > 400);
		assert.deepEqual(long, []);
	});

	test('speaks of itself alone: no path of a machine in what people get', () => {
		const wrong = filesBelow(source).filter((file) =>
			/['"`]\/(?:work|home)\//.test(readFileSync(join(source, file), 'utf8')),
		);
		assert.deepEqual(wrong, []);
	});
});
