/** A ledger as lines of text for a terminal of a given width: claims as a table, bridges as additions, truths. */
import { reportWords, sliceNames, toolNames, truth } from '../messages/en/ledger.ts';
import { bridgeRows, bridgeTitle, claimWords, grouped, versionWords } from '../messages/en/ledger-rows.ts';
import type { Bridge, Claim, Ledger } from '../model/ledger.ts';

const toolWidth = Math.max(...Object.values(toolNames).map((name) => name.length)) + 2;

/** Words wrapped at spaces; further lines are indented. A word that is too long is cut at the width. */
function wrap(text: string, width: number, indent = ''): string[] {
	const room = Math.max(10, width);
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (longer.length > room && line.trim() !== '') {
			lines.push(line);
			line = `${indent}${word}`;
		} else {
			line = longer;
		}
		while (line.length > room) {
			lines.push(line.slice(0, room));
			line = `${indent}${line.slice(room)}`;
		}
	}
	return line.trim() === '' ? lines : [...lines, line];
}

function table(claims: readonly Claim[], title: string, width: number): string[] {
	if (claims.length === 0) {
		return [];
	}
	const printedWidth = Math.max(title.length, ...claims.map((claim) => (claim.printed || '–').length)) + 2;
	const left = toolWidth + printedWidth;
	const row = (tool: string, printed: string, rest: readonly string[]) => [
		`${tool.padEnd(toolWidth)}${printed.padStart(printedWidth - 2)}  ${rest[0] ?? ''}`.trimEnd(),
		...rest.slice(1).map((line) => `${' '.repeat(left)}${line}`),
	];
	return [
		...row(reportWords.tool, title, [reportWords.formula]),
		...claims.flatMap((claim) =>
			row(toolNames[claim.tool], claim.printed || '–', wrap(claimWords(claim), width - left)),
		),
	];
}

/** One bridge as an addition, every line with its field, and the reason of what is left. */
export function bridgeLines(bridge: Bridge, width: number): string[] {
	const rows = bridgeRows(bridge);
	const column = Math.max(...rows.map((row) => row.number.length));
	const left = column + 4;
	return [
		...wrap(bridgeTitle(bridge), width, '    '),
		...rows.flatMap(({ number, name, detail }, index) => {
			const sign = index === rows.length - 1 ? '= ' : '  ';
			const [first = '', ...more] = [
				...wrap(name, width - left),
				...(detail === '' ? [] : wrap(detail, width - left - 2).map((line) => `  ${line}`)),
			];
			return [`${sign}${number.padStart(column)}  ${first}`, ...more.map((line) => `${' '.repeat(left)}${line}`)];
		}),
	];
}

function sliceLines(ledger: Ledger, width: number): string[] {
	const usage = ledger.slices.reduce((sum, slice) => sum + slice.value, 0);
	if (ledger.slices.length === 0) {
		return [];
	}
	const column = Math.max(...ledger.slices.map((slice) => grouped(slice.value).length));
	const lines = ledger.slices.flatMap(({ id, value }) => {
		const percent = usage > 0 ? `${((value / usage) * 100).toFixed(1).replace('-', '−')}%` : '';
		const left = column + 12;
		const note = id === 'remainder' && value < 0 ? `  (${reportWords.negativeRemainder})` : '';
		const [first = '', ...more] = wrap(`${sliceNames[id]}${note}`, width - left);
		return [
			`  ${grouped(value).padStart(column)}  ${percent.padStart(6)}  ${first}`,
			...more.map((line) => `${' '.repeat(left)}${line}`),
		];
	});
	return ['', reportWords.makeUp, ...lines];
}

/** The whole ledger. `width` is that of the terminal; below 60 it is still laid out for 60. */
export function reportLines(ledger: Ledger, width: number): string[] {
	const room = Math.max(60, width);
	const memory = ledger.claims.filter((claim) => claim.of === 'memory');
	const cpu = ledger.claims.filter((claim) => claim.of === 'cpu');
	return [
		...wrap([ledger.subject, ...versionWords(ledger.versions)].join(' · '), room, '  '),
		'',
		...table(memory, reportWords.memory, room),
		...(cpu.length === 0 ? [] : ['', ...table(cpu, reportWords.cpu, room)]),
		...sliceLines(ledger, room),
		...ledger.bridges.flatMap((bridge) => ['', ...bridgeLines(bridge, room)]),
		...(ledger.truths.length === 0
			? []
			: ['', reportWords.truths, ...ledger.truths.flatMap((one) => wrap(`· ${truth(one)}`, room, '  '))]),
	];
}
