/** The tables of the page of results, read back. */

/** A section of the page: a heading, a table, and when and where it was measured. */
export interface Section {
	title: string;
	text: string;
}

/** A line of a table as the page has it. */
export interface Row {
	/** The section's title without the number of pods. */
	subject: string;
	pods: number;
	what: string;
	unit: string;
	median: number;
	p95: number;
	p99: number;
	/** The median against its baseline, NaN without one. */
	ratio: number;
	budget: string;
}

const heading = '### ';

export function sectionsOf(text: string): Section[] {
	return text
		.split(/^(?=### )/m)
		.filter((part) => part.startsWith(heading))
		.map((part) => ({ title: part.slice(heading.length, part.indexOf('\n')).trim(), text: `${part.trim()}\n` }));
}

/** The lines of a section that tell a number of pods and are of {@link table}'s form; of others there are none. */
export function rowsOf({ text, title }: Section): Row[] {
	const pods = /(?:^|, )(\d+) pods/.exec(title);
	if (pods === null) {
		return [];
	}
	const subject = title.replace(pods[0], '').replace(/^, /, '');
	return text.split('\n').flatMap((line): Row[] => {
		const cells = line.split('|').map((cell) => cell.trim());
		const [, what = '', unit = '', median, p95, p99, , runs = '', ratio = '', budget = ''] = cells;
		return cells.length === 11 && /^\d+$/.test(runs)
			? [
					{
						subject,
						pods: Number(pods[1]),
						what,
						unit,
						median: Number(median),
						p95: Number(p95),
						p99: Number(p99),
						ratio: ratio === '' ? Number.NaN : Number.parseFloat(ratio),
						budget,
					},
				]
			: [];
	});
}
