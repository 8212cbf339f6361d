/**
 * The doctor beside the monitor: sent for when the monitor meets something that it can explain, never on a healthy
 * cluster; one examination at a time, and again more and more seldom while nothing changes.
 */
import { findingKey } from '../../model/finding.ts';
import { type Explained, joined } from './join.ts';
import { type OwnFinding, signsAmong } from './signs.ts';

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

const usualPace: DoctorPace = { settle: 1_500, again: 30_000, seldom: 300_000, least: 10_000 };

export interface DoctorOptions {
	/** Rejects when aborted; whatever else it rejects with is no finding. */
	examine(signal: AbortSignal): Promise<readonly Explained[]>;
	/** Called when an examination begins and when it ends. */
	changed(): void;
	pace?: Partial<DoctorPace>;
}

export class Doctor {
	readonly #options: DoctorOptions;
	readonly #pace: DoctorPace;
	/** What it is sent for; '' while all is well. */
	#signs = '';
	#explained: readonly Explained[] = [];
	#run: AbortController | null = null;
	#timer: NodeJS.Timeout | undefined;
	#wait: number;
	#endedAt = Number.NEGATIVE_INFINITY;
	#stopped = false;

	constructor(options: DoctorOptions) {
		this.#options = options;
		this.#pace = { ...usualPace, ...options.pace };
		this.#wait = this.#pace.again;
	}

	get examining(): boolean {
		return this.#run !== null;
	}

	/** Looks at what the monitor has found by itself, and gives it back with what the doctor knows of it. */
	consider(findings: readonly OwnFinding[]): OwnFinding[] {
		this.#see(signsAmong(findings).map(findingKey).toSorted().join('\n'));
		return joined(findings, this.#explained);
	}

	/** Examines again now, if there is anything to examine. */
	refresh(): void {
		if (this.#signs !== '') {
			this.#wait = this.#pace.again;
			this.#examineIn(0);
		}
	}

	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
		this.#run?.abort();
	}

	#see(signs: string): void {
		if (signs === this.#signs) {
			return;
		}
		this.#signs = signs;
		this.#wait = this.#pace.again;
		if (signs === '') {
			clearTimeout(this.#timer);
			this.#run?.abort();
			this.#explained = [];
			return;
		}
		this.#examineIn(Math.max(this.#pace.settle, this.#endedAt + this.#pace.least - performance.now()));
	}

	#examineIn(delay: number): void {
		clearTimeout(this.#timer);
		if (!this.#stopped) {
			this.#timer = setTimeout(() => void this.#examine(), delay);
		}
	}

	async #examine(): Promise<void> {
		// The one that is under way sees to it that another follows where something changed.
		if (this.#run !== null) {
			return;
		}
		const { changed, examine } = this.#options;
		const signs = this.#signs;
		const run = new AbortController();
		this.#run = run;
		changed();
		try {
			const explained = await examine(run.signal);
			this.#explained = run.signal.aborted ? [] : explained;
		} catch {
			// What was found before is worth more than nothing, and the next examination comes.
		}
		this.#run = null;
		this.#endedAt = performance.now();
		changed();
		if (this.#signs === '' || this.#stopped) {
			return;
		}
		const hasChanged = signs !== this.#signs;
		this.#examineIn(hasChanged ? this.#pace.least : this.#wait);
		this.#wait = hasChanged ? this.#wait : Math.min(this.#wait * 2, this.#pace.seldom);
	}
}
