/** What a pasted error can mean: every cause that prints such a text, by version, and what would tell them apart. */

import type { Cause } from '../../diagnose/cause.ts';
import { causes } from '../../diagnose/causes.ts';
import type { ProbeId } from '../../diagnose/evidence/values.ts';
import { byHowOften } from '../../diagnose/often-met.ts';
import { probes } from '../../diagnose/probes.ts';
import { type Symptom, symptomsOfMissing } from '../../diagnose/symptom.ts';
import { type ToldCause, toldCauses } from '../../diagnose/told.ts';
import { probeQuestions } from '../../messages/en/doctor/probes.ts';
import { toldTexts } from '../../messages/en/doctor/told.ts';
import { causeTexts, doctorText } from '../../messages/en/doctor.ts';
import { indented } from './wrap.ts';

export interface Meaning {
	id: string;
	title: string;
	/** What prints it, in which versions. */
	printedBy: readonly string[];
}

export interface Meanings {
	meanings: readonly Meaning[];
	/** In the order in which the doctor asks. */
	tellApart: readonly { probe: ProbeId; question: string }[];
}

/** Judged or not. */
type Known = ToldCause & Partial<Pick<Cause, 'explains' | 'needs'>>;

export function meaningsOf(text: string): Meanings {
	const known: readonly Known[] = [...causes, ...toldCauses];
	const found = known
		.map((cause) => ({ cause, symptoms: symptomsOf(cause).filter(({ pattern }) => pattern.test(text)) }))
		.filter(({ symptoms }) => symptoms.length > 0);
	// A text that says more than the usual one leaves only those that say it too.
	const most = Math.max(...found.map(({ symptoms }) => specificity(symptoms)));
	const telling = found.filter(({ symptoms }) => specificity(symptoms) === most);
	const order = byHowOften(telling.map(({ cause }) => cause.id));
	const fitting = telling.toSorted((one, other) => order.indexOf(one.cause.id) - order.indexOf(other.cause.id));
	return {
		meanings: fitting.map(({ cause, symptoms }) => ({
			id: cause.id,
			title: (causeTexts[cause.id] ?? toldTexts[cause.id])?.title({}) ?? '',
			printedBy: [...new Set(symptoms.map(({ printedBy }) => printedBy))],
		})),
		tellApart: fitting.length < 2 ? [] : questionsFor(fitting.map(({ cause }) => cause)),
	};
}

/** Its own, and those of everything for whose lack it is a reason. */
function symptomsOf({ explains = [], symptoms }: Known): readonly Symptom[] {
	return [...symptoms, ...explains.flatMap((sight) => symptomsOfMissing[sight] ?? [])];
}

/** A pattern of its own says more than one that many causes share. */
function specificity(symptoms: Cause['symptoms']): number {
	return Math.max(
		...symptoms.map(({ pattern }) => {
			const shared = causes.filter((cause) => symptomsOf(cause).some((one) => one.pattern.source === pattern.source));
			return shared.length > 3 ? 0 : 1;
		}),
	);
}

function questionsFor(fitting: readonly Known[]): Meanings['tellApart'] {
	const needed = new Set(fitting.flatMap(({ needs = [] }) => needs));
	return probes.filter(({ id }) => needed.has(id)).map(({ id }) => ({ probe: id, question: probeQuestions[id] ?? id }));
}

export function meaningLines({ meanings, tellApart }: Meanings, width: number): readonly string[] {
	return meanings.length === 0
		? [doctorText.noneMatches]
		: [
				doctorText.canMean,
				...meanings.flatMap(({ id, printedBy, title }) => [
					...indented(`${id}: ${title}`, width, '  ', '    '),
					...printedBy.flatMap((who) => indented(`printed by ${who}`, width, '      ')),
				]),
				...(tellApart.length === 0
					? []
					: [
							'',
							doctorText.tellApart,
							...tellApart.flatMap(({ question }) => indented(question, width, '  ', '    ')),
						]),
			];
}
