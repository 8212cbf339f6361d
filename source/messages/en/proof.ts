/** What a finding says, whoever found it: the monitor by itself, or the doctor with its proof. */
import { isExamined, type Unchecked } from '../../model/diagnosis.ts';
import type { Finding } from '../../model/finding.ts';
import { type Fix, word } from './doctor/cause-text.ts';
import { probeQuestions } from './doctor/probes.ts';
import { fixesOf } from './doctor/typed.ts';
import { causeTexts, diagnosisText, doctorText, meaningOf, uncheckedReason } from './doctor.ts';
import { findingMessage } from './findings.ts';
import { withKubectlFlags } from './kubectl-command.ts';

export interface Proof {
	/** What was asked, and the words, the field or the line that decides. */
	seen: readonly { request: string; quote: string }[];
	means: string;
	/** How sure it is; '' of what the monitor met by itself. */
	sure: string;
	/** What it can be, or could also be. */
	candidates: readonly string[];
	/** What to do, the safest first. */
	fixes: readonly Fix[];
	follows: readonly string[];
	rulesOut: readonly string[];
	/** What was not learned, and which right would let it. */
	unchecked: readonly string[];
	more: readonly string[];
}

/** What a line of advice begins with that can be typed as it is. */
const command = /^(?:kubectl|date|timedatectl|docker|journalctl|grep|ls|mount|whytop) /;

export function findingTitle(finding: Finding): string {
	const text = isExamined(finding) ? diagnosisText(finding) : undefined;
	return (text ?? findingMessage(finding.id)).title(finding.facts);
}

export function proofOf(finding: Finding): Proof {
	const { facts, id } = finding;
	if (!isExamined(finding)) {
		const { act, means, seen } = findingMessage(id);
		return {
			seen: [{ request: seen(facts), quote: '' }],
			means: means(facts),
			sure: '',
			candidates: [],
			fixes: act(facts).map((line) =>
				command.test(line) ? { say: '', run: [withKubectlFlags(line, word(facts, 'kubectlFlags'))] } : { say: line },
			),
			follows: [],
			rulesOut: [],
			unchecked: [],
			more: [],
		};
	}
	const text = diagnosisText(finding);
	const { because, candidates, certainty, consequences, rulesOut, unchecked, wouldDecide } = finding;
	return {
		seen: because.map(({ quote, request, status }) => ({
			request: `${request}${status === 0 ? '' : ` → ${status}`}`,
			quote,
		})),
		means: meaningOf(finding),
		sure: doctorText.certainty[certainty],
		candidates: candidates.map(named),
		fixes: fixesOf(text, facts),
		follows: consequences.map(named),
		rulesOut,
		unchecked: onceEach([...wouldDecide, ...unchecked]).map(question),
		more: text?.more ?? [],
	};
}

/** The first of what can be typed, '' if nothing can. It is copied, never run. */
export function firstCommand(finding: Finding): string {
	return proofOf(finding).fixes.flatMap(({ run = [] }) => run)[0] ?? '';
}

function named(id: string): string {
	const title = causeTexts[id]?.title({}) ?? '';
	return title === '' ? id : `${id}: ${title}`;
}

function question(unchecked: Unchecked): string {
	return `${probeQuestions[unchecked.probe] ?? unchecked.probe}: ${uncheckedReason(unchecked)}`;
}

function onceEach(unchecked: readonly Unchecked[]): readonly Unchecked[] {
	return [...new Map(unchecked.toReversed().map((one) => [one.probe, one])).values()].toReversed();
}

/** What stands before each slot on the screen; at most seven letters. */
export const proofLabels = {
	seen: 'seen',
	means: 'means',
	sure: 'sure',
	candidates: 'can be',
	alsoCandidates: 'or also',
	behind: 'behind',
	fixes: 'do',
	follows: 'follows',
	rulesOut: 'not',
	unchecked: 'unasked',
	more: 'more',
} as const;

export const proofText = {
	examining: 'examining…',
	whole: 'x all of it',
	of: (things: string) => `why ${things} has no sample`,
	gone: 'This is not found any more. It was so when it was last seen:',
	noFinding: 'No finding is behind it: it is everyday life of a cluster, or it will pass.',
	copied: (text: string) => `copied: ${text}`,
	nothingToCopy: 'c copies the command of a finding: go to the diagnostics with 4',
	noCommand: 'there is no command to copy here',
} as const;
