/**
 * Takes the README's pictures of the real program: runs it in a real pty, types, and draws what a terminal shows.
 * Usage: npm run media [-- SECONDS [PICTURE...]]   (how long the history may grow before the pictures are taken, 240 by
 * default; and which of them, all by default)
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { spawn } from '@lydell/node-pty';
import { Resvg } from '@resvg/resvg-js';
import xterm from '@xterm/headless';
import { screenToSvg } from './svg.ts';

const require = createRequire(import.meta.url);
const font = (name: string) => require.resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
const root = new URL('..', import.meta.url).pathname;
const [time = '240', ...wanted] = process.argv.slice(2);
const seconds = Number(time);

interface Picture {
	file: string;
	columns: number;
	rows: number;
	/** Keys to type, one after the other. */
	keys: readonly string[];
	/** What must be on the screen before it is taken. */
	shows: RegExp;
}

const pictures: readonly Picture[] = [
	{ file: 'overview', columns: 150, rows: 44, keys: ['j', 'j', 'j', 'j', 'j'], shows: /% of request/ },
	{ file: 'detail', columns: 110, rows: 32, keys: ['/', 'kafka', '\r', 'd'], shows: /├─+┤/ },
	{ file: 'ledger', columns: 120, rows: 36, keys: ['/', 'kafka', '\r', 'M', 'x'], shows: /├─+┤/ },
];

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Waits half a minute at most. */
async function appears(terminal: xterm.Terminal, text: RegExp): Promise<void> {
	const shown = () =>
		Array.from({ length: terminal.rows }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString() ?? '');
	for (let tries = 0; !text.test(shown().join('\n')) && tries < 60; tries++) {
		await pause(500);
	}
}

async function take(picture: Picture): Promise<void> {
	const { columns: cols, file, keys, rows, shows } = picture;
	const environment = { ...process.env, TERM: 'xterm-256color', COLORTERM: 'truecolor', LANG: 'C.UTF-8' };
	delete (environment as NodeJS.ProcessEnv)['CI'];
	const terminal = new xterm.Terminal({ cols, rows, allowProposedApi: true });
	const program = spawn(process.execPath, ['bin/whytop.js', 'demo'], { cols, rows, cwd: root, env: environment });
	program.onData((data) => terminal.write(data));
	const ended = new Promise((resolve) => program.onExit(resolve));
	await pause(seconds * 1_000);
	for (const key of keys) {
		program.write(key);
		await pause(600);
	}
	await appears(terminal, shows);
	await pause(1_000);
	const svg = screenToSvg(terminal);
	const image = new Resvg(svg, {
		font: { fontFiles: [font('DejaVuSansMono'), font('DejaVuSansMono-Bold')], loadSystemFonts: false },
		// Cells become 12 by 24 pixels: whole ones, so that no seams show between them.
		fitTo: { mode: 'zoom', value: 4 / 3 },
	}).render();
	writeFileSync(`${root}media/${file}.png`, image.asPng());
	program.kill('SIGTERM');
	await ended;
	process.stdout.write(`media/${file}.png: ${image.width}×${image.height}\n`);
}

await Promise.all(pictures.filter(({ file }) => wanted.length === 0 || wanted.includes(file)).map(take));
