/** What a finding rests on and what to do: the slots of the selected one, and the worst one in a line. Pure. */
import { findingTitle } from '../../../messages/en/proof.ts';
import type { Finding, Severity } from '../../../model/finding.ts';
import type { ScreenState } from '../../state.ts';
import { line, type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import { subjectView } from '../detail/subject.ts';
import { cursorIndex } from '../list/view.ts';
import { severityTones } from './columns.ts';
import { briefLines } from './proof-lines.ts';

interface Place {
	width: number;
	height: number;
}

function findings(state: ScreenState): readonly Finding[] {
	const { answer } = state.lists.diagnostics;
	return answer?.list === 'diagnostics' ? answer.rows : [];
}

function selected(state: ScreenState): Finding | undefined {
	const list = state.lists.diagnostics;
	const offset = list.answer?.offset ?? 0;
	return findings(state)[Math.max(0, cursorIndex(list) - offset)];
}

/** Exactly `height` lines of exactly `width` cells: seen, means, do of the finding under the cursor. */
export function proofPane(state: ScreenState, { width, height }: Place, theme: Theme): string[] {
	const finding = selected(state);
	const lines = finding === undefined ? [] : briefLines(finding, { width, height });
	return Array.from({ length: height }, (_, index) => line(lines[index] ?? [], width, theme));
}

export function proofTitle(state: ScreenState): Span[] {
	const finding = selected(state);
	return finding === undefined ? [] : [span(' '), span(finding.id, severityTones[finding.severity]), span(' ')];
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
