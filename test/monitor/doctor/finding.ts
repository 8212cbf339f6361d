/** Findings as the monitor and the doctor make them. */
import type { ExaminedFinding } from '../../../source/model/diagnosis.ts';
import type { Explained } from '../../../source/monitor/doctor/join.ts';
import type { OwnFinding } from '../../../source/monitor/doctor/signs.ts';

export function own(id: string, fields: Partial<OwnFinding> = {}): OwnFinding {
	return { id, severity: 'error', subject: 'cluster', facts: {}, ...fields };
}

/** Pods without samples, the first three by name. */
export function podsMissing(names: readonly string[], count = names.length): OwnFinding {
	const more = count - names.length;
	const facts = {
		code: 'one-container-lacks-sample',
		count,
		names: names.join(', ') + (more > 0 ? ` and ${more} more` : ''),
	};
	return own('pods-without-samples', { severity: 'warning', subject: count === 1 ? `pod/${names[0]}` : 'pods', facts });
}

export function explained(
	id: string,
	explains: readonly string[],
	subjects: readonly string[] = ['cluster'],
	fields: Partial<ExaminedFinding> = {},
): Explained {
	const finding: ExaminedFinding = {
		id,
		severity: 'error',
		subject: subjects[0] ?? 'cluster',
		subjects,
		facts: {},
		since: 0,
		certainty: 'proved',
		because: [],
		rulesOut: [],
		candidates: [],
		wouldDecide: [],
		consequences: [],
		unchecked: [],
		insteadOf: [],
		...fields,
	};
	return { finding, explains };
}
