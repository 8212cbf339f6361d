/** Our own typography in ASCII, for terminals that have nothing else; each character stays one cell. */

const replacements: Readonly<Record<string, string>> = {
	'…': '~',
	'–': '-',
	'’': "'",
	'‘': "'",
	'“': '"',
	'”': '"',
	'·': '-',
	'∅': '?',
	'✖': 'X',
	'▲': '!',
	'█': '#',
	'▄': '-',
	'⏎': '^',
	'⎋': '<',
	'↑': '^',
	'↓': 'v',
	'←': '<',
	'→': '>',
	'−': '-',
	'≥': '>',
	'≤': '<',
	'≈': '~',
	Σ: 'S',
	Δ: 'd',
	'⌊': '[',
	'⌋': ']',
	'⌈': '[',
	'⌉': ']',
	'²': '2',
	'⁰': '0',
};

const pattern = new RegExp(`[${Object.keys(replacements).join('')}]`, 'g');

export function toAscii(text: string): string {
	return text.replace(pattern, (character) => replacements[character] ?? character);
}
