/** The proof of a finding over the whole screen: opened from the finding, or from a row whose sample is missing. */
import { isExamined } from '../../model/diagnosis.ts';
import { type Finding, findingKey } from '../../model/finding.ts';
import type { NoSampleCode } from '../../model/usage.ts';
import type { ContainerRow, NodeRow, PodRow, Rows } from '../../monitor/messages.ts';
import type { MissingSample, ScreenState } from '../state.ts';
import { type Motion, stepOf } from './cursor.ts';
import { type Layout, rowUnderCursor, type Session } from './session.ts';

type Row = Rows['rows'][number];

/** The row's missing sample: whose, and why; null if it has one, or could have none. */
export function missingOf(row: Row | undefined): MissingSample | null {
	if (row === undefined || !('usage' in row) || row.usage.kind !== 'none') {
		return null;
	}
	const { code } = row.usage;
	if ('podUid' in row) {
		return ofContainer(row, code);
	}
	return 'kubeletVersion' in row ? ofNode(row, code) : ofPod(row as PodRow, code);
}

function ofContainer({ name, namespace, node, pod }: ContainerRow, code: NoSampleCode): MissingSample {
	return { code, subject: `pod/${namespace}/${pod}`, node, title: `${namespace}/${pod} · ${name}` };
}

function ofPod({ name, namespace, node }: PodRow, code: NoSampleCode): MissingSample {
	return { code, subject: `pod/${namespace}/${name}`, node, title: `${namespace}/${name}` };
}

function ofNode({ name }: NodeRow, code: NoSampleCode): MissingSample {
	return { code, subject: `node/${name}`, node: name, title: `node ${name}` };
}

function findings({ lists }: ScreenState): readonly Finding[] {
	const { answer } = lists.diagnostics;
	return answer?.list === 'diagnostics' ? answer.rows : [];
}

/** The finding that explains it, the doctor's before the monitor's; undefined if none is behind it. */
function explaining(all: readonly Finding[], { code, node, subject }: MissingSample): Finding | undefined {
	const about = code === 'node-without-samples' ? `node/${node}` : subject;
	const kind = about.startsWith('node/') ? 'node-without-samples' : 'pods-without-samples';
	const own = (finding: Finding) =>
		!isExamined(finding) &&
		(finding.id === code ||
			(finding.id === kind && (finding.facts['code'] === code || code === 'node-without-samples')));
	return (
		all.find((finding) => isExamined(finding) && finding.subjects.includes(about)) ??
		all.find((finding) => isExamined(finding) && finding.insteadOf.includes(code)) ??
		all.find(own)
	);
}

/** The finding as it stands now, or what the doctor has found meanwhile that says more of it. */
function standing(all: readonly Finding[], finding: Finding): Finding | undefined {
	const key = findingKey(finding);
	return (
		all.find((one) => findingKey(one) === key) ??
		all.find((one) => isExamined(one) && one.insteadOf.includes(finding.id))
	);
}

/** The finding that the open proof is of: as it is now, or as it was last seen; undefined if there is none. */
export function provedFinding(state: ScreenState): Finding | undefined {
	const { proof } = state;
	if (proof === null) {
		return undefined;
	}
	const all = findings(state);
	if (proof.missing !== null) {
		return explaining(all, proof.missing);
	}
	const { finding } = proof;
	return finding === null ? undefined : (standing(all, finding) ?? finding);
}

/** The open proof is of a finding that nobody finds any more. */
export function isProofGone(state: ScreenState): boolean {
	const { answer } = state.lists.diagnostics;
	const finding = state.proof?.finding ?? null;
	// Of a list that is longer than its window, the rest is not known.
	const isWhole = answer !== null && answer.rows.length === answer.matched;
	return finding !== null && isWhole && standing(findings(state), finding) === undefined;
}

/** The state with the proof of the finding under the cursor open. */
export function openedProof(state: Session): Session {
	const row = rowUnderCursor(state.lists.diagnostics);
	return row !== undefined && 'severity' in row ? { ...state, proof: { finding: row, missing: null, top: 0 } } : state;
}

/** The missing sample of the row that the cursor is drawn on, if it has none. */
export function missingUnderCursor({ focus, lists }: ScreenState): MissingSample | null {
	const { answer, cursorIndex } = lists[focus];
	return missingOf(answer?.rows[cursorIndex - answer.offset]);
}

/** The state with what explains the missing sample of the row under the cursor open; null if it has a sample. */
export function openedMissing(state: Session): Session | null {
	const missing = missingOf(rowUnderCursor(state.lists[state.focus]));
	return missing === null ? null : { ...state, proof: { finding: null, missing, top: 0 } };
}

/** The state after a key that moves through the open proof. */
export function scrolledProof(state: Session, motion: Motion, layout: Layout): Session {
	const { proof } = state;
	if (proof === null) {
		return state;
	}
	const page = Math.max(1, state.size.rows - 5);
	const top = Math.max(0, Math.min(layout.proofEnd(state), proof.top + stepOf(motion, page, Math.ceil(page / 2))));
	return { ...state, proof: { ...proof, top } };
}
