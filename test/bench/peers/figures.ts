/** What was found of one program: values by what they are, `what|unit`, or why there are none. */

/** Nobody waits longer for all rows than this, ms. */
export const limit = 300_000;

export class Figures {
	readonly #values = new Map<string, number[]>();
	readonly #missing = new Map<string, string>();

	add(what: string, ...values: number[]): void {
		this.#values.set(what, [...this.of(what), ...values]);
	}

	/** What to say in place of values. */
	lack(what: string, why: string): void {
		this.#missing.set(what, why);
	}

	of(what: string): readonly number[] {
		return this.#values.get(what) ?? [];
	}

	why(what: string): string | undefined {
		return this.#missing.get(what);
	}

	get whats(): string[] {
		return [...new Set([...this.#values.keys(), ...this.#missing.keys()])];
	}
}

/** What was asked for came in time, or there is a row that says what did not. */
export async function within(figures: Figures, what: string, wait: Promise<number>, most = limit): Promise<number> {
	try {
		const value = await wait;
		figures.add(what, value);
		return value;
	} catch {
		figures.lack(what, `not within ${most / 1000} s`);
		return Number.NaN;
	}
}

/** Whoever waits for minutes sees for what. */
export function tell(text: string): void {
	process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
}
