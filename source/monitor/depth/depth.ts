/** The one subject that the screen shows the ledger of; without one this costs nothing. */
import type { Subject, SubjectLedger } from '../messages.ts';
import type { DepthReader } from './reader.ts';
import { type Pace, SubjectWatch } from './subject-watch.ts';

const usualPace: Pace = { far: 12_000, near: 2_000, inside: 60_000 };

export class Depth {
	readonly #reader: DepthReader;
	readonly #post: (message: SubjectLedger) => void;
	readonly #pace: Pace;
	#subject: Subject | null = null;
	#watch: SubjectWatch | null = null;

	constructor(reader: DepthReader, post: (message: SubjectLedger) => void, pace: Pace = usualPace) {
		this.#reader = reader;
		this.#post = post;
		this.#pace = pace;
	}

	/** Follows this subject from now on, and the one before no longer; null: none. */
	look(subject: Subject | null): void {
		if (subject?.kind === this.#subject?.kind && subject?.uid === this.#subject?.uid) {
			return;
		}
		this.#watch?.stop();
		this.#subject = subject;
		this.#watch = subject === null ? null : new SubjectWatch(subject, this.#reader, this.#pace, this.#post);
		void this.#watch?.run();
	}

	refresh(): void {
		this.#watch?.refresh();
	}

	/** Starts a program in the subject that is looked at, to read it from its inside. */
	readInside(): void {
		void this.#watch?.readInside();
	}

	close(): void {
		this.look(null);
	}
}
