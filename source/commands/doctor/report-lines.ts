/** The report as lines of text: to act on, or to paste into an issue. */

import type { Fix } from '../../messages/en/doctor/cause-text.ts';
import { doctorText } from '../../messages/en/doctor.ts';
import type { Observation } from '../../model/diagnosis.ts';
import {
	isUnknown,
	type Report,
	type ReportedCause,
	type ReportedFinding,
	type ReportedProbe,
	type ReportedQuestion,
} from './report.ts';
import { indented, wrapped } from './wrap.ts';

const marks = { error: '✖', warning: '▲', info: 'ℹ', healthy: '✓' } as const;

export function reportLines(report: Report, width: number): readonly string[] {
	const { asked, cluster, findings, fromHere, milliseconds, outOfTime, requests, unchecked } = report;
	const seconds = (milliseconds / 1_000).toFixed(1);
	const told = new Set(findings.flatMap(({ because }) => because.map(({ quote, request }) => `${request}\n${quote}`)));
	const more = fromHere.filter(({ quote, request }) => !told.has(`${request}\n${quote}`));
	const quoted = new Set(findings.flatMap(({ because }) => because.map(({ quote }) => quote.split('\n')[0] ?? '')));
	const conclusion = report.healthy
		? `${marks.healthy} ${doctorText.healthy}`
		: isUnknown(report)
			? `${marks.warning} ${doctorText.unknown}`
			: '';
	return [
		...(cluster === null ? [] : [clusterLine(cluster), '']),
		...findings.flatMap((finding, index) => [...(index === 0 ? [] : ['']), ...findingLines(finding, width)]),
		...(findings.length > 0 && conclusion !== '' ? [''] : []),
		...(conclusion === '' ? [] : wrapped(conclusion, width)),
		...(more.length === 0
			? []
			: ['', ...wrapped(doctorText.fromHere, width), ...more.flatMap((one) => observationLines(one, width, '  '))]),
		...(unchecked.length === 0
			? []
			: ['', doctorText.unchecked, ...unchecked.flatMap((one) => questionLines(one, width))]),
		...(outOfTime ? ['', doctorText.outOfTime(Math.round(milliseconds / 1_000))] : []),
		'',
		`Asked ${requests} ${requests === 1 ? 'request' : 'requests'} in ${seconds} s:`,
		...asked.map((probe) => askedLine(probe, quoted)),
	];
}

function clusterLine({ context, distribution, server, user, version }: NonNullable<Report['cluster']>): string {
	return [
		server,
		...(context === '' ? [] : [`context ${context}`]),
		...(user === '' ? [] : [`user ${user}`]),
		...(version === '' ? [] : [`Kubernetes ${version}`]),
		...(distribution === '' ? [] : [distribution]),
	].join(' · ');
}

function findingLines(finding: ReportedFinding, width: number): readonly string[] {
	if (finding.severity === 'info') {
		return remarkLines(finding, width);
	}
	const {
		because,
		candidates,
		certainty,
		consequences,
		explanation,
		fixes,
		id,
		more,
		rulesOut,
		severity,
		wouldDecide,
	} = finding;
	return [
		...wrapped(`${marks[severity]} ${finding.title}`, width, '  '),
		`  ${id} · ${doctorText.certainty[certainty]}${finding.subject === 'cluster' ? '' : ` · ${finding.subject}`}`,
		...(explanation === '' ? [] : ['', ...explanation.split('\n').flatMap((line) => indented(line, width, '  '))]),
		...section(
			doctorText.because,
			because.flatMap((one) => observationLines(one, width)),
		),
		...section(
			{ proved: doctorText.behind, likely: doctorText.otherCandidates, open: doctorText.candidates }[certainty],
			causeLines(candidates, width),
		),
		...section(
			doctorText.wouldDecide,
			wouldDecide.flatMap((one) => questionLines(one, width, '    ')),
		),
		...section(
			doctorText.fixes,
			fixes.flatMap((fix, index) => fixLines(fix, index + 1, width)),
		),
		...section(doctorText.consequences, causeLines(consequences, width)),
		...section(
			doctorText.rulesOut,
			rulesOut.length === 0 ? [] : indented(rulesOut.map((one) => one.id).join(', '), width, '    '),
		),
		...section(
			doctorText.more,
			more.map((link) => `    ${link}`),
		),
	];
}

/** What only has to be known is told in short. */
function remarkLines(
	{ explanation, fixes, id, severity, subject, title }: ReportedFinding,
	width: number,
): readonly string[] {
	const [fix] = fixes;
	return [
		...wrapped(`${marks[severity]} ${title}`, width, '  '),
		`  ${id}${subject === 'cluster' ? '' : ` · ${subject}`}`,
		...indented(explanation, width, '  '),
		...(fix === undefined ? [] : [...indented(fix.say, width, '  '), ...(fix.run ?? []).map((line) => `    ${line}`)]),
	];
}

function section(title: string, lines: readonly string[]): readonly string[] {
	return lines.length === 0 ? [] : ['', `  ${title}`, ...lines];
}

function observationLines({ quote, request, status }: Observation, width: number, indent = '    '): readonly string[] {
	return [
		...indented(`${request}${status === 0 ? '' : ` → ${status}`}`, width, indent),
		...(quote === '' ? [] : indented(quote, width, `${indent}  `)),
	];
}

const inWords = 6;

/** The first ones in words; of very many the rest by their ids. */
function causeLines(causes: readonly ReportedCause[], width: number): readonly string[] {
	const rest = causes.slice(inWords);
	return [
		...causes
			.slice(0, inWords)
			.flatMap(({ id, title }) => indented(`${id}${title === '' ? '' : `: ${title}`}`, width, '    ', '      ')),
		...(rest.length === 0 ? [] : indented(doctorText.orOneOf(rest.map(({ id }) => id)), width, '    ', '      ')),
	];
}

function questionLines({ question, reason }: ReportedQuestion, width: number, indent = '  '): readonly string[] {
	return indented(`${question}: ${reason}`, width, indent, `${indent}  `);
}

/** Commands are never wrapped: they are there to be copied. */
function fixLines({ run = [], say }: Fix, number: number, width: number): readonly string[] {
	return [...indented(`${number}. ${say}`, width, '    ', '       '), ...run.map((line) => `       ${line}`)];
}

/** @param quoted what the findings have said already */
function askedLine(
	{ error, milliseconds, outcome, probe, request, status }: ReportedProbe,
	quoted: ReadonlySet<string>,
): string {
	const what = outcome === 'answered' || outcome === 'forbidden' ? (status === 0 ? 'ok' : String(status)) : outcome;
	const why = outcome === 'failed' && error !== '' && !quoted.has(error) ? `: ${error}` : '';
	return `  ${`${what}`.padEnd(9)} ${`${milliseconds} ms`.padStart(8)}  ${request === '' ? probe : request}${why}`;
}
