/** From a key to its rows, and its bytes: the cursor, pages, sorting, filtering. */
import { setTimeout as sleep } from 'node:timers/promises';
import { rowsOf, type TerminalProgram } from '../support/programs.ts';
import type { Session } from '../support/session.ts';
import { type Figures, tell } from './figures.ts';

const pageDown = '\x1b[6~';
const leave = '\x1b';
/** What follows a key later on, when keys have come to rest, ms. */
const between = 300;
/** Between two keys of a prompt, ms. */
const pause = 200;
/** Nobody waits longer for rows that were typed for, ms. */
const longest = 30_000;
/** Not every workload has it in its name, and each further character leaves fewer. */
const word = 'api-12';
/** Between the characters of a word: quicker than anyone types, slower than a paste; ms. */
const typing = 40;

class Typist {
	readonly #program: TerminalProgram;
	readonly #session: Session;
	readonly #figures: Figures;

	constructor(program: TerminalProgram, session: Session, figures: Figures) {
		this.#program = program;
		this.#session = session;
		this.#figures = figures;
	}

	/** From a key to the rows that stay. */
	async rows(what: string, key: string): Promise<void> {
		try {
			this.#figures.add(what, await this.#stand(key));
		} catch {
			this.#figures.lack(what, `not within ${longest / 1000} s`);
		}
	}

	/** Moves the cursor, one key after the other, and counts what each brings. */
	async move(name: string, key: string, times: number): Promise<void> {
		for (let index = 0; index < times; index++) {
			const before = this.#session.bytes;
			const { bytes, first } = await this.#session.press(key, 3000);
			await sleep(between);
			this.#figures.add(`${name}|ms to the first byte`, first);
			this.#figures.add(`${name}|bytes`, bytes);
			this.#figures.add(`${name}, with what follows|bytes`, this.#session.bytes - before);
		}
	}

	/** From the first row down. */
	async moves(order: string): Promise<void> {
		await this.type([this.#program.toTop]);
		await this.move(`cursor down, ${order}`, 'j', 15);
		await this.move(`page down, ${order}`, pageDown, 8);
	}

	#stand(key: string): Promise<number> {
		return this.#session.standing(key, (text) => rowsOf(this.#program, text), this.#program.patience, longest);
	}

	/** Types keys so many ms apart, and waits for nothing else. */
	async press(keys: readonly string[], apart: number): Promise<void> {
		for (const key of keys) {
			this.#session.type(key);
			await sleep(apart);
		}
	}

	/** Types keys one by one, and waits until their rows stand. */
	async type(keys: readonly string[]): Promise<void> {
		await this.press(keys.slice(0, -1), pause);
		await this.#stand(keys.at(-1) ?? '').catch(() => {});
	}
}

export async function measureSorts(
	program: TerminalProgram,
	session: Session,
	figures: Figures,
	times: number,
): Promise<void> {
	const typist = new Typist(program, session, figures);
	await typist.type(program.toPods);
	for (let index = 0; index < times; index++) {
		await typist.type(program.byName);
		if (index === 0) {
			await typist.moves('by name');
		}
		await typist.press(program.byCpu.slice(0, -1), pause);
		await typist.rows('sort by CPU|ms to its rows', program.byCpu.at(-1) ?? '');
	}
	if (!program.isHighestFirst(session.screen.text())) {
		await typist.type([program.turn]);
	}
	if (!program.isHighestFirst(session.screen.text())) {
		tell(`${program.name} is not sorted by CPU:\n${session.screen.text()}`);
	}
	await typist.moves('by CPU');
}

export async function measureFilters(
	program: TerminalProgram,
	session: Session,
	figures: Figures,
	times: number,
): Promise<void> {
	const typist = new Typist(program, session, figures);
	for (let index = 0; index < times; index++) {
		await typist.type(['/']);
		// A letter that only some names have.
		await typist.rows('filter, first character|ms to its rows', 'z');
		await typist.type([leave, leave]);
		await typist.type(['/']);
		await typist.press([...word.slice(0, -1)], typing);
		await typist.rows(`filter, ${word} at ${1000 / typing} keys a second|ms to the rows of all`, word.slice(-1));
		await typist.type([leave, leave]);
	}
}
