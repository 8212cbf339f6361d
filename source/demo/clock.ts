/** The cluster's idea of what time it is, ms since 1970. */
export interface Clock {
	now(): number;
	readonly frozen: boolean;
	/** So many ms of it pass in one of this machine's; 1 for one that is frozen. */
	readonly speed: number;
}

/** When a frozen cluster stands still: any fixed instant would do, this one is in the middle of a working day. */
const frozenInstant = Date.UTC(2026, 5, 17, 14, 30, 12);

/** @param behind how far it is behind this machine's clock, ms; a frozen one is where it is */
export function makeClock(frozen: boolean, behind = 0, speed = 1): Clock {
	if (frozen) return { frozen, speed: 1, now: () => frozenInstant };
	const start = Date.now();
	return { frozen, speed, now: () => Math.floor(start - behind + (Date.now() - start) * speed) };
}
