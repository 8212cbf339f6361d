/** What the sources of one node answer with: the readings of each subject, and what the answer does not measure. */
import type { Reading, ReadingQuantity, SourceId } from '../model/reading.ts';
import type { Subject } from '../model/subject.ts';

export interface SubjectReadings<Kind extends Subject = Subject> {
	readonly subject: Kind;
	/** When it was started, ms since 1970; NaN if the source does not tell. */
	startedAt: number;
	/** The cgroup that the source names it by; undefined where it names none. */
	cgroup?: string;
	readonly readings: Reading[];
}

/** What a source gives as a number and has not measured, or has not told: ids of messages. */
export type SourceNote =
	/** All pressure is zero: cgroup v1, or a kernel without PSI. The zeros are left out. */
	| 'pressure-not-measured'
	/** All kernel memory is zero, as cAdvisor has it on cgroup v2. The zeros are left out. */
	| 'kernel-not-measured'
	/** All counts of reached limits are zero, and on cgroup v2 they always are. The zeros are left out. */
	| 'limit-hits-not-measured'
	/** The kubelet says that it could not get all of its numbers. */
	| 'scrape-error';

export interface SourceAnswer {
	/** Of the node, '' if the source does not tell. */
	readonly nodeName: string;
	readonly subjects: readonly SubjectReadings[];
	readonly notes: readonly SourceNote[];
	/** What the numbers prove about the node's cgroup version, '' if nothing. */
	readonly cgroup: 'v1' | 'v2' | '';
	/** The kernel's version, '' if the source does not tell. */
	readonly kernel: string;
}

/** Collects the readings of one subject. Numbers that are no amounts are left out: nothing is better than a guess. */
export class ReadingList<Kind extends Subject = Subject> implements SubjectReadings<Kind> {
	readonly subject: Kind;
	startedAt = Number.NaN;
	cgroup?: string;
	readonly readings: Reading[] = [];
	readonly #source: SourceId;

	constructor(subject: Kind, source: SourceId) {
		this.subject = subject;
		this.#source = source;
	}

	/** @param window ms of the interval that a rate was taken over, NaN where there is none or it is not told */
	add(quantity: ReadingQuantity, value: number, field: string, at: number, window = Number.NaN): void {
		if (Number.isFinite(value) && value >= 0) {
			this.readings.push({ quantity, value, source: this.#source, field, at, window });
		}
	}
}
