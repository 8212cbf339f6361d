/** The cluster's idea of what time it is, ms since 1970. */
export interface Clock {
	now(): number;
	readonly frozen: boolean;
}

/** When a frozen cluster stands still: any fixed instant would do, this one is in the middle of a working day. */
const frozenInstant = Date.UTC(2026, 5, 17, 14, 30, 12);

/** @param behind how far it is behind this machine's clock, ms; a frozen one is where it is */
export function makeClock(frozen: boolean, behind = 0): Clock {
	return frozen ? { frozen, now: () => frozenInstant } : { frozen, now: () => Date.now() - behind };
}
