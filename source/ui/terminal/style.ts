/** SGR (colours and attributes) as numbers: a style has one, and comparing two styles is comparing two numbers. */

/** The style of untouched text. */
export const defaultStyle = 0;

interface Style {
	/** SGR parameters in force, by what they set. */
	set: ReadonlyMap<string, string>;
	/** The sequence that switches to exactly this style from any other. */
	sequence: string;
}

const styles: Style[] = [{ set: new Map(), sequence: '\x1b[m' }];
const numbers = new Map<string, number>([['', defaultStyle]]);
const transitions = new Map<string, number>();

function numberOf(set: ReadonlyMap<string, string>): number {
	const codes = [...set].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code);
	const key = codes.join(';');
	let number = numbers.get(key);
	if (number === undefined) {
		number = styles.length;
		styles.push({ set, sequence: `\x1b[0;${key}m` });
		numbers.set(key, number);
	}
	return number;
}

/** What a simple parameter switches off. */
const ends: Readonly<Record<number, readonly string[]>> = {
	22: ['bold', 'dim'],
	23: ['italic'],
	24: ['underline'],
	25: ['blink'],
	27: ['inverse'],
	28: ['hidden'],
	29: ['strike'],
	39: ['foreground'],
	49: ['background'],
};

/** What a simple parameter switches on. */
const begins: Readonly<Record<number, string>> = {
	1: 'bold',
	2: 'dim',
	3: 'italic',
	4: 'underline',
	5: 'blink',
	7: 'inverse',
	8: 'hidden',
	9: 'strike',
};

function applied(style: number, parameters: readonly string[]): number {
	const set = new Map(styles[style]?.set);
	for (let index = 0; index < parameters.length; index++) {
		const code = Number(parameters[index] ?? 0);
		const begun = begins[code];
		if (code === 0) {
			set.clear();
		} else if (begun !== undefined) {
			set.set(begun, String(code));
		} else if (code === 38 || code === 48) {
			const length = parameters[index + 1] === '5' ? 3 : 5;
			set.set(code === 38 ? 'foreground' : 'background', parameters.slice(index, index + length).join(';'));
			index += length - 1;
		} else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
			set.set('foreground', String(code));
		} else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) {
			set.set('background', String(code));
		} else {
			for (const name of ends[code] ?? []) {
				set.delete(name);
			}
		}
	}
	return numberOf(set);
}

/** The style after an SGR sequence, whose parameters (`1;38;5;74`) come in a style. */
export function styleAfter(style: number, parameters: string): number {
	const key = `${style} ${parameters}`;
	let next = transitions.get(key);
	if (next === undefined) {
		next = applied(style, parameters.split(';'));
		transitions.set(key, next);
	}
	return next;
}

/** The sequence that switches to exactly this style, whichever is in force. */
export function styleSequence(style: number): string {
	return styles[style]?.sequence ?? '\x1b[m';
}
