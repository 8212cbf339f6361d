/** The catalogue of causes, as lines: all of them, or one. */
import { families } from '../../diagnose/cause.ts';
import { causes, findCause } from '../../diagnose/causes.ts';
import { probes } from '../../diagnose/probes.ts';
import { findToldCause, toldCauses } from '../../diagnose/told.ts';
import { familyTitles } from '../../messages/en/doctor/families.ts';
import { probeQuestions } from '../../messages/en/doctor/probes.ts';
import { toldTexts } from '../../messages/en/doctor/told.ts';
import { causeTexts, doctorText } from '../../messages/en/doctor.ts';
import { UsageError } from '../command.ts';
import { indented, wrapped } from './wrap.ts';

export function catalogueLines(width: number): readonly string[] {
	const all = [...causes, ...toldCauses];
	const idWidth = Math.max(...all.map(({ id }) => id.length));
	return families.flatMap((family) => {
		const its = all.filter((cause) => cause.family === family);
		return its.length === 0
			? []
			: [
					`${familyTitles[family]}:`,
					...its.flatMap(({ id }) =>
						indented(`${id.padEnd(idWidth)}  ${titleInList(id)}`, width, '  ', ' '.repeat(idWidth + 4)),
					),
					'',
				];
	});
}

function titleInList(id: string): string {
	const told = toldTexts[id];
	return told === undefined ? (causeTexts[id]?.title({}) ?? '') : `${told.title({})} (${doctorText.toldOnly})`;
}

/** @throws UsageError if there is no such cause */
export function causeLines(id: string, width: number): readonly string[] {
	const told = toldTexts[id];
	const cause = findCause(id) ?? { needs: [], rulesOut: undefined, symptoms: findToldCause(id)?.symptoms ?? [] };
	const text = causeTexts[id] ?? told;
	if (text === undefined) {
		throw new UsageError(doctorText.unknownCause(id));
	}
	const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ['', title, ...lines]);
	return [
		`${id}: ${text.title({})}`,
		'',
		...wrapped(text.explanation({}), width),
		...section(
			doctorText.symptoms,
			cause.symptoms.flatMap(({ printedBy, sample }) => [
				...indented(sample, width, '  ', '    '),
				...indented(`(${printedBy})`, width, '    '),
			]),
		),
		...section(
			doctorText.decides,
			cause.needs.flatMap((probe) => {
				const needs = probes.find((known) => known.id === probe)?.needs ?? '';
				return indented(`${probeQuestions[probe]}${needs === '' ? '' : ` (needs: ${needs})`}`, width, '  ', '    ');
			}),
		),
		...(told === undefined ? [] : ['', ...wrapped(`${doctorText.toldOnlyBecause} ${told.whyOnlyTold}.`, width)]),
		...section(
			doctorText.fixes,
			text
				.fixes({})
				.flatMap(({ run = [], say }, index) => [
					...indented(`${index + 1}. ${say}`, width, '  ', '     '),
					...run.map((line) => `     ${line}`),
				]),
		),
		...section(
			doctorText.rulesOut,
			cause.rulesOut === undefined ? [] : indented(cause.rulesOut.join(', '), width, '  '),
		),
		...section(doctorText.more, [`  ${text.source}`, ...text.more.map((link) => `  ${link}`)]),
	];
}
