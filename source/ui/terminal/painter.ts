/** Paints whole screen lines and the cursor straight onto the terminal, changed cells only: Ink draws nothing then. */
import type { TerminalOutput } from './output.ts';
import { framePatch } from './patch.ts';
import { moveTo } from './row.ts';

/** Cells from the upper left corner of the screen; null while there is none to be seen. */
export type Cursor = { x: number; y: number } | null;

export interface Frame {
	/** The lines of the screen from the first. */
	lines: readonly string[];
	cursor: Cursor;
}

/** Whatever else was on the screen below the frame, when nothing is known of it. */
function eraseBelow(lines: readonly string[]): string {
	return `${moveTo(lines.length, 0)}\x1b[J`;
}

const nothing: Frame = { lines: [], cursor: null };

/** Hidden, it rests at the top, from where no line end of Ink's scrolls. */
function place(cursor: Cursor): string {
	return cursor === null ? '\x1b[?25l\x1b[H' : `${moveTo(cursor.y, cursor.x)}\x1b[?25h`;
}

export class Painter {
	readonly #output: TerminalOutput;
	#wanted = nothing;
	/** What is on the terminal, as far as known; the cursor is undefined where it is not. */
	#shown: { lines: readonly string[]; cursor: Cursor | undefined } = nothing;
	#frames = 0;

	constructor(output: TerminalOutput) {
		this.#output = output;
		output.onRelayed = (erased) => {
			// Where a hidden cursor is makes no difference.
			if (erased || this.#wanted.cursor !== null) {
				this.#shown = { lines: erased ? [] : this.#shown.lines, cursor: undefined };
				this.#flush();
			}
		};
		output.onDrained = () => this.#flush();
	}

	/** Frames that were written since the start. */
	get frames(): number {
		return this.#frames;
	}

	/** Shows this frame: at once, or, on a terminal that is still busy reading, when it is done, and then only the newest. */
	paint(frame: Frame): void {
		this.#wanted = frame;
		this.#flush();
	}

	/** The screen has another size: nothing of what was painted is known to be there, or to fit. */
	forget(): void {
		this.#wanted = nothing;
		this.#shown = { lines: [], cursor: undefined };
	}

	#flush(): void {
		const { lines, cursor } = this.#wanted;
		const shown = this.#shown;
		if (lines.length === 0 || (shown.lines === lines && shown.cursor === cursor) || !this.#output.ready) {
			return;
		}
		const patch = shown.lines === lines ? '' : framePatch(shown.lines, lines, 0);
		this.#shown = { lines, cursor };
		if (patch !== '') {
			this.#frames++;
		}
		const isUnknown = shown.lines.length === 0;
		const bytes =
			(isUnknown ? eraseBelow(lines) : '') + patch + (isUnknown || shown.cursor !== cursor ? place(cursor) : '');
		if (bytes !== '') {
			this.#output.write(bytes);
		}
	}
}
