/**
 * Reads out of a JSON object in bytes only what is asked for: the rest, three quarters of a pod, is passed over without
 * making anything of it. What comes out is what `JSON.parse` would have given of the wanted fields.
 *
 * Of what is passed over only strings and brackets are looked at: what is wrong with it otherwise goes unnoticed.
 */

/** The wanted fields of an object, or of each object in a list. `true`: all of the field, whatever it is. */
export interface Shape {
	readonly [name: string]: Shape | true;
}

type Field = { name: string; bytes: Buffer; fields: Fields | true };
/** The wanted fields by the length of their names. */
type Fields = readonly (readonly Field[] | undefined)[];

const quote = 0x22;
const comma = 0x2c;
const minus = 0x2d;
const colon = 0x3a;
const openBracket = 0x5b;
const backslash = 0x5c;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
/** Digits that a double holds without loss. */
const exactDigits = 15;

/** Not 0 for the bytes that matter where brackets are passed over. */
const marks = new Uint8Array(256);
for (const mark of [quote, openBracket, closeBracket, openBrace, closeBrace]) {
	marks[mark] = 1;
}

/** The object has not come as a whole. */
export const incomplete = Symbol('incomplete');
/** It is not written as API servers write, or damaged: `JSON.parse` has to judge it. */
export const unusual = Symbol('unusual');

class Stopped extends Error {}
const cutOff = new Stopped();
const odd = new Stopped();

export class Projection {
	readonly #fields: Fields;
	#bytes: Buffer = Buffer.alloc(0);
	/** Behind what was read last. */
	position = 0;

	constructor(shape: Shape) {
		this.#fields = compile(shape);
	}

	/** Reads the object that begins at `start`, and moves `position` behind it. */
	read(bytes: Buffer, start: number): Readonly<Record<string, unknown>> | typeof incomplete | typeof unusual {
		this.#bytes = bytes;
		this.position = start;
		try {
			return this.#object(this.#fields);
		} catch (error) {
			if (error === cutOff) {
				return incomplete;
			}
			if (error === odd || error instanceof SyntaxError) {
				return unusual;
			}
			throw error;
		} finally {
			this.#bytes = Buffer.alloc(0);
		}
	}

	#object(fields: Fields): Record<string, unknown> {
		const object: Record<string, unknown> = {};
		this.position++;
		let byte = this.#next();
		if (byte === closeBrace) {
			this.position++;
			return object;
		}
		while (true) {
			if (byte !== quote) {
				throw odd;
			}
			const start = this.position + 1;
			const end = this.#skipString();
			const field = this.#wanted(fields, start, end);
			if (this.#next() !== colon) {
				throw odd;
			}
			this.position++;
			this.#next();
			if (field === undefined) {
				this.#skip();
			} else {
				object[field.name] = field.fields === true ? this.#whole() : this.#value(field.fields);
			}
			byte = this.#next();
			this.position++;
			if (byte === closeBrace) {
				return object;
			}
			if (byte !== comma) {
				throw odd;
			}
			byte = this.#next();
		}
	}

	/** Of a value that should be an object, or a list of them. */
	#value(fields: Fields): unknown {
		switch (this.#bytes[this.position]) {
			case openBrace:
				return this.#object(fields);
			case openBracket:
				return this.#list(fields);
			default:
				return this.#whole();
		}
	}

	#list(fields: Fields): unknown[] {
		const list: unknown[] = [];
		this.position++;
		if (this.#next() === closeBracket) {
			this.position++;
			return list;
		}
		while (true) {
			list.push(this.#value(fields));
			const byte = this.#next();
			this.position++;
			if (byte === closeBracket) {
				return list;
			}
			if (byte !== comma) {
				throw odd;
			}
			this.#next();
		}
	}

	/** All of a value, which nearly always is a string or a number. */
	#whole(): unknown {
		const start = this.position;
		const byte = this.#bytes[start] as number;
		if (byte === quote) {
			const end = this.#skipString();
			return this.#text(start + 1, end);
		}
		this.#skip();
		if (byte === minus || (byte >= 0x30 && byte <= 0x39)) {
			return this.#number(start, this.position);
		}
		return JSON.parse(this.#bytes.toString('utf8', start, this.position));
	}

	#text(start: number, end: number): string {
		const bytes = this.#bytes;
		for (let index = start; index < end; index++) {
			const byte = bytes[index] as number;
			if (byte < 0x20 || byte > 0x7e || byte === backslash) {
				return JSON.parse(bytes.toString('utf8', start - 1, end + 1)) as string;
			}
		}
		return bytes.toString('latin1', start, end);
	}

	#number(start: number, end: number): number {
		const first = this.#bytes[start] as number;
		let value = 0;
		// A number that begins with 0 is 0, or none, or a fraction.
		let isPlain = end - start <= exactDigits && (first !== 0x30 || end - start === 1);
		for (let index = start; isPlain && index < end; index++) {
			const digit = (this.#bytes[index] as number) - 0x30;
			isPlain = digit >= 0 && digit <= 9;
			value = value * 10 + digit;
		}
		return isPlain ? value : (JSON.parse(this.#bytes.toString('latin1', start, end)) as number);
	}

	#wanted(fields: Fields, start: number, end: number): Field | undefined {
		const bytes = this.#bytes;
		const alike = fields[end - start];
		if (alike !== undefined) {
			search: for (const field of alike) {
				const name = field.bytes;
				for (let index = 0; index < name.length; index++) {
					if (name[index] !== bytes[start + index]) {
						continue search;
					}
				}
				return field;
			}
		}
		for (let index = start; index < end; index++) {
			if (bytes[index] === backslash) {
				// It may be any name, written in another way.
				throw odd;
			}
		}
		return undefined;
	}

	/** Moves to the next byte that is not blank, and returns it. */
	#next(): number {
		const bytes = this.#bytes;
		let position = this.position;
		while (position < bytes.length) {
			const byte = bytes[position] as number;
			if (byte > 0x20) {
				this.position = position;
				return byte;
			}
			if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
				throw odd;
			}
			position++;
		}
		throw cutOff;
	}

	/** Moves behind a string. Returns where its closing quote is. */
	#skipString(): number {
		const bytes = this.#bytes;
		let position = this.position + 1;
		while (position < bytes.length) {
			const byte = bytes[position] as number;
			if (byte === quote) {
				this.position = position + 1;
				return position;
			}
			position += byte === backslash ? 2 : 1;
		}
		throw cutOff;
	}

	/** Moves behind a value. */
	#skip(): void {
		const first = this.#bytes[this.position] as number;
		if (first === quote) {
			this.#skipString();
		} else if (first === openBrace || first === openBracket) {
			this.#skipBrackets();
		} else {
			this.#skipScalar();
		}
	}

	#skipBrackets(): void {
		const bytes = this.#bytes;
		const { length } = bytes;
		let depth = 0;
		let position = this.position;
		while (position < length) {
			while (position < length && marks[bytes[position] as number] === 0) {
				position++;
			}
			const byte = bytes[position++];
			if (byte === quote) {
				let inside = bytes[position];
				while (inside !== quote) {
					if (position >= length) {
						throw cutOff;
					}
					position += inside === backslash ? 2 : 1;
					inside = bytes[position];
				}
				position++;
			} else if (byte === openBrace || byte === openBracket) {
				depth++;
			} else if ((byte === closeBrace || byte === closeBracket) && --depth === 0) {
				this.position = position;
				return;
			}
		}
		throw cutOff;
	}

	#skipScalar(): void {
		const bytes = this.#bytes;
		const start = this.position;
		let position = start;
		while (position < bytes.length) {
			const byte = bytes[position] as number;
			if (byte === comma || byte === closeBrace || byte === closeBracket || byte <= 0x20) {
				if (position === start) {
					throw odd;
				}
				this.position = position;
				return;
			}
			position++;
		}
		throw cutOff;
	}
}

function compile(shape: Shape): Fields {
	const fields: Field[][] = [];
	for (const [name, inner] of Object.entries(shape)) {
		const bytes = Buffer.from(name);
		const alike = fields[bytes.length] ?? [];
		alike.push({ name, bytes, fields: inner === true ? true : compile(inner) });
		fields[bytes.length] = alike;
	}
	return fields;
}
