/** A terminal's screen as SVG: text in runs of equal style, block and box characters as shapes, so that no font shifts them. */
import type { IBufferCell, Terminal } from '@xterm/headless';

const cellWidth = 9;
const cellHeight = 18;
const baseline = 13.5;
const background = '#10141a';
const foreground = '#d3d7de';

/** xterm's first 16 colours, toned for a dark page. */
const palette = [
	'#1c2128',
	'#f0716b',
	'#7bc275',
	'#e0b458',
	'#6ca6f0',
	'#c58af0',
	'#5bc0be',
	'#c9d1d9',
	'#6e7681',
	'#ff8a80',
	'#9be28f',
	'#f5cf7a',
	'#8fbcff',
	'#dcb0ff',
	'#7fe0dc',
	'#ffffff',
];

/** One of the 256 colours of a terminal. */
function paletteColour(index: number): string {
	const named = palette[index];
	if (named !== undefined) {
		return named;
	}
	if (index >= 232) {
		const grey = 8 + (index - 232) * 10;
		return `rgb(${grey},${grey},${grey})`;
	}
	const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
	const cube = index - 16;
	return `rgb(${level(Math.floor(cube / 36))},${level(Math.floor(cube / 6) % 6)},${level(cube % 6)})`;
}

interface Style {
	ink: string;
	paper: string;
	bold: boolean;
	dim: boolean;
	underline: boolean;
}

function styleOf(cell: IBufferCell): Style {
	const colour = (isRgb: boolean, isPalette: boolean, value: number, fallback: string) => {
		if (isRgb) {
			return `#${value.toString(16).padStart(6, '0')}`;
		}
		return isPalette ? paletteColour(value) : fallback;
	};
	const ink = colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor(), foreground);
	const paper = colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor(), background);
	const inverse = cell.isInverse() !== 0;
	return {
		ink: inverse ? paper : ink,
		paper: inverse ? ink : paper,
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		underline: cell.isUnderline() !== 0,
	};
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeXml(text: string): string {
	return text.replace(/[&<>"]/g, (character) => escapes[character] ?? '');
}

function rectangle(x: number, y: number, width: number, height: number, fill: string, opacity = 1): string {
	return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"${opacity === 1 ? '' : ` opacity="${opacity}"`}/>`;
}

/** Arms of a box-drawing character: left, right, up, down. */
const boxes: Readonly<Record<string, string>> = {
	'─': 'lr',
	'│': 'ud',
	'┌': 'rd',
	'┐': 'ld',
	'└': 'ru',
	'┘': 'lu',
	'├': 'udr',
	'┤': 'udl',
	'┬': 'lrd',
	'┴': 'lru',
	'┼': 'lrud',
	'╭': 'rd',
	'╮': 'ld',
	'╰': 'ru',
	'╯': 'lu',
	'┈': 'lr',
	'┄': 'lr',
	'╌': 'lr',
};

/** The shape of a block or box character at a cell, '' for a character that is text. */
function shape(character: string, x: number, y: number, ink: string, opacity: number): string {
	const code = character.codePointAt(0) ?? 0;
	if (code >= 0x2581 && code <= 0x2588) {
		const height = ((code - 0x2580) / 8) * cellHeight;
		return rectangle(x, y + cellHeight - height, cellWidth, height, ink, opacity);
	}
	if (code >= 0x2589 && code <= 0x258f) {
		return rectangle(x, y, ((0x2590 - code) / 8) * cellWidth, cellHeight, ink, opacity);
	}
	if (code >= 0x2591 && code <= 0x2593) {
		return rectangle(x, y, cellWidth, cellHeight, ink, (opacity * (code - 0x2590)) / 4);
	}
	const arms = boxes[character];
	if (arms === undefined) {
		return '';
	}
	const middleX = x + cellWidth / 2;
	const middleY = y + cellHeight / 2;
	const ends: Readonly<Record<string, string>> = {
		l: `M${middleX} ${middleY}H${x}`,
		r: `M${middleX} ${middleY}H${x + cellWidth}`,
		u: `M${middleX} ${middleY}V${y}`,
		d: `M${middleX} ${middleY}V${y + cellHeight}`,
	};
	const path = [...arms].map((arm) => ends[arm] ?? '').join('');
	const dashes = '┈┄╌'.includes(character) ? ' stroke-dasharray="2 2"' : '';
	return `<path d="${path}" stroke="${ink}" stroke-width="1" opacity="${opacity}"${dashes}/>`;
}

/** The visible screen as an SVG document; its font is the caller's to supply under the name `DejaVu Sans Mono`. */
export function screenToSvg(terminal: Terminal): string {
	const buffer = terminal.buffer.active;
	const width = terminal.cols * cellWidth;
	const height = terminal.rows * cellHeight;
	const parts: string[] = [rectangle(0, 0, width, height, background)];
	for (let row = 0; row < terminal.rows; row++) {
		const line = buffer.getLine(buffer.viewportY + row);
		if (line === undefined) {
			continue;
		}
		let run = '';
		let runStart = 0;
		let runStyle = '';
		const y = row * cellHeight;
		const flush = () => {
			if (run.trim() !== '') {
				const x = runStart * cellWidth;
				parts.push(
					`<text x="${x}" y="${y + baseline}" textLength="${[...run].length * cellWidth}" xml:space="preserve" ${runStyle}>${escapeXml(run)}</text>`,
				);
			}
			run = '';
		};
		for (let column = 0; column < terminal.cols; column++) {
			const cell = line.getCell(column);
			if (cell === undefined || cell.getWidth() === 0) {
				continue;
			}
			const style = styleOf(cell);
			const x = column * cellWidth;
			const opacity = style.dim ? 0.6 : 1;
			if (style.paper !== background) {
				parts.push(rectangle(x, y, cellWidth * cell.getWidth(), cellHeight, style.paper));
			}
			const character = cell.getChars() || ' ';
			const drawn = shape(character, x, y, style.ink, opacity);
			const attributes = `fill="${style.ink}"${style.bold ? ' font-weight="bold"' : ''}${style.dim ? ' opacity="0.6"' : ''}${style.underline ? ' text-decoration="underline"' : ''}`;
			if (drawn !== '' || attributes !== runStyle || cell.getWidth() !== 1) {
				flush();
				runStart = column;
				runStyle = attributes;
			}
			if (drawn !== '') {
				parts.push(drawn);
				runStart = column + 1;
			} else {
				run += character;
				if (cell.getWidth() !== 1) {
					flush();
					runStart = column + cell.getWidth();
				}
			}
		}
		flush();
	}
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="DejaVu Sans Mono" font-size="14.5">${parts.join('')}</svg>`;
}
