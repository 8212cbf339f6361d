/** What stands over the tables: which budgets are met at which size, and how what it costs grows. */
import { judge } from './budget.ts';
import type { Row } from './sections.ts';
import { figure } from './table.ts';

function grouped(rows: readonly Row[]): Row[][] {
	return [...Map.groupBy(rows, ({ subject, unit, what }) => `${subject} | ${what} | ${unit}`).values()];
}

function numbered(pods: number): string {
	return pods.toLocaleString('en');
}

function cellOf(row: Row | undefined): string {
	const judged = row === undefined ? null : judge(row);
	if (row === undefined) {
		return '';
	}
	if (judged === null) {
		return figure(row.median);
	}
	const values = judged.values.map(figure).join(' / ');
	return judged.isMet ? `${values} ✓` : `**${values} ✗**`;
}

/** One line for each budget: what was found at each size, and whether it is met there. */
export function budgetTable(rows: readonly Row[]): string {
	const held = grouped(rows).filter((group) => group.some((row) => judge(row) !== null));
	const sizes = [...new Set(held.flat().map(({ pods }) => pods))].toSorted((a, b) => a - b);
	const judged = held.flat().flatMap((row) => judge(row) ?? []);
	const lines = held.map((group) => {
		const [{ budget, subject, unit, what }] = group as [Row];
		const cells = sizes.map((pods) => cellOf(group.find((row) => row.pods === pods)));
		return `| ${[subject, what, unit, budget, ...cells].join(' | ')} |`;
	});
	return [
		'## Budgets\n',
		`${judged.filter(({ isMet }) => isMet).length} of ${judged.length} are met. Against each stands what was found, the median where nothing else is said; ✗ is not met, and what has no mark has no budget at that size.\n`,
		`| table | what | unit | budget | ${sizes.map((pods) => `${numbered(pods)} pods`).join(' | ')} |`,
		`|${'---|'.repeat(4 + sizes.length)}`,
		...lines,
		'',
	].join('\n');
}

/** What a unit is for one pod. */
const units: Readonly<Record<string, readonly [name: string, factor: number]>> = {
	ms: ['µs', 1000],
	'ms to its rows': ['µs', 1000],
	s: ['µs', 1e6],
	'CPU-s': ['CPU-µs', 1e6],
	MiB: ['bytes', 2 ** 20],
	'MB (10^6)': ['bytes', 1e6],
};

/** Of these tables it is told how they grow. */
const growing = /^(?:Start|Polls|A line|Memory|Against)/;

/** A line needs more points than two. */
const fewest = 3;

/** Least squares: value = fixed + each × pods. */
function fitted(rows: readonly Row[]): { fixed: number; each: number; off: number } {
	const mean = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
	const x = mean(({ pods }) => pods);
	const y = mean(({ median }) => median);
	const over = rows.reduce((sum, { median, pods }) => sum + (pods - x) * (median - y), 0);
	const each = over / rows.reduce((sum, { pods }) => sum + (pods - x) ** 2, 0);
	const fixed = y - each * x;
	const off = Math.max(...rows.map(({ median, pods }) => Math.abs(fixed + each * pods - median)));
	return { fixed, each, off };
}

/** What the same costs without a pod, and for each; fitted over the sizes that were measured. */
export function growthTable(rows: readonly Row[]): string {
	const groups = grouped(rows).filter(
		(group) => growing.test(group[0]?.subject ?? '') && (group[0]?.unit ?? '') in units && group.length >= fewest,
	);
	if (groups.length === 0) {
		return '';
	}
	const lines = groups.map((group) => {
		const [{ subject, unit, what }] = group as [Row];
		const [name, factor] = units[unit] ?? [unit, 1];
		const { each, fixed, off } = fitted(group);
		const cells = [
			subject,
			what,
			`${figure(fixed)} ${unit}`,
			`${figure(each * factor)} ${name}`,
			`${figure(off)} ${unit}`,
		];
		return `| ${[...cells, String(group.length)].join(' | ')} |`;
	});
	return [
		'## How it grows\n',
		'Least squares over the sizes that were measured: value = fixed + per pod × pods. The last but one column is how far the furthest point lies from that line.\n',
		'| table | what | fixed | per pod | furthest off | sizes |\n|---|---|---|---|---|---|',
		...lines,
		'',
	].join('\n');
}
