/** Follows one subject in depth as long as it is on screen: what is far calmly, this machine closely, each never twice at a time. */
import { makeLedger } from '../../explain/ledger.ts';
import { depthText } from '../../messages/en/ledger-screen.ts';
import type { Ledger } from '../../model/ledger.ts';
import { Readings } from '../../model/reading.ts';
import { subjectKey } from '../../model/subject.ts';
import { Waker } from '../follow/waker.ts';
import type { Subject, SubjectLedger } from '../messages.ts';
import { Earlier } from './earlier.ts';
import { type DepthReader, type FarPart, Gone, type NearPart, type Target } from './reader.ts';
import { SliceRing } from './slice-ring.ts';

/** ms between two readings. */
export interface Pace {
	/** A kubelet measures every 10 to 15 s. */
	far: number;
	near: number;
	/** For so long what was read from the inside is shown; nobody reads it again by himself. */
	inside: number;
}

export class SubjectWatch {
	readonly #subject: Subject;
	readonly #reader: DepthReader;
	readonly #pace: Pace;
	readonly #post: (message: SubjectLedger) => void;
	readonly #abort = new AbortController();
	readonly #farWaker = new Waker();
	readonly #nearWaker = new Waker();
	readonly #earlier = new Earlier();
	readonly #ring = new SliceRing();
	#target: Target | null = null;
	#far: FarPart | null = null;
	#near: NearPart | null = null;
	#inside: NearPart | null = null;
	#insideReadAt = Number.NEGATIVE_INFINITY;
	#isReadingInside = false;
	/** Why the newest question brought nothing, '' if it did. */
	#failure = '';
	/** The key that was looked for on this machine last. */
	#soughtFor = '';

	constructor(subject: Subject, reader: DepthReader, pace: Pace, post: (message: SubjectLedger) => void) {
		this.#subject = subject;
		this.#reader = reader;
		this.#pace = pace;
		this.#post = post;
	}

	async run(): Promise<void> {
		const { signal } = this.#abort;
		while (!signal.aborted) {
			await this.#readFar();
			if (signal.aborted) {
				return;
			}
			// Where it is read closely, that reading follows at once.
			if (this.#near === null && !this.#isOnlyNear()) {
				this.#publish();
			}
			void this.#followNear();
			await this.#farWaker.sleep(this.#pace.far, signal);
		}
	}

	/** Reads now what is read anyway. */
	refresh(): void {
		this.#farWaker.wake();
		this.#nearWaker.wake();
	}

	async readInside(): Promise<void> {
		const { signal } = this.#abort;
		const target = this.#reader.target(this.#subject);
		if (target === null || this.#reader.readInside === undefined || this.#isReadingInside) {
			return;
		}
		this.#isReadingInside = true;
		try {
			this.#inside = await this.#reader.readInside(target, signal);
		} catch (error) {
			this.#inside = { readings: [], previous: [], versions: {}, problems: [messageOf(error)] };
		}
		this.#isReadingInside = false;
		if (!signal.aborted) {
			this.#insideReadAt = Date.now();
			this.#earlier.add(this.#inside.previous);
			this.#earlier.add(this.#inside.readings);
			this.#publish();
		}
	}

	stop(): void {
		this.#abort.abort();
	}

	async #readFar(): Promise<void> {
		this.#target = this.#reader.target(this.#subject);
		if (this.#target === null) {
			this.#forget();
			return;
		}
		try {
			this.#far = await this.#reader.readFar(this.#target, this.#abort.signal);
			this.#earlier.add(this.#far.readings);
			this.#failure = '';
		} catch (error) {
			if (error instanceof Gone) {
				this.#forget();
			} else {
				// What was read before stays, with its age.
				this.#failure = messageOf(error);
			}
		}
	}

	#forget(): void {
		this.#far = null;
		this.#near = null;
		this.#inside = null;
		this.#soughtFor = '';
		this.#failure = depthText.gone;
	}

	/** Until it is no longer here. What was not found is not looked for again under the same key. */
	async #followNear(): Promise<void> {
		const [far, target] = [this.#far, this.#target];
		if (far === null || target === null || far.key === '' || far.key === this.#soughtFor) {
			return;
		}
		this.#soughtFor = far.key;
		const { signal } = this.#abort;
		const isWanted = () => !signal.aborted && this.#soughtFor === far.key;
		const read = await this.#reader.findNear(target, far);
		while (read !== undefined && isWanted()) {
			const part = await read(signal);
			if (!isWanted()) {
				return;
			}
			this.#near = part;
			this.#earlier.add([...(part?.previous ?? []), ...(part?.readings ?? [])]);
			this.#publish();
			if (part === null) {
				return;
			}
			await this.#nearWaker.sleep(this.#pace.near, signal);
		}
	}

	/** Of a subject of this machine nothing is far: its first reading is a close one. */
	#isOnlyNear(): boolean {
		return this.#failure === '' && this.#far !== null && this.#far.readings.length === 0 && this.#far.key !== '';
	}

	#publish(): void {
		if (Date.now() - this.#insideReadAt > this.#pace.inside) {
			this.#inside = null;
		}
		const ledger = this.#makeLedger();
		this.#ring.add(this.#reader.now(), ledger?.slices ?? []);
		const problems = [this.#failure, ...[this.#far, this.#near, this.#inside].flatMap((part) => part?.problems ?? [])];
		this.#post({
			type: 'ledger',
			subject: this.#subject,
			ledger,
			problems: problems.filter((sentence) => sentence !== ''),
			every: this.#near === null ? this.#pace.far : this.#pace.near,
			history: this.#ring.read(),
		});
	}

	#makeLedger(): Ledger | null {
		const [far, target] = [this.#far, this.#target];
		const [near, inside] = [this.#near, this.#inside];
		const readings = [far, near, inside].flatMap((part) => part?.readings ?? []);
		if (far === null || target === null || readings.length === 0) {
			return null;
		}
		const ledger = makeLedger(
			subjectKey(target.subject),
			target.kind,
			new Readings(readings),
			{ ...far.versions, ...inside?.versions, ...near?.versions },
			this.#earlier.readings(),
		);
		// Those of parts are in the claims that are made of them; a node has hundreds.
		return { ...ledger, readings: ledger.readings.filter(({ part }) => part === undefined) };
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
