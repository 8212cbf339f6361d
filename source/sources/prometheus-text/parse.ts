/**
 * The Prometheus text format 0.0.4 (prometheus/docs: instrumenting/exposition_formats.md), as kubelets and cAdvisor
 * speak it, with the quoted names of Prometheus 3 and the exemplars of OpenMetrics. Sample by sample, so that half a
 * megabyte of which a tenth is wanted costs no more than reading it.
 *
 * Strict as Prometheus itself is: one line that cannot be read makes the whole answer unreadable, and so does a last
 * line without its line feed, because a number cut off in the middle looks like a smaller one.
 */
import { damage } from '../../messages/en/sources.ts';
import { WireError } from '../answer.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
	name: string;
	/** As they come: not cleaned yet. Without a prototype. */
	labels: Labels;
	value: number;
	/** ms since 1970, NaN if the sample carries none. */
	timestamp: number;
}

const lineFeed = 0x0a;
const hash = 0x23;
const openBrace = 0x7b;

/**
 * The samples in their order.
 *
 * @param wanted names that are of interest; the lines of others are passed over unread
 * @throws WireError naming the line
 */
export function* samples(text: string, wanted?: ReadonlySet<string>): Generator<Sample, void> {
	let start = 0;
	for (let line = 1; start < text.length; line++) {
		const end = text.indexOf('\n', start);
		if (end < 0) {
			throw new WireError(damage.endsTooEarly);
		}
		const first = skipBlanks(text, start);
		const code = text.charCodeAt(first);
		if (code !== lineFeed && code !== hash && (wanted === undefined || mayBe(wanted, text, first, end))) {
			const sample = new Line(text, first, end, line).sample();
			if (wanted === undefined || wanted.has(sample.name)) {
				yield sample;
			}
		}
		start = end + 1;
	}
}

function isBlank(code: number): boolean {
	return code === 0x20 || code === 0x09;
}

function skipBlanks(text: string, start: number): number {
	let position = start;
	while (isBlank(text.charCodeAt(position))) {
		position++;
	}
	return position;
}

/** Letters, digits, `_` and `:`. Where a name may not begin with a digit, nothing else could stand in its place. */
function isNameCode(code: number): boolean {
	return (
		(code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x3a) || code === 0x5f
	);
}

function nameEnd(text: string, start: number): number {
	let position = start;
	while (isNameCode(text.charCodeAt(position))) {
		position++;
	}
	return position;
}

/** False if the line's name is plain to see and not wanted. */
function mayBe(wanted: ReadonlySet<string>, text: string, start: number, end: number): boolean {
	if (text.charCodeAt(start) === openBrace) {
		return true;
	}
	const stop = nameEnd(text, start);
	return stop === start || stop > end || wanted.has(text.slice(start, stop));
}

const numberPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinityPattern = /^([+-]?)inf(?:inity)?$/i;
const timestampPattern = /^-?\d{1,19}$/;

/** A number as Go's ParseFloat reads it, hexadecimal ones excepted, which nobody writes; undefined if it is none. */
function numberOf(text: string): number | undefined {
	if (numberPattern.test(text)) {
		return Number(text);
	}
	const infinity = infinityPattern.exec(text);
	if (infinity !== null) {
		return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	}
	return /^nan$/i.test(text) ? Number.NaN : undefined;
}

/** One line that is neither empty nor a comment. */
class Line {
	readonly #text: string;
	#position: number;
	readonly #end: number;
	readonly #number: number;
	/** A name that stands in the braces, quoted. */
	#quotedName = '';

	constructor(text: string, start: number, end: number, number: number) {
		this.#text = text;
		this.#position = start;
		// Some writers end their lines as DOS did.
		this.#end = text.charCodeAt(end - 1) === 0x0d ? end - 1 : end;
		this.#number = number;
	}

	sample(): Sample {
		const plainName = this.#name();
		this.#skip();
		const labels: Record<string, string> = Object.create(null);
		if (this.#at('{')) {
			this.#labels(labels);
			this.#skip();
		}
		const name = plainName === '' ? this.#quotedName : plainName;
		if (name === '' || (plainName !== '' && this.#quotedName !== '')) {
			throw this.#error();
		}
		const value = numberOf(this.#word());
		if (value === undefined) {
			throw this.#error();
		}
		let timestamp = Number.NaN;
		if (this.#position < this.#end && !this.#at('#')) {
			const word = this.#word();
			if (!timestampPattern.test(word)) {
				throw this.#error();
			}
			timestamp = Number(word);
		}
		// What follows `#` is an exemplar.
		if (this.#position < this.#end && !this.#at('#')) {
			throw this.#error();
		}
		return { name, labels, value, timestamp };
	}

	#error(): WireError {
		return new WireError(damage.notOfType(`line ${this.#number}`, 'a sample'));
	}

	#at(character: string): boolean {
		return this.#position < this.#end && this.#text[this.#position] === character;
	}

	#take(character: string): void {
		if (!this.#at(character)) {
			throw this.#error();
		}
		this.#position++;
	}

	#skip(): void {
		this.#position = skipBlanks(this.#text, this.#position);
	}

	/** A name without quotation marks, '' if there is none. */
	#name(): string {
		const start = this.#position;
		const first = this.#text.charCodeAt(start);
		if (first >= 0x30 && first <= 0x39) {
			throw this.#error();
		}
		this.#position = Math.min(nameEnd(this.#text, start), this.#end);
		return this.#text.slice(start, this.#position);
	}

	/** What stands up to the next blank, and the blanks after it. */
	#word(): string {
		const start = this.#position;
		let position = start;
		while (position < this.#end && !isBlank(this.#text.charCodeAt(position))) {
			position++;
		}
		this.#position = Math.min(skipBlanks(this.#text, position), this.#end);
		return this.#text.slice(start, position);
	}

	#labels(into: Record<string, string>): void {
		this.#take('{');
		this.#skip();
		while (!this.#at('}')) {
			const quoted = this.#at('"');
			const name = quoted ? this.#string() : this.#name();
			this.#skip();
			if (quoted && !this.#at('=')) {
				if (this.#quotedName !== '' || name === '') {
					throw this.#error();
				}
				this.#quotedName = name;
			} else {
				this.#take('=');
				this.#skip();
				if (name === '' || name in into) {
					throw this.#error();
				}
				into[name] = this.#string();
				this.#skip();
			}
			if (!this.#at('}')) {
				this.#take(',');
				this.#skip();
			}
		}
		this.#position++;
	}

	/** A string in quotation marks with the escapes `\\`, `\"` and `\n`; before other characters `\` stands for itself. */
	#string(): string {
		this.#take('"');
		const text = this.#text;
		let start = this.#position;
		let result = '';
		for (let position = start; position < this.#end; position++) {
			const code = text.charCodeAt(position);
			if (code === 0x22) {
				this.#position = position + 1;
				return result === '' ? text.slice(start, position) : result + text.slice(start, position);
			}
			if (code === 0x5c) {
				const escaped = text[position + 1];
				if (escaped === '\\' || escaped === '"' || escaped === 'n') {
					result += text.slice(start, position) + (escaped === 'n' ? '\n' : escaped);
					start = position + 2;
				}
				position++;
			}
		}
		throw this.#error();
	}
}
