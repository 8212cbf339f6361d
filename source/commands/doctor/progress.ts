/** A line for each step: on a terminal it is written over while the step runs, elsewhere it comes when the step is done. */
import type { Progress } from '../../diagnose/examine.ts';
import { probeQuestions, stepTitles } from '../../messages/en/doctor/probes.ts';

export class ProgressLines {
	readonly #write: (text: string) => void;
	readonly #isTerminal: boolean;
	readonly #width: number;
	readonly #running = new Set<string>();
	/** The worst answer of the step. */
	#mark: '✓' | '▲' | '✖' = '✓';

	constructor(write: (text: string) => void, isTerminal: boolean, width: number) {
		this.#write = write;
		this.#isTerminal = isTerminal;
		this.#width = width;
	}

	show(progress: Progress): void {
		if (progress.type === 'asking') {
			this.#running.add(progress.probe);
			this.#overwrite(progress.step);
		} else if (progress.type === 'answered') {
			const { answer, probe, step } = progress;
			this.#running.delete(probe);
			if (answer.outcome === 'failed' || answer.outcome === 'timed-out' || answer.status >= 500) {
				this.#mark = '✖';
			} else if (answer.status >= 400 && this.#mark === '✓') {
				this.#mark = '▲';
			}
			this.#overwrite(step);
		} else {
			if (progress.probes.length > 0) {
				const count = progress.probes.length === 1 ? '' : ` (${progress.probes.length} questions)`;
				const line = `${this.#mark} ${stepTitles[progress.step]}${count}`;
				this.#write(`${this.#isTerminal ? '\r\x1b[K' : ''}${line}\n`);
			}
			this.#mark = '✓';
		}
	}

	#overwrite(step: string): void {
		const [probe] = [...this.#running];
		if (this.#isTerminal && probe !== undefined) {
			const line = `… ${stepTitles[step]}: ${probeQuestions[probe]}`;
			this.#write(`\r\x1b[K${line.slice(0, Math.max(10, this.#width - 1))}`);
		}
	}
}
