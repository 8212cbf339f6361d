/** The page of results: one section for each table, so that a program that runs later replaces its own only. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { load, machine } from './process.ts';

const page = new URL('../RESULTS.md', import.meta.url);

const head = `# Measured

Made by \`npm run bench\` and its companions \`bench:peers\`, \`bench:history\` and \`bench:soak\`. Every section says when,
on what and how busy the machine was. The server is the embedded demo in its own process on loopback, over TLS unless said, its pages encoded and
compressed beforehand: what a real API server takes for that is not in the figures. Times include about a millisecond of
the measuring terminal, which shares the machine with all the rest.

Not measured: a real API server's own work, HTTP/2 (whytop speaks HTTP/1.1), slow start and losses of a real line, pods
larger than about 6 KB, several clusters at once, Windows, macOS and ARM.
`;

interface Section {
	title: string;
	text: string;
}

function sections(text: string): Section[] {
	return text
		.split(/^(?=### )/m)
		.filter((part) => part.startsWith('### '))
		.map((part) => ({ title: titleOf(part), text: `${part.trim()}\n` }));
}

function titleOf(text: string): string {
	return text.slice(0, text.indexOf('\n')).trim();
}

/** Puts tables into the page: each in the place of the one with its title, or at the end. */
export function record(tables: string): void {
	const known = existsSync(page) ? sections(readFileSync(page, 'utf8')) : [];
	for (const { text, title } of sections(tables)) {
		const when = `${new Date().toISOString().slice(0, 10)}; ${machine()}; load ${load()}.`;
		const own = { title, text: `${text}\n${when}\n` };
		const index = known.findIndex((other) => other.title === title);
		if (index === -1) {
			known.push(own);
		} else {
			known[index] = own;
		}
	}
	writeFileSync(page, [head, ...known.map(({ text }) => text)].join('\n'));
}
