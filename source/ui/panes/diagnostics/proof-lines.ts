/** The slots of a finding as lines: a label in a column, what it says after it. Pure. */
import { proofLabels as labels, type Proof, proofOf } from '../../../messages/en/proof.ts';
import { isExamined } from '../../../model/diagnosis.ts';
import type { Finding } from '../../../model/finding.ts';
import { wrap } from '../../text/fit.ts';
import { type Span, span } from '../../text/line.ts';
import type { Tone } from '../../theme.ts';

const labelWidth = 8;

/** A text of a slot. */
interface Piece {
	text: string;
	tone: Tone;
	/** Cells before it. */
	indent: number;
}

function piece(text: string, tone: Tone = 'plain', indent = 0): Piece {
	return { text, tone, indent };
}

function slot(label: string, pieces: readonly Piece[], width: number): Span[][] {
	const lines: Span[][] = [];
	for (const { indent, text, tone } of pieces) {
		for (const part of wrap(text, Math.max(1, width - labelWidth - 2 - indent))) {
			const head = lines.length === 0 ? label : '';
			lines.push([span(` ${head.padEnd(labelWidth)}${' '.repeat(indent)}`, 'dim'), span(part, tone)]);
		}
	}

	return lines;
}

function seenLines({ seen }: Proof, width: number): Span[][] {
	const pieces = seen.flatMap(({ quote, request }) => [
		piece(request),
		...(quote === '' ? [] : [piece(quote, 'warning', 2)]),
	]);
	return slot(labels.seen, pieces, width);
}

/** In a line each, cut where it is too long: that a request was made is worth more than how it ends. */
function briefSeen(proof: Proof, width: number): Span[][] {
	return proof.seen.some(({ quote }) => quote !== '')
		? proof.seen.flatMap(({ quote, request }, index) => [
				[span(` ${(index === 0 ? labels.seen : '').padEnd(labelWidth)}`, 'dim'), span(request)],
				[span(' '.repeat(labelWidth + 3)), span(quote, 'warning')],
			])
		: seenLines(proof, width);
}

function meansLines({ means }: Proof, width: number): Span[][] {
	return slot(
		labels.means,
		means.split('\n').map((text) => piece(text)),
		width,
	);
}

/** What can be typed is never broken in another place than at a blank, and looks like what can be typed. */
function fixLines({ fixes }: Proof, width: number): Span[][] {
	const pieces = fixes.flatMap(({ run = [], say }) => [
		...(say === '' ? [] : [piece(say)]),
		...run.map((line) => piece(line, 'accent', say === '' ? 0 : 2)),
	]);
	return slot(labels.fixes, pieces, width);
}

/** As many lines as there is room for. */
export function briefLines(finding: Finding, { height, width }: { width: number; height: number }): Span[][] {
	const proof = proofOf(finding);
	const act = fixLines(proof, width);
	const seen = briefSeen(proof, width);
	const means = meansLines(proof, width);
	// Where room is short, what to do is worth more than the rest of an explanation.
	const room = Math.max(1, height - Math.min(act.length, Math.max(1, height - 4)));
	const explained = [...seen.slice(0, Math.max(1, room - means.length)), ...means].slice(0, room);
	return [...explained, ...act];
}

/** All of it. */
export function wholeLines(finding: Finding, width: number): Span[][] {
	const proof = proofOf(finding);
	const { candidates, follows, more, rulesOut, sure, unchecked } = proof;
	const candidatesLabel = isExamined(finding)
		? { proved: labels.behind, likely: labels.alsoCandidates, open: labels.candidates }[finding.certainty]
		: '';
	const list = (label: string, texts: readonly string[], tone: Tone = 'plain') =>
		slot(
			label,
			texts.map((text) => piece(text, tone)),
			width,
		);
	const slots = [
		seenLines(proof, width),
		meansLines(proof, width),
		list(labels.sure, sure === '' ? [] : [sure]),
		list(candidatesLabel, candidates),
		fixLines(proof, width),
		list(labels.follows, follows),
		list(labels.rulesOut, rulesOut.length === 0 ? [] : [rulesOut.join(', ')]),
		list(labels.unchecked, unchecked),
		list(labels.more, more, 'accent'),
	];
	return slots.filter(({ length }) => length > 0).flatMap((lines, index) => (index === 0 ? lines : [[], ...lines]));
}
