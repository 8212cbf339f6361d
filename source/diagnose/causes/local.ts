/** What the monitor meets while it reads this machine, as findings. Pure. */
import type { Finding } from '../../model/finding.ts';

export interface LocalEvidence {
	/** Where the machine's files begin. */
	root: string;
	hasCgroups: boolean;
	/** Groups none of whose files can be read. */
	unreadable: readonly string[];
	/** Kind of the Docker Engine's failure and its words; '' if it answers, or is of no interest. */
	engineFailure: string;
	engineError: string;
	/** ms: what was asked for, what it has become, and what a poll takes. */
	refresh: number;
	interval: number;
	took: number;
	cgroups: number;
}

const named = 3;

export function judgeLocal(evidence: LocalEvidence): Omit<Finding, 'since'>[] {
	const { cgroups, engineError, engineFailure, hasCgroups, interval, refresh, root, took, unreadable } = evidence;
	const findings: Omit<Finding, 'since'>[] = [];
	if (!hasCgroups) {
		findings.push({ id: 'cgroups-absent', severity: 'warning', subject: 'host', facts: { root } });
	}
	if (engineFailure !== '') {
		const id = engineFailure === 'timeout' ? 'docker-silent' : 'docker-unavailable';
		const facts = { error: engineError.replaceAll(/\s*\n\s*/g, ' ') };
		findings.push({ id, severity: 'warning', subject: 'docker', facts });
	}
	if (unreadable.length > 0) {
		const more = unreadable.length > named ? ` and ${unreadable.length - named} more` : '';
		const facts = { count: unreadable.length, names: unreadable.slice(0, named).join(', ') + more };
		findings.push({ id: 'cgroups-unreadable', severity: 'warning', subject: 'host', facts });
	}
	if (interval > refresh) {
		const facts = { cgroups, refresh, took: Math.round(took), interval: Math.round(interval) };
		findings.push({ id: 'polls-slow', severity: 'info', subject: 'host', facts });
	}
	return findings;
}
