/** How things look: SGR codes of each tone and the glyphs, chosen once for the terminal at hand. */
import type { Slice } from '../model/ledger.ts';

export type Colour = 'none' | '16' | '256' | 'truecolour';

/**
 * What a piece of text is, not what colour it has. `plain` is the terminal's own colour; `banner` and `alarm` stand
 * out even without colour.
 */
export const tones = [
	'plain',
	'strong',
	'dim',
	'accent',
	'title',
	'good',
	'warning',
	'error',
	'ending',
	'cpu',
	'memory',
	'request',
	'limit',
	'banner',
	'alarm',
	// The slices of usage have their own ids.
	'anon',
	'kernel',
	'socket',
	'remainder',
	'shmem',
	'activeFile',
	'inactiveFile',
] as const;
export type Tone = (typeof tones)[number];

/** Every glyph is one cell wide, except the words. */
export interface Glyphs {
	/** Of the row under the cursor. */
	cursor: string;
	error: string;
	warning: string;
	info: string;
	good: string;
	/** There should be a number, and there is none. */
	missing: string;
	/** Nothing is set, so there is no number. */
	unset: string;
	/** Stands for what was cut off. */
	ellipsis: string;
	ascending: string;
	descending: string;
	/** Between items of a line. */
	dot: string;
	/** Eight steps from low to high. */
	sparks: readonly string[];
	bar: { full: string; requested: string; empty: string; left: string; right: string };
	/** Fills each slice of usage, so that they are told apart without colour. */
	slices: Readonly<Record<Slice['id'], string>>;
	/** What a tool counts of a bar; `loose` is the line of one that counts something else. */
	bracket: { start: string; line: string; loose: string; end: string; beyond: string };
	/** Entries that can be unfolded, and those that are. */
	folded: string;
	unfolded: string;
	/** A horizontal mark across a chart. */
	mark: string;
	/** In asciichart's order: ┼ ┤ ╶ ╴ ─ ╰ ╭ ╮ ╯ │ */
	plot: readonly string[];
	/** Bottom and axis of a chart: corner, line, tick, side. */
	axis: { corner: string; line: string; tick: string; side: string };
	horizontal: string;
	vertical: string;
	/** Meeting of rules, by the bits up 8, right 4, down 2, left 1. */
	junctions: readonly string[];
	above: string;
}

const unicode: Glyphs = {
	cursor: '▸',
	error: '✖',
	warning: '▲',
	info: '·',
	good: '✓',
	missing: '∅',
	unset: '–',
	ellipsis: '…',
	ascending: '▲',
	descending: '▼',
	dot: '·',
	sparks: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
	bar: { full: '█', requested: '▒', empty: '░', left: '▕', right: '▏' },
	slices: {
		anon: '█',
		kernel: '▚',
		socket: '▞',
		remainder: '·',
		shmem: '▓',
		activeFile: '▒',
		inactiveFile: '░',
	},
	bracket: { start: '├', line: '─', loose: '┄', end: '┤', beyond: '→' },
	folded: '+',
	unfolded: '–',
	mark: '┄',
	plot: ['┼', '┤', '╶', '╴', '─', '╰', '╭', '╮', '╯', '│'],
	axis: { corner: '└', line: '─', tick: '┴', side: '│' },
	horizontal: '─',
	vertical: '│',
	junctions: [' ', '─', '│', '┐', '─', '─', '┌', '┬', '│', '┘', '│', '┤', '└', '┴', '├', '┼'],
	above: '↑',
};

const ascii: Glyphs = {
	cursor: '>',
	error: 'X',
	warning: '!',
	info: '.',
	good: '+',
	missing: 'n/a',
	unset: '-',
	ellipsis: '~',
	ascending: '^',
	descending: 'v',
	dot: '-',
	sparks: ['_', '.', ':', '-', '=', '+', '*', '#'],
	bar: { full: '#', requested: '=', empty: '.', left: '[', right: ']' },
	slices: { anon: 'A', kernel: 'K', socket: 'T', remainder: '.', shmem: 'S', activeFile: 'F', inactiveFile: 'i' },
	bracket: { start: '|', line: '-', loose: '.', end: '|', beyond: '>' },
	folded: '+',
	unfolded: '-',
	mark: '.',
	plot: ['+', '|', '-', '-', '-', '`', '.', '.', "'", '|'],
	axis: { corner: '+', line: '-', tick: '+', side: '|' },
	horizontal: '-',
	vertical: '|',
	junctions: [' ', '-', '|', '+', '-', '-', '+', '+', '|', '+', '|', '+', '+', '+', '+', '+'],
	above: '^',
};

/** SGR parameters that begin a tone and those that end it; no code ends more than its own tone, so tones can nest. */
type Codes = readonly [begin: string, end: string];

const foreground = (code: string): Codes => [code, '39'];

/** Attributes are no colours: they stay under NO_COLOR. */
const attributes: Record<Tone, Codes> = {
	plain: ['', ''],
	strong: ['1', '22'],
	dim: ['2', '22'],
	accent: ['', ''],
	title: ['1', '22'],
	good: ['', ''],
	warning: ['', ''],
	error: ['', ''],
	ending: ['', ''],
	cpu: ['', ''],
	memory: ['', ''],
	request: ['', ''],
	limit: ['', ''],
	banner: ['7', '27'],
	alarm: ['7', '27'],
	anon: ['', ''],
	kernel: ['', ''],
	socket: ['', ''],
	remainder: ['2', '22'],
	shmem: ['', ''],
	activeFile: ['', ''],
	inactiveFile: ['', ''],
};

function coloured(colours: { accent: string; good: string; warning: string; error: string; ending: string }) {
	return {
		...attributes,
		accent: foreground(colours.accent),
		title: [`1;${colours.accent}`, '22;39'],
		good: foreground(colours.good),
		warning: foreground(colours.warning),
		error: foreground(colours.error),
		ending: foreground(colours.ending),
		cpu: foreground(colours.accent),
		memory: foreground(colours.good),
		request: foreground(colours.warning),
		limit: foreground(colours.error),
		alarm: [`7;${colours.error}`, '27;39'],
		anon: foreground(colours.accent),
		kernel: foreground(colours.warning),
		socket: foreground(colours.error),
		shmem: foreground(colours.ending),
		activeFile: foreground(colours.good),
		inactiveFile: foreground(colours.good),
	} satisfies Record<Tone, Codes>;
}

/** Middle lightness, so that they can be read on dark and on light grounds alike. */
const palettes: Record<Colour, Record<Tone, Codes>> = {
	none: attributes,
	16: coloured({ accent: '36', good: '32', warning: '33', error: '31', ending: '35' }),
	256: coloured({
		accent: '38;5;74',
		good: '38;5;71',
		warning: '38;5;172',
		error: '38;5;167',
		ending: '38;5;139',
	}),
	truecolour: coloured({
		accent: '38;2;86;156;190',
		good: '38;2;95;158;90',
		warning: '38;2;202;132;24',
		error: '38;2;212;84;84',
		ending: '38;2;168;126;170',
	}),
};

export interface Theme {
	colour: Colour;
	glyphs: Glyphs;
	/** The terminal shows nothing but ASCII, so our messages have to do without typography. */
	ascii: boolean;
	/** Begins and ends each tone; both are empty where the tone looks like any text. */
	sequences: Readonly<Record<Tone, readonly [begin: string, end: string]>>;
	/** Begins and ends reverse video. */
	reverse: readonly [begin: string, end: string];
}

/** The theme for a terminal with these colours and these glyphs. */
export function makeTheme(options: { colour: Colour; glyphs: 'unicode' | 'ascii' }): Theme {
	const palette = palettes[options.colour];
	const sequence = ([begin, end]: Codes): readonly [string, string] =>
		begin === '' ? ['', ''] : [`\u001B[${begin}m`, `\u001B[${end}m`];
	return {
		colour: options.colour,
		glyphs: options.glyphs === 'ascii' ? ascii : unicode,
		ascii: options.glyphs === 'ascii',
		sequences: Object.fromEntries(tones.map((tone) => [tone, sequence(palette[tone])])) as Theme['sequences'],
		reverse: ['\u001B[7m', '\u001B[27m'],
	};
}

/** Text in a tone, which ends with the text. */
export function paint(theme: Theme, tone: Tone, text: string): string {
	const [begin, end] = theme.sequences[tone];
	return begin === '' || text === '' ? text : begin + text + end;
}
