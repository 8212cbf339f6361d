/** What a finding rests on and what to do: the slots of the selected one, and the worst one in a line. Pure. */
import { noSample } from '../../../messages/en/no-sample.ts';
import { paneText } from '../../../messages/en/panes.ts';
import { findingTitle, proofText } from '../../../messages/en/proof.ts';
import type { Finding, Severity } from '../../../model/finding.ts';
import { isProofGone, provedFinding } from '../../reduce/proof.ts';
import type { MissingSample, ScreenState } from '../../state.ts';
import { wrap } from '../../text/fit.ts';
import { line, type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import { subjectView } from '../detail/subject.ts';
import { restingRow } from '../list/view.ts';
import { severityTones } from './columns.ts';
import { briefLines, wholeLines } from './proof-lines.ts';

interface Place {
	width: number;
	height: number;
}

function findings(state: ScreenState): readonly Finding[] {
	const { answer } = state.lists.diagnostics;
	return answer?.list === 'diagnostics' ? answer.rows : [];
}

function selected(state: ScreenState): Finding | undefined {
	const [first] = findings(state);
	return (restingRow(state, 'diagnostics') as Finding | undefined) ?? first;
}

/** Why a number is missing, where no finding says more of it. */
function reasonLines({ code }: MissingSample, width: number): Span[][] {
	const texts = [noSample[code].sentence, '', proofText.noFinding];
	return texts.flatMap((text) =>
		text === '' ? [[]] : wrap(text, Math.max(1, width - 2)).map((part) => [span(` ${part}`)]),
	);
}

/** All lines of the open proof. */
function openLines(state: ScreenState, width: number): Span[][] {
	const finding = provedFinding(state);
	const missing = state.proof?.missing ?? null;
	if (finding !== undefined) {
		const head: Span[][] = wrap(findingTitle(finding), Math.max(1, width - 2)).map((part) => [
			span(` ${part}`, 'strong'),
		]);
		const gone = isProofGone(state) ? [[span(` ${proofText.gone}`, 'accent')], []] : [];
		return [...gone, ...head, [], ...wholeLines(finding, width)];
	}
	return missing === null ? [] : reasonLines(missing, width);
}

/** Exactly `height` lines of exactly `width` cells: seen, means, do of the finding under the cursor, or all of the one that is open. */
export function proofPane(state: ScreenState, { width, height }: Place, theme: Theme): string[] {
	const finding = selected(state);
	const lines =
		state.proof === null
			? finding === undefined
				? []
				: briefLines(finding, { width, height })
			: openLines(state, width).slice(state.proof.top);
	return Array.from({ length: height }, (_, index) => line(lines[index] ?? [], width, theme));
}

/** The index of the first line on screen when the last one is. */
export function endOfProof(state: ScreenState, { width, height }: Place): number {
	return Math.max(0, openLines(state, width).length - height);
}

export function proofTitle(state: ScreenState, { width, height }: Place): { left: Span[]; right: Span[] } {
	const { proof } = state;
	const finding = proof === null ? selected(state) : provedFinding(state);
	const examining = state.cluster?.examining === true ? [span('  '), span(proofText.examining, 'accent')] : [];
	const what = finding === undefined ? [] : [span(finding.id, severityTones[finding.severity])];
	if (proof === null) {
		return {
			left: what.length === 0 ? [] : [span(' '), ...what, span(' ')],
			right: what.length === 0 ? [] : [span(` ${proofText.whole} `, 'dim')],
		};
	}
	const of = proof.missing === null ? [] : [span(proofText.of(proof.missing.title), 'strong')];
	const gap = of.length > 0 && what.length > 0 ? [span('  ')] : [];
	const rows = openLines(state, width).length;
	const last = Math.min(rows, proof.top + height);
	return {
		left: [span(' '), ...of, ...gap, ...what, ...examining, span(' ')],
		right: rows > height ? [span(` ${paneText.rows(proof.top + 1, last, rows)} `, 'dim')] : [],
	};
}

const weights: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** What the finding is about is the subject of the detail. */
function concerns(finding: Finding, state: ScreenState): boolean {
	const { subject } = subjectView(state);
	return subject?.kind === 'node'
		? finding.subject === `node/${subject.row.name}`
		: subject?.kind === 'pod' && finding.subject === `pod/${subject.row.namespace}/${subject.row.name}`;
}

/** One line: the finding about the subject under the cursor, else the worst; blank if there is none. */
export function findingLine(state: ScreenState, width: number, theme: Theme): string {
	const all = findings(state);
	const about = all.find((finding) => concerns(finding, state));
	const worst = all.reduce<Finding | undefined>(
		(most, finding) => (most === undefined || weights[finding.severity] > weights[most.severity] ? finding : most),
		undefined,
	);
	const shown = about ?? worst;
	if (shown === undefined) {
		return ' '.repeat(width);
	}

	const tone = severityTones[shown.severity];
	return line(
		[span(` ${theme.glyphs[shown.severity]} `, tone), span(shown.id, tone), span(`  ${findingTitle(shown)}`)],
		width,
		theme,
	);
}
