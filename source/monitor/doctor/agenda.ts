/** When the doctor is to examine next: soon for what is new, and of the same more and more seldom. Knows no clock. */

/** ms */
export interface DoctorPace {
	/** How long a sign must have been there: what passes by itself needs no doctor. */
	settle: number;
	/** Between two examinations of the same: the first time, and at most. It doubles. */
	again: number;
	seldom: number;
	/** Between two examinations, whatever changes. */
	least: number;
}

/** By what a sign is known again: of how many subjects it is seen. */
export type Signs = ReadonlyMap<string, number>;

/** So many times as many subjects are something else than before. */
const muchMore = 10;

interface Examined {
	/** When the newest examination ended, and how long not to make another. */
	at: number;
	wait: number;
	/** The most subjects that it was examined with. */
	amount: number;
}

export class Agenda {
	readonly #pace: DoctorPace;
	#signs: Signs = new Map();
	/** Since when each of them is seen. */
	#since: ReadonlyMap<string, number> = new Map();
	/** Remembered also while the sign is gone. */
	readonly #examined = new Map<string, Examined>();
	#endedAt = Number.NEGATIVE_INFINITY;

	constructor(pace: DoctorPace) {
		this.#pace = pace;
	}

	/** Those that are seen now. */
	get signs(): Signs {
		return this.#signs;
	}

	/** @param now ms, as all times here, of any clock that does not jump */
	see(signs: Signs, now: number): void {
		this.#signs = signs;
		this.#since = new Map([...signs.keys()].map((sign) => [sign, this.#since.get(sign) ?? now]));
		for (const [sign, examined] of this.#examined) {
			if (!signs.has(sign)) {
				// When it comes back it may have another reason: not at once, and not as seldom as if it had stayed.
				examined.wait = this.#pace.again;
				if (now > examined.at + examined.wait) {
					this.#examined.delete(sign);
				}
			}
		}
	}

	/** An examination has ended that was begun with these signs; none if it was broken off. */
	ended(signs: Signs, now: number): void {
		const { again, seldom } = this.#pace;
		this.#endedAt = now;
		for (const [sign, amount] of signs) {
			const before = this.#examined.get(sign);
			this.#examined.set(sign, {
				at: now,
				wait: before === undefined ? again : Math.min(before.wait * 2, seldom),
				amount: Math.max(before?.amount ?? 0, amount),
			});
		}
	}

	/** Somebody wants to know again: everything is as if it were new. */
	forget(): void {
		this.#examined.clear();
		this.#endedAt = Number.NEGATIVE_INFINITY;
	}

	/** When to examine; infinite where nothing is seen. */
	get due(): number {
		const { least, settle } = this.#pace;
		let due = Number.POSITIVE_INFINITY;
		for (const [sign, amount] of this.#signs) {
			const since = this.#since.get(sign) ?? Number.POSITIVE_INFINITY;
			const examined = this.#examined.get(sign);
			const isNew = examined === undefined || amount >= examined.amount * muchMore;
			due = Math.min(due, Math.max(since + settle, isNew ? this.#endedAt + least : examined.at + examined.wait));
		}
		return due;
	}
}
