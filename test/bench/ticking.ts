/**
 * Keys while data ticks: new samples of all pods every three seconds, five times as often as a metrics-server has them, and
 * 1 % of the pods replaced a minute.
 * Beside the answer to a key there are paints that only bring new data, so a key is answered when the screen shows what it
 * is for: the mark on another row, other rows.
 */
import type { Demo } from '../../source/demo/options.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { esc, measureRound, pageDown, type Stroke, type } from './support/strokes.ts';
import { table } from './support/table.ts';

const moving = 'p50 ≤ 5, p99 ≤ 16';
const arranging = 'p50 ≤ 8, p99 ≤ 16';
const [pods, order] = [/2 PODS [^─]*/, /2 PODS .*?(\w+[▲▼])/];

/** The name on the marked row of the pods, which stand between the nodes and the containers. */
function marked(text: string): string {
	const rows = text.split('\n').map((line) => line.split('│')[1] ?? '');
	return /^▸.{2} *(\S+ +\S+)/.exec(rows.find((row) => row.startsWith('▸')) ?? '')?.[1] ?? '';
}

/** What the title says of the window: `1–41 of 150003`. */
const window = (text: string): string => / (\d+)–\d+ of /.exec(text.split('2 PODS')[1] ?? '')?.[1] ?? '';
const orderOf = (text: string): string => order.exec(text)?.[1] ?? '';
const countOf = (text: string): string => pods.exec(text)?.[0] ?? '';

async function measure(demo: Demo, size: number): Promise<string> {
	const session = new Session(['--kubeconfig', demo.kubeconfig, '--refresh', '3s']);
	try {
		await session.when(hasRanking, 'the ranking');
		await session.when(hasAllPods, 'all pods');
		demo.pace({ changing: 0, replacing: size / 100 / 60 });
		await session.rest(1000, 2000);
		await type(session, ['2']);
		const on = (what: string, key: string, time: string, before: readonly string[] = []): Stroke => ({
			what,
			before,
			key,
			time,
			last: '',
		});
		const cursor = await measureRound(session, [on('cursor down', 'j', moving)], 24, marked);
		const page = await measureRound(session, [on('page down', pageDown, moving)], 12, window);
		await type(session, ['g']);
		const sorts = ['M', 'N', 'C'].map((key) => on(`sort, ${key}`, key, arranging));
		const sorted = await measureRound(session, sorts, 4, orderOf);
		const typed = [on('filter, first character', 'z', arranging, ['/']), on('cleared by Esc', esc, '')];
		const filtered = await measureRound(session, typed, 5, countOf);
		const lines = [...cursor, ...page, ...sorted, ...filtered].filter(({ unit }) => unit === 'ms to its rows');
		return table(`Keys while data ticks, ${size} pods, 200×60`, lines);
	} finally {
		await session.close();
	}
}

export const ticking: Program = { cluster: { clockSpeed: 5 }, measure };
await runAlone(import.meta.url, ticking);
