/** The claims of the tools as rows under the bar: name, number as the tool prints it, bracket, formula. Pure. */
import { reportWords, sliceNames, toolNames } from '../../../messages/en/ledger.ts';
import { claimWords, decidedWords, grouped, needsWords } from '../../../messages/en/ledger-rows.ts';
import { screenText } from '../../../messages/en/ledger-screen.ts';
import { memory, shortDuration } from '../../../model/display.ts';
import type { Claim, Ledger } from '../../../model/ledger.ts';
import type { Reading } from '../../../model/reading.ts';
import { padEnd, padStart, wrap } from '../../text/fit.ts';
import { type Span, span } from '../../text/line.ts';
import { cellWidth } from '../../text/width.ts';
import type { Theme, Tone } from '../../theme.ts';
import { barSpans, legend, markLines, orderedSlices, type Scale, scaleOf } from './bar.ts';
import { bracketSpans, countedSlices } from './bracket.ts';
import { flowed, labelled } from './lines.ts';

/** Known and running here first, then those of other versions, last those that need more to be known. */
function rank({ live, printed }: Claim): number {
	return printed === '' ? 2 : live ? 0 : 1;
}

export function claimsOf(ledger: Ledger, of: Claim['of']): Claim[] {
	return ledger.claims.filter((claim) => claim.of === of).toSorted((a, b) => rank(a) - rank(b));
}

/** Where things stand in a row. */
export interface Columns {
	tool: number;
	printed: number;
	scale: Scale;
	/** Cells for the formula; 0 where there is no room. */
	formula: number;
}

const gap = 2;
/** A bar longer than this tells no more. */
const longestBar = 96;
const shortestFormula = 26;

/** Columns for the claims on memory: the bar takes what the names and numbers leave, and shares it with the formulas. */
export function columnsFor(ledger: Ledger, claims: readonly Claim[], width: number): Columns {
	const tool = Math.max(0, ...claims.map((claim) => toolNames[claim.tool].length));
	const printed = Math.max(6, ...claims.map((claim) => claim.printed.length));
	const room = Math.max(0, width - tool - printed - 2 * gap);
	const shared = room >= 72 ? Math.min(longestBar, Math.round(room * 0.56)) : room;
	const formula = room - shared - gap;
	return { tool, printed, scale: scaleOf(ledger, shared), formula: formula >= shortestFormula ? formula : 0 };
}

function toneOf(claim: Claim): Tone {
	return claim.live && claim.printed !== '' ? 'plain' : 'dim';
}

function nameAndNumber(claim: Claim, { printed, tool }: Columns, { glyphs }: Theme): Span[] {
	const tone = toneOf(claim);
	return [
		span(padEnd(toolNames[claim.tool], tool), tone),
		span('  '),
		span(padStart(claim.printed || glyphs.unset, printed), tone === 'plain' ? 'strong' : tone),
		span('  '),
	];
}

/** What is missing, and by which key of this screen it can be had. */
function needsHere(claim: Claim): string {
	return claim.needs === 'exec' ? screenText.needsExec : needsWords(claim);
}

/** One line of a claim: with its bracket, or with what it needs. */
export function claimLine(claim: Claim, ledger: Ledger, columns: Columns, theme: Theme): Span[] {
	const { formula, scale } = columns;
	const head = nameAndNumber(claim, columns, theme);
	if (claim.printed === '') {
		return [...head, span(needsHere(claim), 'dim')];
	}
	if (claim.of === 'cpu') {
		return [...head, span(claimWords(claim), 'dim')];
	}
	const words = claim.live ? claim.formula : decidedWords(claim);
	return [
		...head,
		...bracketSpans(claim, ledger, scale, toneOf(claim), theme),
		...(formula === 0 ? [] : [span('  '), span(words, 'dim')]),
	];
}

/** What stands over the brackets: the legend, the marks, and the bar with usage as its number. */
export function barLines(ledger: Ledger, columns: Columns, width: number, theme: Theme): Span[][] {
	const { printed, scale, tool } = columns;
	const indent = span(' '.repeat(tool + printed + 2 * gap));
	const marks = markLines(ledger, scale, theme).map((spans) => [indent, ...spans]);
	const slices = orderedSlices(ledger);
	if (slices.length === 0) {
		return [[span(reportWords.unknownUsage, 'dim')], ...marks];
	}
	const usage = ledger.slices.reduce((sum, { value }) => sum + value, 0);
	return [
		...flowed(legend(ledger, theme), width),
		...marks,
		[
			span(padEnd(screenText.usage, tool), 'strong'),
			span('  '),
			span(padStart(memory(usage), printed), 'strong'),
			span('  '),
			...barSpans(ledger, scale, theme),
		],
	];
}

function readingLine({ at, field, part, source, value, window }: Reading, now: number): string {
	const where = part === undefined ? field : `${part}: ${field}`;
	const age = Number.isFinite(now - at)
		? screenText.read(shortDuration(now - at), Number.isFinite(window) ? shortDuration(window) : '')
		: '';
	return `${source} ${where} = ${grouped(value)}${age}`;
}

/** Of hundreds of readings some are enough to see what they are. */
const mostReadings = 12;

/** How the number came about: formula, what decides it, the slices that it counts, and each reading with its age. */
export function claimWay(claim: Claim, ledger: Ledger, width: number, now: number): Span[][] {
	const slices = claim.of === 'memory' ? countedSlices(claim, ledger) : [];
	const decided = decidedWords(claim);
	const unit = claim.of === 'memory' ? reportWords.bytes : reportWords.nanocores;
	const rest = claim.from.length - mostReadings;
	const entries: (readonly [string, string])[] = [
		[screenText.formula, claim.formula],
		[screenText.decidedBy, decided],
		[screenText.needs, needsHere(claim)],
		[screenText.exactly, Number.isNaN(claim.value) ? '' : `${grouped(claim.value)} ${unit}`],
		[screenText.counts, slices.map(({ id }) => sliceNames[id]).join(' + ')],
		...claim.from
			.slice(0, mostReadings)
			.map((reading, index) => [index === 0 ? screenText.readFrom : '', readingLine(reading, now)] as const),
		['', rest > 0 ? screenText.more(rest) : ''],
	];
	return entries.flatMap(([label, text]) => (text === '' ? [] : labelled(label, wrap(text, width - 16))));
}

/** The widest number of these claims, for claims without a bar. */
export function plainColumns(claims: readonly Claim[]): Columns {
	const tool = Math.max(0, ...claims.map((claim) => cellWidth(toolNames[claim.tool])));
	const printed = Math.max(6, ...claims.map((claim) => claim.printed.length));
	return { tool, printed, scale: { full: 0, cells: 0 }, formula: 0 };
}
