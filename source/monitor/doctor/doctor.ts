/**
 * The doctor beside the monitor: sent for when the monitor meets something that it can explain, never on a healthy
 * cluster; one examination at a time, and again more and more seldom while nothing changes.
 */
import { Agenda, type DoctorPace } from './agenda.ts';
import { type Explained, joined } from './join.ts';
import { type OwnFinding, signsAmong, signsOf } from './signs.ts';

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
	readonly #agenda: Agenda;
	#explained: readonly Explained[] = [];
	#run: AbortController | null = null;
	#timer: NodeJS.Timeout | undefined;
	#stopped = false;

	constructor(options: DoctorOptions) {
		this.#options = options;
		this.#agenda = new Agenda({ ...usualPace, ...options.pace });
	}

	get examining(): boolean {
		return this.#run !== null;
	}

	/** Looks at what the monitor has found by itself, and gives it back with what the doctor knows of it. */
	consider(findings: readonly OwnFinding[]): OwnFinding[] {
		const signs = signsOf(signsAmong(findings));
		this.#agenda.see(signs, performance.now());
		if (signs.size === 0) {
			this.#run?.abort();
			this.#explained = [];
		}
		this.#plan();
		return joined(findings, this.#explained);
	}

	/** Examines again now, if there is anything to examine. */
	refresh(): void {
		this.#agenda.forget();
		this.#plan();
	}

	stop(): void {
		this.#stopped = true;
		clearTimeout(this.#timer);
		this.#run?.abort();
	}

	#plan(): void {
		clearTimeout(this.#timer);
		const { due } = this.#agenda;
		// The one that is under way sees to it that another follows.
		if (due !== Number.POSITIVE_INFINITY && this.#run === null && !this.#stopped) {
			this.#timer = setTimeout(() => void this.#examine(), Math.max(0, due - performance.now()));
		}
	}

	async #examine(): Promise<void> {
		const { changed, examine } = this.#options;
		const { signs } = this.#agenda;
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
		this.#agenda.ended(run.signal.aborted ? new Map() : signs, performance.now());
		changed();
		this.#plan();
	}
}
