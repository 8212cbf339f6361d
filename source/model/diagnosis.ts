/** What the doctor finds: a finding with its proof, with what it rules out, and with what it can be where that is open. */
import type { Finding } from './finding.ts';

/**
 * `proved`: the evidence leaves nothing else. `likely`: it fits, and something else is thinkable. `open`: several causes
 * fit, and nobody asked with these rights can tell which.
 */
export type Certainty = 'proved' | 'likely' | 'open';

/** What was seen, exactly. */
export interface Observation {
	/** As it can be asked again: `GET /apis/metrics.k8s.io/v1beta1`. */
	request: string;
	/** HTTP status, 0 where there is none. */
	status: number;
	/** The words, the field or the line that decides. Cleaned, no secrets. */
	quote: string;
}

/** Something that was not learned. */
export interface Unchecked {
	/** Id of the probe. */
	probe: string;
	why: 'forbidden' | 'timed-out' | 'failed' | 'not-asked';
	/** The right that would let it, '' if no right is missing. */
	needs: string;
}

export interface Diagnosis extends Finding {
	certainty: Certainty;
	/** Everything it is about: `cluster`, `node/n05`, `pod/web/api-1`. */
	subjects: readonly string[];
	because: readonly Observation[];
	/** Ids of causes that look like this one and are excluded by its proof. */
	rulesOut: readonly string[];
	/** Where it is open: the causes that it can be, the likeliest first. Where it is proved: what can be behind it. */
	candidates: readonly string[];
	/** What would decide between the candidates. */
	wouldDecide: readonly Unchecked[];
	/** Ids of causes that are there too, and only follow from this one. */
	consequences: readonly string[];
}

/** A diagnosis among the findings of the monitor: all that its proof on the screen is made of. */
export interface ExaminedFinding extends Diagnosis {
	/** What the whole examination could not learn. */
	unchecked: readonly Unchecked[];
	/** Ids of the monitor's own findings that it says more of. */
	insteadOf: readonly string[];
}

/** The doctor found it, and not the monitor by what it meets anyway. */
export function isExamined(finding: Finding): finding is ExaminedFinding {
	return 'certainty' in finding;
}
