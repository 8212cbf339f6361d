/**
 * Bundles what users get into `distribution/`: the command line with the screen behind a dynamic import, the data host
 * as a worker of its own, and the demo server. Run by `npm run build`, and again before start, demo and test: it takes
 * a tenth of a second.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { build, type Plugin } from 'esbuild';

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

/**
 * An ES import of one of Node's own modules reads all that it exports, also what is made on first use: `node:http` and
 * `node:fs` so load undici and streams that nobody needs. Asked for by a call, they do not.
 */
const builtinsByCall: Plugin = {
	name: 'builtins-by-call',
	setup(bundler) {
		bundler.onResolve({ filter: /^[a-z_:/]+$/ }, ({ path }) =>
			isBuiltin(path) ? { path: path.replace(/^node:/, ''), namespace: 'builtin' } : undefined,
		);
		bundler.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
			contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
		}));
	},
};

const outdir = new URL('distribution/', import.meta.url).pathname;
rmSync(outdir, { recursive: true, force: true });

const result = await build({
	entryPoints: {
		cli: 'source/cli.ts',
		host: 'source/monitor/worker.ts',
		demo: 'source/demo/process.ts',
	},
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
	plugins: [withoutDeveloperTools, prunedClientNode, builtinsByCall],
	logLevel: 'warning',
});
writeFileSync(`${outdir}meta.json`, JSON.stringify(result.metafile));
