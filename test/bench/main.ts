/** All of ours, one after the other, as one Markdown page: `npm run bench`, `npm run bench -- --pods 150000`. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pods } from './support/arguments.ts';
import { load, machine } from './support/process.ts';

const programs = ['start.ts', 'keys.ts', 'rest.ts', 'slow-terminal.ts', 'client-node.ts'];
const target = new URL('RESULTS.md', import.meta.url);

let page = `# Measured\n\n${machine()}; load before: ${load()}. ${pods} pods, ${new Date().toISOString().slice(0, 10)}.\n`;
page +=
	'\nThe server is the embedded demo in its own process on loopback, over TLS, its pages made beforehand: what a real API\n';
page +=
	'server takes to encode them is not in the figures. Times include about a millisecond of the measuring terminal.\n';
page += 'Not measured: a slow line, the longest gap of the event loop, more than one cluster, Windows and macOS.\n';
for (const program of programs) {
	const path = fileURLToPath(new URL(program, import.meta.url));
	const { stdout, stderr, status } = spawnSync(process.execPath, ['--import=tsx', path, ...process.argv.slice(2)], {
		encoding: 'utf8',
		maxBuffer: 2 ** 26,
	});
	const said = status === 0 ? stdout : `${stdout}\n${program} failed: ${stderr.trim().split('\n').at(-1)}\n`;
	process.stdout.write(`${said}\n`);
	page += `\n${said}`;
}
writeFileSync(target, page);
