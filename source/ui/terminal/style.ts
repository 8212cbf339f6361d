/** SGR (colours and attributes) as numbers: a style has one, and comparing two styles is comparing two numbers. */

/** The style of untouched text. */
export const defaultStyle = 0;

interface Style {
	/** SGR parameters in force, by what they set. */
	set: ReadonlyMap<string, string>;
	/** A blank in it looks otherwise than one in the style of untouched text. */
	showsOnBlank: boolean;
}

const styles: Style[] = [{ set: new Map(), showsOnBlank: false }];
const numbers = new Map<string, number>([['', defaultStyle]]);
const nexts = new Map<string, number>();
const transitions = new Map<number, string>();

/** What is seen where nothing is written. */
const seenOnBlank = ['inverse', 'underline', 'strike', 'background'];

function numberOf(set: ReadonlyMap<string, string>): number {
	const codes = [...set].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code);
	const key = codes.join(';');
	let number = numbers.get(key);
	if (number === undefined) {
		number = styles.length;
		styles.push({ set, showsOnBlank: seenOnBlank.some((name) => set.has(name)) });
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
	let next = nexts.get(key);
	if (next === undefined) {
		next = applied(style, parameters.split(';'));
		nexts.set(key, next);
	}
	return next;
}

/** Whether a blank in this style looks otherwise than one in the style of untouched text. */
export function showsOnBlank(style: number): boolean {
	return styles[style]?.showsOnBlank === true;
}

/** The parameter that switches off what `name` sets; bold and dim have only one between them. */
function endOf(name: string): string {
	return Object.entries(ends).find(([, names]) => names.includes(name))?.[0] ?? '0';
}

/** The shortest sequence that switches from one set to another. */
function shortest(from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): string {
	if (to.size === 0) {
		return '\x1b[m';
	}
	const anew = `\x1b[0;${[...to.values()].join(';')}m`;
	const gone = new Set([...from.keys()].filter((name) => !to.has(name)).map(endOf));
	const isLost = (name: string) => gone.has(endOf(name));
	const begun = [...to].filter(([name, code]) => from.get(name) !== code || isLost(name)).map(([, code]) => code);
	const changed = `\x1b[${[...gone, ...begun].join(';')}m`;
	return changed.length < anew.length ? changed : anew;
}

/** The sequence that switches from one style to another, '' if that is the same. */
export function transition(from: number, to: number): string {
	if (from === to) {
		return '';
	}
	const key = from * 0x1_0000 + to;
	let sequence = transitions.get(key);
	if (sequence === undefined) {
		sequence = shortest(styles[from]?.set ?? new Map(), styles[to]?.set ?? new Map());
		transitions.set(key, sequence);
	}
	return sequence;
}
