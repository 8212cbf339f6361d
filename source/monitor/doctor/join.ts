/** Joins what the monitor has found by itself with what the doctor has: of two that say the same, the one with the proof. Pure. */
import type { ExaminedFinding } from '../../model/diagnosis.ts';
import { meaningsOf, namedSubjects, type OwnFinding, signsAmong } from './signs.ts';

/** A finding of the doctor with the sights that it is the reason of; none if it is only worth knowing. */
export interface Explained {
	finding: ExaminedFinding;
	explains: readonly string[];
}

function says({ explains, finding }: Explained, own: OwnFinding): boolean {
	return meaningsOf(own).some((meaning) => meaning === finding.id || explains.includes(meaning));
}

/** It is about something that the own finding is about, as far as that can be told by its names. */
function concerns({ finding: { subjects } }: Explained, own: OwnFinding): boolean {
	const { all, names } = namedSubjects(own);
	return (
		!all || subjects.includes('cluster') || names.includes('cluster') || names.some((one) => subjects.includes(one))
	);
}

/** Everything that the own finding names is explained. */
function isSaidBy(own: OwnFinding, explained: readonly Explained[]): boolean {
	const subjects = new Set(explained.filter((one) => says(one, own)).flatMap(({ finding }) => finding.subjects));
	// What is seen of the cluster as a whole is explained by a cause at any of its parts.
	return namedSubjects(own).names.every((name) =>
		name === 'cluster' ? subjects.size > 0 : subjects.has(name) || subjects.has('cluster'),
	);
}

/**
 * The findings of both. What the doctor found is as old as its examination: it stands as long as the monitor itself sees
 * what it explains, and what is only worth knowing as long as the monitor sees anything.
 */
export function joined(own: readonly OwnFinding[], explained: readonly Explained[]): OwnFinding[] {
	const signs = signsAmong(own);
	const standing = explained.filter((one) =>
		one.explains.length === 0 ? signs.length > 0 : signs.some((sign) => says(one, sign) && concerns(one, sign)),
	);
	if (standing.length === 0) {
		return [...own];
	}
	return [
		...standing.map((one) => ({
			...one.finding,
			insteadOf: [...new Set(own.filter((finding) => says(one, finding)).map(({ id }) => id))],
		})),
		...own.filter((finding) => !isSaidBy(finding, standing)),
	];
}
