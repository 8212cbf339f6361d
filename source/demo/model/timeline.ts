/** Finds out how long an answer stays true: remembers the nearest instant that was asked for and is still to come. */
export class Timeline {
	readonly time: number;
	next = Number.POSITIVE_INFINITY;

	constructor(time: number) {
		this.time = time;
	}

	reached(instant: number): boolean {
		if (instant <= this.time) return true;
		if (instant < this.next) this.next = instant;
		return false;
	}
}
