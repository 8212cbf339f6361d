/** What the terminal at hand can show, told from the environment alone. */
import type { Colour } from '../theme.ts';

export interface Capabilities {
	colour: Colour;
	glyphs: 'unicode' | 'ascii';
	/** A screen can be drawn: it is a terminal, and one that can move its cursor. */
	interactive: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** FORCE_COLOR as Node and supports-color read it; undefined if it says nothing. */
function forcedColour(value: string | undefined): Colour | undefined {
	switch (value) {
		case undefined:
			return undefined;
		case '0':
		case 'false':
			return 'none';
		case '2':
			return '256';
		case '3':
			return 'truecolour';
		default:
			return '16';
	}
}

function colourOf(environment: Environment, isTTY: boolean): Colour {
	const term = environment['TERM'] ?? '';
	const forced = forcedColour(environment['FORCE_COLOR']);
	if (forced !== undefined) {
		return forced;
	}
	// https://no-color.org: present and not empty, whatever its value.
	if (!isTTY || (environment['NO_COLOR'] ?? '') !== '' || term === 'dumb' || /^vt[12]\d\d/.test(term)) {
		return 'none';
	}
	if (/^(?:truecolor|24bit)$/i.test(environment['COLORTERM'] ?? '') || /-(?:direct|truecolor)$/.test(term)) {
		return 'truecolour';
	}
	return /-256(?:color)?$/i.test(term) ? '256' : '16';
}

function glyphsOf(environment: Environment): Capabilities['glyphs'] {
	// Fonts of the kernel's console and of real terminals have neither blocks of eight heights nor most lines.
	if (/^(?:linux|dumb|vt\d+|cons\d+)/.test(environment['TERM'] ?? '')) {
		return 'ascii';
	}
	// POSIX: the first of these that is set and not empty decides the character set.
	const locale = [environment['LC_ALL'], environment['LC_CTYPE'], environment['LANG']].find(
		(value) => value !== undefined && value !== '',
	);
	if (locale !== undefined) {
		return /utf-?8/i.test(locale) ? 'unicode' : 'ascii';
	}
	// Nothing is set, which in POSIX means plain ASCII; terminals of these kinds speak nothing but UTF-8.
	const modern = [
		'WT_SESSION',
		'KITTY_WINDOW_ID',
		'ALACRITTY_WINDOW_ID',
		'WEZTERM_PANE',
		'VTE_VERSION',
		'TERM_PROGRAM',
	];
	return modern.some((name) => (environment[name] ?? '') !== '') ? 'unicode' : 'ascii';
}

/**
 * Reads `FORCE_COLOR`, `NO_COLOR`, `COLORTERM`, `TERM` and the locale. `isTTY` says whether standard output is a
 * terminal. `FORCE_COLOR` beats `NO_COLOR`, as in Node.
 */
export function capabilities(environment: Environment, isTTY: boolean): Capabilities {
	return {
		colour: colourOf(environment, isTTY),
		glyphs: glyphsOf(environment),
		interactive: isTTY && environment['TERM'] !== 'dumb',
	};
}
