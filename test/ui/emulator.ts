/** A terminal in memory: what programs write goes in, what a person would see comes out. */
import xterm from '@xterm/headless';

export interface Cell {
	text: string;
	/** Colours and attributes in one comparable string; of a blank, those that are seen. */
	style: string;
}

export class Emulator {
	readonly terminal: InstanceType<typeof xterm.Terminal>;

	constructor(columns: number, rows: number) {
		this.terminal = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, scrollback: 0 });
	}

	/** Resolves when the bytes have been taken in. */
	write(bytes: string): Promise<void> {
		return new Promise((resolve) => this.terminal.write(bytes, resolve));
	}

	resize(columns: number, rows: number): void {
		this.terminal.resize(columns, rows);
	}

	/** The text of each line, without blanks at its end. */
	lines(): string[] {
		const { active } = this.terminal.buffer;
		return Array.from(
			{ length: this.terminal.rows },
			(_, line) =>
				active
					.getLine(active.baseY + line)
					?.translateToString(true, 0, this.terminal.cols)
					.trimEnd() ?? '',
		);
	}

	text(): string {
		return this.lines().join('\n');
	}

	/** All cells, line by line. */
	cells(): Cell[][] {
		const { active } = this.terminal.buffer;
		return Array.from({ length: this.terminal.rows }, (_, line) => {
			const row = active.getLine(active.baseY + line);
			return Array.from({ length: this.terminal.cols }, (_, column) => {
				const cell = row?.getCell(column);
				const text = cell?.getChars() || (cell?.getWidth() === 0 ? '' : ' ');
				const background = [cell?.getBgColorMode(), cell?.getBgColor(), cell?.isInverse(), cell?.isUnderline()];
				const foreground = [cell?.getFgColorMode(), cell?.getFgColor(), cell?.isBold(), cell?.isDim()];
				const isSeen = text !== ' ' || cell?.isInverse() !== 0 || cell.isUnderline() !== 0;
				return { text, style: [...background, ...(isSeen ? foreground : [])].join(' ') };
			});
		});
	}

	get isAlternate(): boolean {
		return this.terminal.buffer.active.type === 'alternate';
	}

	get isCursorHidden(): boolean {
		// Not in the public API of xterm.js; the mode is kept by its core.
		const { _core: core } = this.terminal as unknown as {
			_core: { coreService: { isCursorHidden: boolean } };
		};
		return core.coreService.isCursorHidden;
	}

	get cursor(): { x: number; y: number } {
		const { cursorX, cursorY } = this.terminal.buffer.active;
		return { x: cursorX, y: cursorY };
	}

	dispose(): void {
		this.terminal.dispose();
	}
}
