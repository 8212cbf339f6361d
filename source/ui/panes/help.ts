/** The help sheet: keys, signs and columns, in as many columns as there is room for. Pure. */
import { columnSections, legend, paneText } from '../../messages/en/panes.ts';
import type { ListName } from '../../monitor/messages.ts';
import { wrap } from '../text/fit.ts';
import { line, type Span, span } from '../text/line.ts';
import type { Theme } from '../theme.ts';
import { columnsOf } from './list/view.ts';

export interface HelpEntry {
	section: string;
	key: string;
	title: string;
}

/** Cells of the keys in front of what they do. */
const keyWidth = 16;
const columnWidth = 58;
const lists: readonly ListName[] = ['nodes', 'pods', 'containers', 'processes', 'diagnostics'];

/** Keys as they are bound, then the signs, then the columns of each list. */
function entries(keys: readonly HelpEntry[]): HelpEntry[] {
	const signs = legend.flatMap(({ section, entries: own }) => own.map((entry) => ({ section, ...entry })));
	const columns = lists.flatMap((list) =>
		columnsOf[list].map(({ message }) => ({
			section: columnSections[list],
			key: message.title === '' ? paneText.severities : message.title,
			title: message.help,
		})),
	);
	return [...keys, ...signs, ...columns];
}

/** The lines of each section, with a blank one after it. */
function sections(keys: readonly HelpEntry[], width: number): Span[][][] {
	const found = new Map<string, Span[][]>();
	for (const { section, key, title } of entries(keys)) {
		let lines = found.get(section);
		if (lines === undefined) {
			lines = [[span(` ${section}`, 'strong')]];
			found.set(section, lines);
		}

		for (const [index, part] of wrap(title, Math.max(1, width - keyWidth - 3)).entries()) {
			lines.push([span(`   ${(index === 0 ? key : '').padEnd(keyWidth - 1)} `, 'accent'), span(part)]);
		}
	}

	return Array.from(found.values(), (lines) => [...lines, []]);
}

/** The whole sheet, as lines of exactly `width` cells. */
function sheet(keys: readonly HelpEntry[], width: number, theme: Theme): string[] {
	const count = Math.max(1, Math.min(3, Math.floor(width / columnWidth)));
	const cells = Math.floor(width / count);
	const all = sections(keys, cells);
	const total = all.reduce((sum, lines) => sum + lines.length, 0);
	const columns: Span[][][] = [[]];
	for (const lines of all) {
		const current = columns.at(-1) ?? [];
		// A section begins the next column when the middle of it would lie there.
		if (current.length > 0 && current.length + lines.length / 2 > total / count && columns.length < count) {
			columns.push([...lines]);
		} else {
			current.push(...lines);
		}
	}

	const height = Math.max(...columns.map((lines) => lines.length));
	return Array.from({ length: height }, (_, row) => {
		const text = columns.map((lines) => line(lines[row] ?? [], cells, theme)).join('');
		return text + ' '.repeat(Math.max(0, width - cells * columns.length));
	});
}

export interface HelpPane {
	lines: string[];
	/** Lines of the whole sheet. */
	total: number;
	/** The first line that is shown: as asked for, but never beyond the last page. */
	top: number;
}

/** Exactly `height` lines of exactly `width` cells, from line `top` on. */
export function helpPane(
	keys: readonly HelpEntry[],
	asked: number,
	{ width, height }: { width: number; height: number },
	theme: Theme,
): HelpPane {
	const all = sheet(keys, width, theme);
	const top = Math.max(0, Math.min(asked, all.length - height));
	const lines = Array.from({ length: height }, (_, row) => all[top + row] ?? ' '.repeat(width));
	return { lines, total: all.length, top };
}

export function helpTitle(pane: HelpPane, height: number): { left: Span[]; right: Span[] } {
	return {
		left: [span(' '), span(paneText.help, 'title'), span(' ')],
		right:
			pane.total > height
				? [span(` ${paneText.rows(pane.top + 1, Math.min(pane.total, pane.top + height), pane.total)} `, 'dim')]
				: [],
	};
}
