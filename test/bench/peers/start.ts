/** From the start to all rows, and to a ranking by CPU of all of them. */
import { rowsOf, type TerminalProgram } from '../support/programs.ts';
import { hasRanking } from '../support/screen.ts';
import type { Session } from '../support/session.ts';
import { type Figures, limit, within } from './figures.ts';

/** @returns whether all rows came */
export async function measureStart(
	program: TerminalProgram,
	session: Session,
	pods: number,
	figures: Figures,
): Promise<boolean> {
	await session.when((text) => text.trim() !== '', 'a first byte', session.started, limit);
	figures.add('first byte|ms', session.firstByte);
	const wait = (condition: (text: string) => boolean, what: string) =>
		session.when(condition, what, session.started, limit);
	const [, all = Number.NaN] = await Promise.all([
		within(
			figures,
			'first pod rows|ms',
			wait((text) => rowsOf(program, text) !== '', 'pod rows'),
		),
		within(
			figures,
			'all rows|ms',
			wait((text) => program.counts(text, pods), 'all rows'),
		),
		program.name === 'whytop'
			? within(figures, 'whole ranking by CPU|ms', wait(hasRanking, 'the ranking'))
			: Number.NaN,
	]);
	if (Number.isNaN(all)) {
		for (const what of ['CPU until all rows|s', 'bytes until all rows|KB', 'whole ranking by CPU|ms']) {
			figures.lack(what, figures.why('all rows|ms') ?? '');
		}
		return false;
	}
	figures.add('CPU until all rows|s', session.cpu());
	figures.add('bytes until all rows|KB', session.bytes / 1000);
	return true;
}
