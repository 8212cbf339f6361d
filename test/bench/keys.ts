/** From a key to the last byte of its answer, and how many bytes: cursor, scrolling, pages, sorting, filtering. */
import type { Demo } from '../../source/demo/options.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking } from './support/screen.ts';
import { type Answer, Session } from './support/session.ts';
import { type Line, table } from './support/table.ts';

const leave = '\x1b';
const pageDown = '\x1b[6~';

/** No key follows so soon on another that the answers could mix. */
const between = 120;

async function press(session: Session, keys: readonly string[], times: number): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (let index = 0; index < times; index++) {
		for (const [position, key] of keys.entries()) {
			const answer = await session.press(key);
			// Only the first of a series is measured: the others bring the screen back to where it was.
			if (position === 0) {
				answers.push(answer);
			}
			await session.rest(between, 2000);
		}
	}
	return answers;
}

/** What is measured of a filter: when its rows are on the screen, and the whole answer, which ends with the count. */
interface Filtered {
	rows: number;
	answer: Answer;
}

/** The lines of rows, without titles, sources, prompt and keys. */
function rowsOn(text: string): string {
	return text.split('\n').slice(5, -2).join('\n');
}

/** Types what a filter begins with and one character more; what is measured is that one, which changes the rows. */
async function filter(session: Session, typed: string, character: string, times: number): Promise<Filtered[]> {
	const found: Filtered[] = [];
	for (let index = 0; index < times; index++) {
		for (const key of `/${typed}`) {
			await session.press(key);
			await session.rest(between, 2000);
		}
		const before = rowsOn(session.screen.text());
		const pressed = performance.now();
		const changed = session.when((text) => rowsOn(text) !== before, 'other rows', pressed);
		const answer = await session.press(character);
		found.push({ answer, rows: await changed });
		await session.rest(between, 2000);
		await session.press(leave);
		await session.rest(between, 2000);
	}
	return found;
}

async function measureAt(columns: number, rows: number, kubeconfig: string, pods: number): Promise<string> {
	const session = new Session(['--kubeconfig', kubeconfig], { columns, rows });
	try {
		await session.when(hasRanking, 'the ranking');
		if (columns >= 180) {
			await session.when(hasAllPods, 'all pods');
		}
		await session.rest(1500);
		// To the pods.
		await session.press('2');
		await session.rest(1000);
		// Back each time: further down it scrolls, which is measured by itself.
		const cursor = await press(session, ['j', 'k'], 20);
		await press(session, ['j'], Math.max(0, rows - 40));
		const scroll = await press(session, ['j'], 20);
		const page = await press(session, [pageDown], 12);
		await press(session, ['g'], 1);
		const sort = await press(session, ['C', 'M'], 8);
		const first = await filter(session, '', '0', 10);
		const another = await filter(session, '0', '1', 10);
		const lines = (what: string, answers: readonly Answer[], time: string, size = ''): Line[] => [
			{ what, unit: 'ms to the last byte', values: answers.map(({ last }) => last), budget: time },
			{ what, unit: 'bytes', values: answers.map(({ bytes }) => bytes), budget: size },
		];
		const filterLines = (what: string, answers: readonly Filtered[]): Line[] => [
			{ what, unit: 'ms to its rows', values: answers.map(({ rows: its }) => its), budget: 'p50 ≤ 8, p99 ≤ 16' },
			{
				what: `${what}, with the count`,
				unit: 'ms to the last byte',
				values: answers.map(({ answer }) => answer.last),
				budget: '≤ 50',
			},
			{ what, unit: 'bytes', values: answers.map(({ answer }) => answer.bytes), budget: '' },
		];
		const wide = columns >= 180;
		return table(`Keys, ${pods} pods, ${columns}×${rows}`, [
			...lines('cursor down', cursor, 'p50 ≤ 5, p99 ≤ 16', wide ? '≤ 1536' : '≤ 1024'),
			...lines('cursor down that scrolls', scroll, 'p50 ≤ 5, p99 ≤ 16', '≤ 1536'),
			...lines('page down', page, 'p50 ≤ 5, p99 ≤ 16', wide ? '≤ 16384' : '≤ 8192'),
			...lines('sort by CPU', sort, 'p50 ≤ 8, p99 ≤ 16'),
			...filterLines('filter, first character', first),
			...filterLines('filter, another character', another),
		]);
	} finally {
		await session.close();
	}
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	return `${await measureAt(200, 60, kubeconfig, pods)}\n${await measureAt(120, 40, kubeconfig, pods)}`;
}

export const keys: Program = { cluster: { freezeClock: true }, measure };
await runAlone(import.meta.url, keys);
