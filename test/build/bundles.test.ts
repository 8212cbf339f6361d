import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { describe, test } from 'node:test';

interface Metafile {
	outputs: Record<
		string,
		{ entryPoint?: string; inputs: Record<string, unknown>; imports: { path: string; kind: string }[] }
	>;
}

const meta: Metafile = JSON.parse(readFileSync(new URL('../../distribution/meta.json', import.meta.url), 'utf8'));

/** The files that are loaded when the bundle of this entry is, before any dynamic import. */
function loadedFiles(entry: string): string[] {
	const first = Object.entries(meta.outputs).find(([, { entryPoint }]) => entryPoint === entry)?.[0];
	assert.ok(first, `there is no bundle of ${entry}`);
	const outputs = new Set<string>();
	const visit = (path: string) => {
		const output = meta.outputs[path];
		if (output === undefined || outputs.has(path)) {
			return;
		}
		outputs.add(path);
		for (const { kind, path: imported } of output.imports) {
			if (kind === 'import-statement') {
				visit(imported);
			}
		}
	};
	visit(first);
	return [...outputs];
}

/** What is in them. */
function loadedWith(entry: string): string[] {
	return loadedFiles(entry).flatMap((path) => Object.keys(meta.outputs[path]?.inputs ?? {}));
}

describe('the bundles', () => {
	test('begin with a small one that loads nothing else before the first line is written', () => {
		const inputs = loadedWith('source/start.ts');
		assert.ok(inputs.includes('source/ui/terminal/first-line.ts'));
		assert.deepEqual(
			inputs.filter((input) => /node_modules\//.test(input)),
			[],
		);
		assert.ok(statSync(new URL('../../distribution/start.js', import.meta.url)).size < 16 * 1024);
	});

	test('are few files each: every one costs a millisecond', () => {
		const files = (entry: string) => loadedFiles(entry).length;
		assert.ok(files('source/cli.ts') <= 8, `${files('source/cli.ts')} files`);
		assert.ok(files('source/monitor/worker.ts') <= 4, `${files('source/monitor/worker.ts')} files`);
	});

	test('of the data host has neither React nor Ink nor WASM', () => {
		const inputs = loadedWith('source/monitor/worker.ts');
		assert.ok(inputs.includes('source/monitor/host.ts'));
		assert.deepEqual(
			inputs.filter((input) => /node_modules\/(react|ink|yoga-layout)|source\/ui\//.test(input)),
			[],
		);
	});

	test('of the screen paint the first frame before Ink and React are loaded', () => {
		const inputs = loadedWith('source/commands/screen.ts');
		assert.ok(inputs.includes('source/ui/terminal/painter.ts'));
		assert.deepEqual(
			inputs.filter((input) => /node_modules\/(react|ink|yoga-layout)/.test(input)),
			[],
		);
	});

	test('of the screen and of Ink make no segmenter when they are loaded, and leave turns to others meanwhile', () => {
		const file = (entry: string) => new URL(`../../${loadedFiles(entry)[0]}`, import.meta.url).href;
		const script = `
			const { Segmenter } = Intl;
			let made = 0;
			Intl.Segmenter = class extends Segmenter {
				constructor(...settings) {
					super(...settings);
					made++;
				}
			};
			await import(${JSON.stringify(file('source/commands/screen.ts'))});
			let turns = 0;
			let timer = setImmediate(function count() {
				turns++;
				timer = setImmediate(count);
			});
			await import(${JSON.stringify(file('source/ui/ink.tsx'))});
			clearImmediate(timer);
			console.log(JSON.stringify({ made, turns }));
			process.exit();`;
		const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
			encoding: 'utf8',
		});
		assert.equal(stderr, '');
		const { made, turns } = JSON.parse(stdout);
		assert.equal(made, 0);
		assert.ok(turns >= 3, `${turns} turns`);
	});

	test('of Ink have Yoga only for where Ink draws', () => {
		const inputs = loadedWith('source/ui/ink.tsx');
		assert.ok(inputs.includes('source/ui/yoga.ts'));
		assert.deepEqual(
			inputs.filter((input) => /node_modules\/yoga-layout/.test(input)),
			[],
		);
	});

	test('load client-node only for the users who need it', () => {
		for (const entry of ['source/cli.ts', 'source/monitor/worker.ts']) {
			assert.deepEqual(
				loadedWith(entry).filter((input) => input.includes('@kubernetes/client-node')),
				[],
				entry,
			);
		}
	});

	test('of the command line loads no screen, and no demo, before it is asked for', () => {
		assert.deepEqual(
			loadedWith('source/cli.ts').filter((input) =>
				/source\/(ui|demo|kube|monitor)\/|node_modules\/(react|ink)\//.test(input),
			),
			[],
		);
	});
});
