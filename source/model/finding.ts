/** A cause with its evidence, for a subject, now. Text is made from it by `messages`, so it holds data only. */

export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
	/** Id of the cause, as in the catalogue. */
	id: string;
	severity: Severity;
	/** What it is about: `cluster`, `node/n05`, `pods`, `namespace/web`, `pod/web/api-1` … */
	subject: string;
	/** Facts that the message fills in: names, counts, HTTP status, the server's own words (cleaned, no secrets). */
	facts: Readonly<Record<string, string | number>>;
	/** When it was first seen, ms since 1970 by the server's clock, as all times on the screen. */
	since: number;
}

/** Tells findings apart, and stays the same while a finding stands: its cause, its subject, and its kind of missing sample. */
export function findingKey({ facts, id, subject }: Pick<Finding, 'facts' | 'id' | 'subject'>): string {
	return [id, subject, facts['code'] ?? ''].join(' ').trimEnd();
}
