/** The page of results: one section for each table, so that a program that runs later replaces its own only. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Busy } from './busy.ts';
import { machine } from './process.ts';
import { rowsOf, sectionsOf } from './sections.ts';
import { budgetTable, growthTable } from './summary.ts';

const page = new URL('../RESULTS.md', import.meta.url);

const head = `# Measured

Made by \`npm run bench\` and its companions \`bench:peers\`, \`bench:history\` and \`bench:soak\`. Every section says when,
on what and how busy the machine was. The server is the embedded demo in its own process on loopback, over TLS unless
said, its pages encoded and compressed beforehand: what a real API server takes for that is not in the figures. Times
include about a millisecond of the measuring terminal, which shares the machine with all the rest.

Not measured: a real API server's own work, HTTP/2 (whytop speaks HTTP/1.1), slow start and losses of a real line, pods
larger than about 6 KB, several clusters at once, Windows, macOS and ARM.
`;

/** Since the program began, or since its last table. */
const busy = new Busy();

/** Puts tables into the page: each in the place of the one with its title, or at the end. The summary is made anew. */
export function record(tables: string): void {
	const known = existsSync(page) ? sectionsOf(readFileSync(page, 'utf8')) : [];
	const when = `${new Date().toISOString().slice(0, 16)}Z; ${machine()}; ${busy.told()}.`;
	for (const { text, title } of sectionsOf(tables)) {
		const own = { title, text: `${text}\n${when}\n` };
		const index = known.findIndex((other) => other.title === title);
		if (index === -1) {
			known.push(own);
		} else {
			known[index] = own;
		}
	}
	const rows = known.flatMap(rowsOf);
	const parts = [head, budgetTable(rows), growthTable(rows), '## Tables\n', ...known.map(({ text }) => text)];
	writeFileSync(page, parts.filter((part) => part !== '').join('\n'));
}
