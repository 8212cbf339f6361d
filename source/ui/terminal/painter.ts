/** Paints whole screen lines straight onto the terminal, changed cells only, beside what Ink draws. */
import type { TerminalOutput } from './output.ts';
import { framePatch } from './patch.ts';

export class Painter {
	readonly #output: TerminalOutput;
	#wanted: readonly string[] = [];
	/** What is on the terminal, as far as known. */
	#shown: readonly string[] = [];
	readonly #top: number;
	#frames = 0;

	/** `top` is the screen line (from 0) of the first row. */
	constructor(output: TerminalOutput, top = 0) {
		this.#output = output;
		this.#top = top;
		output.onErased = () => {
			this.#shown = [];
			this.#flush();
		};
		output.onDrained = () => this.#flush();
	}

	/** Frames that were written since the start. */
	get frames(): number {
		return this.#frames;
	}

	/** Shows these rows: at once, or, on a terminal that is still busy reading, when it is done, and then only the newest. */
	paint(rows: readonly string[]): void {
		this.#wanted = rows;
		this.#flush();
	}

	/** The screen has another size: nothing of what was painted is known to be there, or to fit. */
	forget(): void {
		this.#wanted = [];
		this.#shown = [];
	}

	#flush(): void {
		if (this.#wanted.length === 0 || this.#shown === this.#wanted || !this.#output.ready) {
			return;
		}
		const patch = framePatch(this.#shown, this.#wanted, this.#top);
		this.#shown = this.#wanted;
		if (patch !== '') {
			this.#frames++;
			this.#output.write(patch);
		}
	}
}
