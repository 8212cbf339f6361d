import { flagsOf } from '../source/commands/belonging-flags.ts';
import { describeFlags } from '../source/commands/flags.ts';
import { everyGroup, groupTitles } from '../source/commands/help.ts';
import { commands } from '../source/commands/registry.ts';
import { helpSheet } from '../source/ui/keymap.ts';

function keyTable(): string {
	const rows = helpSheet().flatMap(({ entries, title }) => [
		`| **${title}** | |`,
		...entries.map(({ keys, title: does }) => `| ${keys.map((key) => `\`${key}\``).join(' ')} | ${does} |`),
	]);
	return ['| key | does |', '|---|---|', ...rows].join('\n');
}

function flagTable(): string {
	const width = Math.max(...commands.map(({ usage: line }) => line.length)) + 2;
	const usage = commands.map(({ summary, usage: line }) => `whytop ${line.padEnd(width)}${summary}`);
	const groups = everyGroup.flatMap((group) => ['', `${groupTitles[group]}:`, ...describeFlags(flagsOf(group))]);
	return ['```', ...usage, ...groups, '```'].join('\n');
}

function between(text: string, name: string, content: string): string {
	const begin = `<!-- ${name}: written by \`npm run readme\` -->\n`;
	const end = `<!-- end of ${name} -->`;
	const from = text.indexOf(begin);
	const to = text.indexOf(end);
	if (from < 0 || to < from) {
		throw new Error(`the README has no place for its ${name}`);
	}
	return `${text.slice(0, from + begin.length)}${content}\n${text.slice(to)}`;
}

/** The README with its tables as the program has them now. */
export function readmeWithTables(readme: string): string {
	return between(between(readme, 'keys', keyTable()), 'flags', flagTable());
}
