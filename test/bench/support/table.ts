/** What was measured as Markdown. */
import { summarize } from './statistics.ts';

/** One line of a table: what, in which unit, the values of all runs, and the budget it is held against. */
export interface Line {
	what: string;
	unit: string;
	values: readonly number[];
	/** What is said where no value was found. */
	missing?: string;
	/** '' if there is none. */
	budget?: string;
	/** The median of the same in the same run by which this one's is divided, and whose it is. */
	baseline?: { name: string; median: number };
}

export function figure(value: number): string {
	if (Number.isNaN(value)) {
		return '–';
	}
	const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0;
	return value.toFixed(digits);
}

export function table(title: string, lines: readonly Line[]): string {
	const rows = lines.map(({ baseline, budget = '', missing, unit, values, what }) => {
		if (values.length === 0 && missing !== undefined) {
			return `| ${[what, unit, missing, '', '', '', '0', '', budget].join(' | ')} |`;
		}
		const { count, least, median, most, p95, p99 } = summarize(values);
		const ratio = baseline === undefined ? '' : `${figure(median / baseline.median)} × ${baseline.name}`;
		const cells = [what, unit, median, p95, p99].map((cell) => (typeof cell === 'number' ? figure(cell) : cell));
		return `| ${[...cells, `${figure(least)}–${figure(most)}`, String(count), ratio, budget].join(' | ')} |`;
	});
	const head =
		'| what | unit | median | p95 | p99 | min–max | runs | ratio | budget |\n|---|---|---|---|---|---|---|---|---|';
	return `### ${title}\n\n${head}\n${rows.join('\n')}\n`;
}
