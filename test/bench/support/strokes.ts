/** Keys typed into a session, one after the other as a person would, and how long the screen took for each. */
import type { Answer, Session } from './session.ts';
import type { Line } from './table.ts';

/** No key follows so soon on another that the answers could mix, ms. */
const between = 120;

/** What a key did not change within this, it does not change, ms. */
const patience = 1000;

export const esc = '\x1b';
export const pageDown = '\x1b[6~';

/** A key that is measured. */
export interface Stroke {
	what: string;
	/** Typed before it, each as a key of its own; not measured. */
	before?: readonly string[];
	key: string;
	/** Budget of the time. */
	time?: string;
	/** Budget of the bytes. */
	bytes?: string;
	/** Of the time to the last byte, where that is measured beside that of the rows: what stands beside them, a count. */
	last?: string;
}

interface Measured extends Answer {
	/** To the bytes that changed what was looked at, ms; NaN if nothing did. */
	seen: number;
}

/** The lines of rows, without titles, sources, prompt and keys. */
export function rowsOn(text: string): string {
	return text.split('\n').slice(5, -2).join('\n');
}

async function measureKey(session: Session, key: string, look: (text: string) => string): Promise<Measured> {
	const before = look(session.screen.text());
	const seen = session
		.when((text) => look(text) !== before, 'another screen', performance.now(), patience)
		.catch(() => Number.NaN);
	const answer = await session.press(key, patience);
	await session.rest(between, 2 * patience);
	return { ...answer, seen: await seen };
}

/** Types keys of which nothing is measured. */
export async function type(session: Session, keys: readonly string[]): Promise<void> {
	for (const key of keys) {
		await session.press(key, patience);
		await session.rest(between, 2 * patience);
	}
}

/**
 * Types these keys in turn, so many times.
 *
 * @param look what of the screen a key is to change
 * @returns for each key its lines of a table
 */
export async function measureRound(
	session: Session,
	strokes: readonly Stroke[],
	times: number,
	look = rowsOn,
): Promise<Line[]> {
	const answers = strokes.map((): Measured[] => []);
	for (let round = 0; round < times; round++) {
		for (const [index, { before = [], key }] of strokes.entries()) {
			await type(session, before);
			answers[index]?.push(await measureKey(session, key, look));
		}
	}
	return strokes.flatMap(({ bytes, last, time = '', what }, index): Line[] => {
		const found = answers[index] ?? [];
		const lasts = found.map((answer) => answer.last);
		return [
			...(last === undefined
				? [{ what, unit: 'ms to the last byte', values: lasts, budget: time }]
				: [
						{ what, unit: 'ms to its rows', values: found.map(({ seen }) => seen), budget: time },
						{ what, unit: 'ms to the last byte', values: lasts, budget: last },
					]),
			{ what, unit: 'bytes', values: found.map((answer) => answer.bytes), budget: bytes ?? '' },
		];
	});
}
