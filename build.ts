/**
 * Bundles what users get into `distribution/`: what runs first, the command line with the screen behind a dynamic
 * import, the data host as a worker of its own, and the demo server. Run by `npm run build`, and again before start,
 * demo and test: it takes a few tenths of a second.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** Ink imports React's developer tools behind a condition; they are not installed, and nobody needs them in a bundle. */
const withoutDeveloperTools: Plugin = {
	name: 'without-developer-tools',
	setup(bundler) {
		bundler.onResolve({ filter: /^react-devtools-core$/ }, (argument) => ({ path: argument.path, namespace: 'empty' }));
		bundler.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'export default {};' }));
	},
};

/**
 * Of @kubernetes/client-node only the credentials of rare users (OIDC and its like) are used, and they are a chunk of
 * their own. Its generated API classes and its HTTP stack come along by import only: without them 97 KB are left of 1.7 MB.
 */
const prunedClientNode: Plugin = {
	name: 'pruned-client-node',
	setup(bundler) {
		const unused = /^(?:\.\/gen\/index\.js|undici|socks|socks-proxy-agent|hpagent|js-yaml)$/;
		bundler.onResolve({ filter: unused }, (argument) =>
			/@kubernetes[\\/]client-node[\\/]dist/.test(argument.importer)
				? { path: argument.path, namespace: 'unused' }
				: undefined,
		);
		bundler.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
			contents: 'module.exports = new Proxy({}, { get: (_, name) => name === "__esModule" ? undefined : class {} });',
		}));
	},
};

/** A module of Node's own with the names that an ES module may import of it: those that nobody does are dropped. */
function exportsOf(name: string): string {
	const names = Object.keys(process.getBuiltinModule(name) ?? {}).filter((key) => /^[a-zA-Z_]\w*$/.test(key));
	return [
		`const builtin = process.getBuiltinModule(${JSON.stringify(name)});`,
		'export default builtin;',
		...names.map((key) => `const own_${key} = /* @__PURE__ */ (() => builtin.${key})();`),
		`export { ${names.map((key) => `own_${key} as ${key}`).join(', ')} };`,
	].join('\n');
}

/**
 * An ES import of one of Node's own modules reads all that it exports, also what is made on first use: `node:http` and
 * `node:fs` so load undici and streams that nobody needs. Asked for by a call, they do not. A CommonJS module in its place
 * would be copied, a getter for each name, where it is imported: with a hundred names and a hundred imports, 5 ms of a start.
 */
const builtinsByCall: Plugin = {
	name: 'builtins-by-call',
	setup(bundler) {
		// One for each file that asks: a shared one would be a file of its own, and there are dozens.
		bundler.onResolve({ filter: /^[a-z_:/]+$/ }, ({ importer, kind, path }) =>
			isBuiltin(path)
				? {
						path: importer,
						namespace: 'builtin',
						pluginData: { name: path.replace(/^node:/, ''), isRequired: kind === 'require-call' },
						suffix: `?${path}${kind === 'require-call' ? '&required' : ''}`,
					}
				: undefined,
		);
		bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ pluginData: { isRequired, name } }) => ({
			contents: isRequired ? `module.exports = process.getBuiltinModule(${JSON.stringify(name)});` : exportsOf(name),
		}));
	},
};

interface Adaptation {
	file: RegExp;
	changes: readonly { does: string; instead: string }[];
}

/** What packages do that nobody needs before the first frame, or at all, or for so long. The build fails when a package changes. */
const adaptations: readonly Adaptation[] = [
	{
		file: /[\\/]meow[\\/]build[\\/]dependencies\.js$/,
		changes: [
			// The package.json that meow is given here is our own name alone; to normalize it takes all of SPDX's licences. 13 ms.
			{
				does: 'var normalizeExports = requireNormalize();\nconst normalizePackageData = getDefaultExportFromCjs(normalizeExports);',
				instead: 'const normalizePackageData = () => {};',
			},
			// All that starts processes is loaded, and not used. 2 ms.
			{ does: '\npromisify(execFile);\n', instead: '\n' },
		],
	},
	{
		file: /[\\/]string-width[\\/]index\.js$/,
		changes: [
			// Every emoji there is becomes an expression, and the first frame has none. 6 ms.
			{
				does: 'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
				instead:
					"let emoji; const rgiEmojiRegex = { test: text => (emoji ??= new RegExp('^\\\\p{RGI_Emoji}$', 'v')).test(text) };",
			},
		],
	},
	{
		file: /[\\/]scheduler[\\/]cjs[\\/]scheduler\.production\.js$/,
		changes: [
			// What React renders in its turn it goes on to commit in the same one: 5 ms and what a commit takes, the first time.
			{ does: '  frameInterval = 5,', instead: '  frameInterval = 2,' },
		],
	},
	{
		file: /[\\/]terminal-size[\\/]index\.js$/,
		changes: [
			// A terminal that does not tell its size is asked by `stty`, and for that all that starts processes is loaded. 2 ms.
			{
				does: "import {execFileSync} from 'node:child_process';",
				instead: "const execFileSync = (...words) => process.getBuiltinModule('child_process').execFileSync(...words);",
			},
		],
	},
];

const adaptedPackages: Plugin = {
	name: 'adapted-packages',
	setup(bundler) {
		for (const { changes, file } of adaptations) {
			bundler.onLoad({ filter: file, namespace: 'file' }, ({ path }) => {
				let contents = readFileSync(path, 'utf8');
				const missing = changes.filter(({ does }) => !contents.includes(does));
				for (const { does, instead } of changes) {
					contents = contents.replace(does, () => instead);
				}
				return { contents, errors: missing.map(({ does }) => ({ text: `${path} does not say any more: ${does}` })) };
			});
		}
	},
};

/** Ink gets Yoga by way of a module of ours, which loads it where Ink draws. */
const yogaWhereInkDraws: Plugin = {
	name: 'yoga-where-ink-draws',
	setup(bundler) {
		bundler.onResolve({ filter: /^yoga-layout$/ }, ({ importer, path }) =>
			/[\\/]ink[\\/]build[\\/]/.test(importer) ? { path, namespace: 'yoga' } : undefined,
		);
		bundler.onLoad({ filter: /.*/, namespace: 'yoga' }, () => ({
			contents: "export { yoga as default } from './source/ui/yoga.ts';",
			resolveDir: import.meta.dirname,
		}));
	},
};

/**
 * Modules of Ink and its packages after which, when they are loaded, what waits is done first: Ink and React in one go take
 * ten to twenty milliseconds, in which nothing is drawn and no key is answered.
 */
const pauses: readonly RegExp[] = [
	/[\\/]is-in-ci[\\/]index\.js$/,
	/[\\/]ink[\\/]build[\\/]utils\.js$/,
	/[\\/]ink[\\/]build[\\/]sanitize-ansi\.js$/,
	/[\\/]ink[\\/]build[\\/]reconciler\.js$/,
	/[\\/]ink[\\/]build[\\/]parse-keypress\.js$/,
];

const withPauses: Plugin = {
	name: 'with-pauses',
	setup(bundler) {
		for (const filter of pauses) {
			bundler.onLoad({ filter, namespace: 'file' }, ({ path }) => ({
				contents: `${readFileSync(path, 'utf8')}\nawait new Promise((resolve) => setImmediate(resolve));\n`,
			}));
		}
	},
};

/** The command line is a bundle of its own, so that the first one stays small. */
const commandLineApart: Plugin = {
	name: 'command-line-apart',
	setup(bundler) {
		bundler.onResolve({ filter: /^\.\/cli\.ts$/ }, () => ({ path: './cli.js', external: true }));
	},
};

const outdir = new URL('distribution/', import.meta.url).pathname;
rmSync(outdir, { recursive: true, force: true });

const common = {
	outdir,
	absWorkingDir: import.meta.dirname,
	bundle: true,
	splitting: true,
	platform: 'node',
	target: 'node22',
	format: 'esm',
	minifySyntax: true,
	minifyWhitespace: true,
	metafile: true,
	define: {
		'process.env.NODE_ENV': '"production"',
		// ws would look for native helpers beside it, and take those of anybody's node_modules.
		'process.env.WS_NO_BUFFER_UTIL': '"1"',
		'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
		// Yoga would take its WebAssembly, which is in the bundle, by fetch, and that alone would load all of undici.
		fetch: 'undefined',
	},
	// Some CommonJS dependencies call require(); in an ES module it has to be made.
	banner: {
		js: 'import{createRequire as whytopRequire}from"node:module";const require=whytopRequire(import.meta.url);',
	},
	plugins: [withoutDeveloperTools, prunedClientNode, adaptedPackages, yogaWhereInkDraws, withPauses, builtinsByCall],
	logLevel: 'warning',
} satisfies BuildOptions;

/**
 * Each is built by itself: what they share is in both, and each loads a few files, where one build would cut what it
 * shares into dozens, a millisecond each.
 */
const bundles: readonly BuildOptions[] = [
	{ entryPoints: { start: 'source/start.ts' }, splitting: false, plugins: [commandLineApart, builtinsByCall] },
	{
		entryPoints: { cli: 'source/cli.ts' },
		// Ink's packages make five when they are loaded.
		define: { ...common.define, 'Intl.Segmenter': 'LateSegmenter' },
		inject: ['source/engine/late-segmenter.ts'],
	},
	{ entryPoints: { host: 'source/monitor/worker.ts' } },
	{ entryPoints: { demo: 'source/demo/process.ts' } },
];
const built = await Promise.all(bundles.map((bundle) => build({ ...common, ...bundle })));
const metafile: Metafile = { inputs: {}, outputs: {} };
for (const { metafile: its } of built) {
	Object.assign(metafile.inputs, its?.inputs);
	Object.assign(metafile.outputs, its?.outputs);
}
for (const file of [...adaptations.map((adaptation) => adaptation.file), ...pauses]) {
	if (!Object.keys(metafile.inputs).some((input) => file.test(`/${input}`))) {
		throw new Error(`No bundle has a file of ${file} any more, which the build would change.`);
	}
}
writeFileSync(`${outdir}meta.json`, JSON.stringify(metafile));
