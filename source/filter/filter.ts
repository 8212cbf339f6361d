/**
 * What is typed after `/`: k9s' grammar, and comparisons.
 *
 * ```
 * filter     = term { (" " | "&&") term }          all terms must hold
 * term       = ["!"] (text | "-f" word | field operator value) | "-l" selector
 * text       a regular expression in any case, searched in the row's text; plain text if it is not a valid one
 * !text      rows that do not match
 * -f word    rows with a word that has these letters in this order, in any case
 * -l app=x   label selector as kubectl takes it; the API server applies it
 * field      cpu mem cpu%r cpu%l mem%r mem%l mem%a restarts age status node ns …: `filterFieldNames`
 * operator   numbers: > >= < <= = != ; words: = != (equal in any case), ~ !~ (regular expression in any case)
 * value      500m, 1Gi, 90 or 90%, 10m or 3d12h, Running …
 * ```
 *
 * Around an operator there may be a space on both sides. A row without a number for a field (no sample, no limit)
 * matches no comparison with it, neither `cpu<1` nor `!cpu<1`. A term that is not understood narrows nothing down:
 * while one is being typed the list must not flicker, and `error` says what is wrong.
 */
import {
	noSuchField,
	notALabelSelector,
	notARegularExpression,
	nothingAfter,
	noValue,
	numbersHaveNoPattern,
	wordsHaveNoOrder,
} from '../messages/en/filter.ts';
import { type FilterField, filterField, filterFieldNames, parseFieldValue } from './fields.ts';
import { endOfLabelSelector } from './label-selector.ts';

/** One row, as the filter asks it. Fields are ids of columns. */
export interface FilterSubject {
	/** What a term without a field searches. */
	text(): string;
	/** A number of the row in the column's unit, NaN if it has none. */
	number(field: string): number;
	/** A word of the row, '' if it has none. */
	word(field: string): string;
}

export interface Filter {
	/** For the API server, '' for none. Several `-l` are joined by commas. */
	labelSelector: string;
	/** What is wrong with the first term that is not understood, '' if nothing. */
	error: string;
	/** Whether a row passes all terms, except the label selector. */
	matches: (subject: FilterSubject) => boolean;
	/**
	 * The terms, if each is a plain word that can be searched in the parts of a row's text one by one: blanks and slashes
	 * join those, and no word has them. null if any term is more than that.
	 */
	words: readonly PlainWord[] | null;
	/** Words that each row that passes has in its text, in any case: a quick search for them spares most rows the terms. */
	needed: readonly RegExp[];
}

export interface PlainWord {
	pattern: RegExp;
	negated: boolean;
}

type Predicate = (subject: FilterSubject) => boolean;

const separator = /(?:\s|&&)+/y;
const word = /(?:(?!&&)\S)+/y;
/** With spaces on both sides of the operator, or on none. */
const comparison = /([A-Za-z%][\w%/-]*)(?:\s+(>=|<=|==|!=|=~|!~|[<>=~])\s+|(>=|<=|==|!=|=~|!~|[<>=~]))((?:(?!&&)\S)*)/y;

/** Reads a filter. Never throws, whatever is typed. */
export function parseFilter(text: string): Filter {
	return new Parser(text).parse();
}

/** Whether whatever passes the first filter passes the second one too, as far as that is told from their words. */
export function isNarrower({ needed }: Filter, { words }: Filter): boolean {
	return (
		words?.every(
			({ negated, pattern }) =>
				!negated && needed.some(({ source }) => source.toLowerCase().includes(pattern.source.toLowerCase())),
		) === true
	);
}

class Parser {
	readonly #text: string;
	#position = 0;
	#error = '';
	readonly #selectors: string[] = [];
	readonly #predicates: Predicate[] = [];
	readonly #words: PlainWord[] = [];
	readonly #needed: RegExp[] = [];

	constructor(text: string) {
		this.#text = text;
	}

	parse(): Filter {
		this.#take(separator);
		while (this.#position < this.#text.length) {
			const predicate = this.#term();
			if (predicate !== null) {
				this.#predicates.push(predicate);
			}
			this.#take(separator);
		}
		const predicates = this.#predicates;
		return {
			labelSelector: this.#selectors.join(','),
			error: this.#error,
			matches: (subject) => predicates.every((holds) => holds(subject)),
			words: this.#words.length === predicates.length ? this.#words : null,
			needed: this.#needed,
		};
	}

	/** What the sticky pattern matches here, and moves behind it. */
	#take(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.#position;
		const match = pattern.exec(this.#text);
		if (match !== null) {
			this.#position = pattern.lastIndex;
		}
		return match;
	}

	#term(): Predicate | null {
		if (this.#text.startsWith('-l', this.#position)) {
			this.#labelSelector();
			return null;
		}
		let negated = false;
		while (this.#text[this.#position] === '!') {
			negated = !negated;
			this.#position++;
			this.#take(/\s+/y);
		}
		if (this.#position >= this.#text.length) {
			return this.#fail(nothingAfter('!'));
		}
		if (this.#text.startsWith('-f', this.#position)) {
			return this.#fuzzy(negated);
		}
		const compared = this.#comparison(negated);
		return compared === undefined ? this.#plainText(negated) : compared;
	}

	#fail(error: string): null {
		this.#error ||= error;
		return null;
	}

	#labelSelector(): void {
		this.#position += '-l'.length;
		this.#take(/\s+/y);
		const end = endOfLabelSelector(this.#text, this.#position);
		if (end >= 0) {
			this.#selectors.push(this.#text.slice(this.#position, end));
			this.#position = end;
			return;
		}
		const rest = this.#take(word)?.[0] ?? '';
		this.#fail(rest === '' ? nothingAfter('-l') : notALabelSelector(rest));
	}

	#fuzzy(negated: boolean): Predicate | null {
		this.#position += '-f'.length;
		this.#take(/\s+/y);
		const letters = this.#take(word)?.[0];
		if (letters === undefined) {
			return this.#fail(nothingAfter('-f'));
		}
		const wanted = [...letters].map((letter) => letter.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&'));
		// Between two letters comes anything but the second one, so that no row makes it go back.
		const pattern = new RegExp(wanted.map((letter) => `(?:(?!${letter})\\S)*${letter}`).join(''), 'iu');
		return (subject) => pattern.test(subject.text()) !== negated;
	}

	/** Undefined: what stands here is no comparison. */
	#comparison(negated: boolean): Predicate | null | undefined {
		const start = this.#position;
		const match = this.#take(comparison);
		if (match === null) {
			return undefined;
		}
		const [whole, name = '', spaced, tight, value = ''] = match;
		const operator = spaced ?? tight ?? '';
		const field = filterField(name);
		if (field === undefined) {
			if (operator.startsWith('<') || operator.startsWith('>')) {
				return this.#fail(noSuchField(name, filterFieldNames));
			}
			// Text may well contain an equals sign or a tilde.
			this.#position = start;
			return undefined;
		}
		return field.kind === 'word'
			? this.#compareWord(name, field, operator, value, negated)
			: this.#compareNumber(name, field, operator, value, negated, whole);
	}

	#compareWord(name: string, field: FilterField, operator: string, value: string, negated: boolean): Predicate | null {
		const read = (subject: FilterSubject) => firstWord(subject, field.columns);
		switch (operator) {
			case '=':
			case '==':
			case '!=': {
				const wanted = value.toLowerCase();
				const expected = (operator !== '!=') !== negated;
				return (subject) => (read(subject).toLowerCase() === wanted) === expected;
			}
			case '~':
			case '=~':
			case '!~': {
				const test = this.#pattern(value);
				const expected = (operator !== '!~') !== negated;
				return (subject) => test(read(subject)) === expected;
			}
			default:
				return this.#fail(wordsHaveNoOrder(name, operator));
		}
	}

	#compareNumber(
		name: string,
		field: FilterField,
		operator: string,
		text: string,
		negated: boolean,
		whole: string,
	): Predicate | null {
		const compare = numberOperators.get(operator);
		if (field.kind === 'word' || compare === undefined) {
			return this.#fail(numbersHaveNoPattern(name, operator));
		}
		if (text === '') {
			return this.#fail(noValue(whole.trim()));
		}
		const parsed = parseFieldValue(name, field.kind, text);
		if ('error' in parsed) {
			return this.#fail(parsed.error);
		}
		return (subject) => {
			const value = firstNumber(subject, field.columns);
			return !Number.isNaN(value) && compare(value, parsed.value) !== negated;
		};
	}

	#plainText(negated: boolean): Predicate {
		const text = this.#take(word)?.[0] ?? '';
		const test = this.#pattern(text);
		if (/^[\w-]+$/.test(text)) {
			this.#words.push({ pattern: new RegExp(text, 'i'), negated });
		}
		const needed = negated ? '' : neededWord(text);
		if (needed !== '') {
			this.#needed.push(new RegExp(needed, 'i'));
		}
		return (subject) => test(subject.text()) !== negated;
	}

	/** Searches for a regular expression in any case, or for the text itself if it is not one. */
	#pattern(source: string): (text: string) => boolean {
		try {
			const pattern = new RegExp(source, 'i');
			return (text) => pattern.test(text);
		} catch (error) {
			this.#fail(notARegularExpression(source, reasonOf(error)));
			const wanted = source.toLowerCase();
			return (text) => text.toLowerCase().includes(wanted);
		}
	}
}

/** The longest word that whatever matches a simple regular expression has in it, '' where that is not easily told. */
function neededWord(source: string): string {
	if (/[|()[\]{}\\]/.test(source)) {
		return '';
	}
	let longest = '';
	for (const [run = ''] of source.matchAll(/[\w-]+[*?]?/g)) {
		// A character that may be absent is not needed.
		const certain = /[*?]$/.test(run) ? run.slice(0, -2) : run;
		longest = certain.length > longest.length ? certain : longest;
	}
	return longest;
}

const numberOperators: ReadonlyMap<string, (a: number, b: number) => boolean> = new Map([
	['>', (a: number, b: number) => a > b],
	['>=', (a: number, b: number) => a >= b],
	['<', (a: number, b: number) => a < b],
	['<=', (a: number, b: number) => a <= b],
	['=', (a: number, b: number) => a === b],
	['==', (a: number, b: number) => a === b],
	['!=', (a: number, b: number) => a !== b],
]);

function firstNumber(subject: FilterSubject, columns: readonly string[]): number {
	for (const column of columns) {
		const value = subject.number(column);
		if (!Number.isNaN(value)) {
			return value;
		}
	}
	return Number.NaN;
}

function firstWord(subject: FilterSubject, columns: readonly string[]): string {
	for (const column of columns) {
		const value = subject.word(column);
		if (value !== '') {
			return value;
		}
	}
	return '';
}

/** V8 says `Invalid regular expression: /(/i: Unterminated group`: the last part is for people. */
function reasonOf(error: unknown): string {
	const message = error instanceof Error ? error.message : '';
	return message.slice(message.lastIndexOf(': ') + 1).trim();
}
