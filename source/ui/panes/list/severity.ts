/** How bad a number or a state is. Pure rules. */
import { percentOf } from '../../../model/display.ts';
import type { Severity } from '../../../model/finding.ts';
import type { NoSampleCode, Usage } from '../../../model/usage.ts';
import type { ContainerRow, NodeRow, PodRow } from '../../../monitor/messages.ts';
import type { Glyphs, Tone } from '../../theme.ts';

/** Percent of a bound (a limit, or allocatable) from which a number is a warning, and from which an error. */
export const thresholds = { warning: 70, error: 90 } as const;

/** `info` is for what is worth no glyph. */
export interface Health {
	severity: Severity;
	tone: Tone;
}

const fine: Health = { severity: 'info', tone: 'plain' };
const over: Health = { severity: 'info', tone: 'dim' };
const waiting: Health = { severity: 'warning', tone: 'warning' };
const broken: Health = { severity: 'error', tone: 'error' };

const weights: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 };

export function worst(...severities: readonly Severity[]): Severity {
	return severities.reduce((most, severity) => (weights[severity] > weights[most] ? severity : most), 'info');
}

export function severityOfPercent(percent: number): Severity {
	return percent >= thresholds.error ? 'error' : percent >= thresholds.warning ? 'warning' : 'info';
}

export function toneOf(severity: Severity): Tone {
	return severity === 'info' ? 'plain' : severity;
}

/** A glyph for what is not fine, a blank for what is. */
export function glyphOf(severity: Severity, glyphs: Glyphs): string {
	return severity === 'info' ? ' ' : glyphs[severity];
}

/** States on the way to running. */
const underWay = /^(Pending|ContainerCreating|PodInitializing|Init:\d+\/\d+|SchedulingGated|NotReady|Waiting)$/;

/** By kubectl's STATUS column: running plain, under way amber, ended grey, ending apart, everything else red. */
export function podHealth(row: Pick<PodRow, 'status' | 'readyContainers' | 'totalContainers'>): Health {
	const { status } = row;
	if (status === 'Running') {
		return row.readyContainers < row.totalContainers ? waiting : fine;
	}

	if (status === 'Completed' || status === 'Succeeded') {
		return over;
	}

	if (status === 'Terminating') {
		return { severity: 'info', tone: 'ending' };
	}

	return underWay.test(status) ? waiting : broken;
}

export function containerHealth(row: Pick<ContainerRow, 'state' | 'ready' | 'kind'>): Health {
	if (row.state === 'Running') {
		return !row.ready && (row.kind === 'app' || row.kind === 'sidecar') ? waiting : fine;
	}

	if (row.state === 'Completed') {
		return over;
	}

	return row.state === '' || underWay.test(row.state) ? waiting : broken;
}

export function nodeHealth(row: Pick<NodeRow, 'status' | 'pressure'>): Health {
	const conditions = row.status.split(',');
	if (!conditions.includes('Ready')) {
		return broken;
	}

	if (row.pressure !== '') {
		return waiting;
	}

	return conditions.includes('SchedulingDisabled') ? { severity: 'info', tone: 'warning' } : fine;
}

/** Samples that are missing although everything looks as if they should be there. */
const unexpected: ReadonlySet<NoSampleCode> = new Set<NoSampleCode>([
	'node-row-unknown',
	'node-without-samples',
	'one-container-lacks-sample',
	'container-without-sample',
]);

export function severityOfMissing(code: NoSampleCode): Severity {
	return unexpected.has(code) ? 'warning' : 'info';
}

/** How near the usage is to its bounds; an old sample is no reason for alarm. */
export function severityOfUsage(usage: Usage, cpuBound: number, memoryBound: number): Severity {
	if (usage.kind === 'none') {
		return severityOfMissing(usage.code);
	}

	return usage.stale
		? 'info'
		: worst(severityOfPercent(percentOf(usage.cpu, cpuBound)), severityOfPercent(percentOf(usage.memory, memoryBound)));
}
