/** From a key to the last byte of its answer, and how many bytes: cursor, pages, orders, filters, namespaces, in all lists. */
import type { Demo } from '../../source/demo/options.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { esc, measureRound, pageDown, type Stroke, type } from './support/strokes.ts';
import { type Line, table } from './support/table.ts';

const moving = 'p50 ≤ 5, p99 ≤ 16';
const arranging = 'p50 ≤ 8, p99 ≤ 16';
/** Where nothing is asked of what stands beside the rows. */
const any = '';

/** At this size each key is typed so often that a percentile says something, and in all lists; at the others half as often. */
const large = 100_000;

/** In turn, so that each is another order than those before, which are kept. */
const orders: readonly Stroke[] = [
	{ what: 'sort by memory', key: 'M', time: arranging, last: any },
	{ what: 'turn the order round', key: 'I', time: arranging, last: any },
	{ what: 'sort by name', key: 'N', time: arranging, last: any },
	{ what: 'sort by age', key: 'A', time: arranging, last: any },
	{ what: 'sort by CPU', key: 'C', time: arranging, last: any },
];

const filters: readonly Stroke[] = [
	{ what: 'filter, first character', before: ['/'], key: 'z', time: arranging, last: '≤ 50' },
	{ what: 'filter, another character', key: '4', time: arranging, last: '≤ 50' },
	// Esc may be the beginning of another key: 20 ms are waited for the rest of it.
	{ what: 'filter, cleared by Esc', key: esc, last: any },
];

/** The cursor stays on its row where that is among those of the answer, and where it is not, goes to the first. */
const awayFromTop: readonly Stroke[] = [
	{ what: 'further down: filter, first character', before: ['/'], key: 'z', time: arranging, last: '≤ 50' },
	{ what: 'further down: filter, cleared by Esc', key: esc, last: any },
	{ what: 'further down: turn the order round', key: 'I', time: arranging, last: any },
];

function of(list: string, strokes: readonly Stroke[]): Stroke[] {
	return strokes.map((stroke) => ({ ...stroke, what: `${list}: ${stroke.what}` }));
}

/**
 * Beside other panes a list goes on by a third of a page once the cursor leaves it: most keys take little, and every
 * thirteenth all rows. What a key takes is the mean.
 */
function inTheMean(lines: readonly Line[]): Line[] {
	return lines.flatMap((line): Line[] => {
		const mean = line.values.reduce((sum, value) => sum + value, 0) / line.values.length;
		return line.unit === 'bytes'
			? [
					{ ...line, budget: '' },
					{ ...line, unit: 'bytes, in the mean', values: [mean] },
				]
			: [line];
	});
}

/** What is measured in the list of pods, whatever else is on the screen. */
async function measurePods(session: Session, wide: boolean, often: (times: number) => number): Promise<Line[]> {
	const bytes = wide ? '≤ 1536' : '≤ 1024';
	const cursor = await measureRound(session, [{ what: 'cursor down', key: 'j', time: moving, bytes }], often(20));
	await type(session, ['g', pageDown]);
	// The cursor stands at the upper end of the screen now.
	const up: Stroke = { what: 'cursor up that scrolls', key: 'k', time: moving, bytes: '≤ 1536' };
	await type(session, [pageDown, pageDown, pageDown]);
	const scroll = inTheMean(await measureRound(session, [up], often(30)));
	const page: Stroke = { what: 'page down', key: pageDown, time: moving, bytes: wide ? '≤ 16384' : '≤ 8192' };
	const pages = await measureRound(session, [page], often(16));
	const ends: Stroke[] = [
		{ what: 'to the end', key: 'G', time: arranging, last: any },
		{ what: 'to the beginning', key: 'g', time: arranging, last: any },
	];
	const moved = [...cursor, ...scroll, ...pages, ...(await measureRound(session, ends, often(6)))];
	// The smaller screen is measured for its bytes.
	if (!wide) {
		return moved;
	}
	const sorted = await measureRound(session, orders, often(8));
	const filtered = await measureRound(session, filters, often(8));
	await type(session, ['g', pageDown, pageDown, pageDown, pageDown]);
	const away = await measureRound(session, awayFromTop, often(8));
	await type(session, ['g']);
	return [...moved, ...sorted, ...filtered, ...away];
}

async function measureMore(session: Session): Promise<Line[]> {
	const word: Stroke = {
		what: 'filter, a word at once',
		before: ['/'],
		key: 'checkout',
		time: arranging,
		last: '≤ 50',
	};
	const back: Stroke = { what: 'the word cleared by Esc', key: esc, last: any };
	const spaces: Stroke[] = [
		{ what: 'another namespace', before: ['n', 'p'], key: '\r', time: arranging, last: any },
		{ what: 'all namespaces', key: '0', time: arranging, last: any },
	];
	const lines = [...(await measureRound(session, [word, back], 8)), ...(await measureRound(session, spaces, 6))];
	await type(session, ['F', pageDown, pageDown]);
	const zoomed: Stroke = {
		what: 'pods alone on the screen: cursor up that scrolls',
		key: 'k',
		time: moving,
		bytes: '≤ 1536',
	};
	lines.push(...(await measureRound(session, [zoomed], 16)));
	await type(session, ['F', 'g', '1']);
	const down: Stroke = { what: 'cursor down', key: 'j', time: moving, bytes: '≤ 1536' };
	lines.push(...(await measureRound(session, of('nodes', [down]), 8)));
	lines.push(...(await measureRound(session, of('nodes', orders), 4)));
	await type(session, [':containers\r']);
	lines.push(...(await measureRound(session, of('all containers', [down]), 8)));
	lines.push(...(await measureRound(session, of('all containers', orders), 6)));
	lines.push(...(await measureRound(session, of('all containers', filters), 5)));
	return lines;
}

async function measureAt(columns: number, rows: number, kubeconfig: string, pods: number): Promise<string> {
	const session = new Session(['--kubeconfig', kubeconfig], { columns, rows });
	const wide = columns >= 180;
	const often = (times: number) => (pods >= large ? times : Math.ceil(times / 2));
	try {
		await session.when(hasRanking, 'the ranking');
		if (wide) {
			await session.when(hasAllPods, 'all pods');
		}
		await session.rest(1500);
		await type(session, ['2']);
		const lines = await measurePods(session, wide, often);
		lines.push(...(wide && pods >= large ? await measureMore(session) : []));
		return table(`Keys, ${pods} pods, ${columns}×${rows}`, lines);
	} finally {
		await session.close();
	}
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const wide = await measureAt(200, 60, kubeconfig, pods);
	// What a smaller screen costs does not depend on how many pods there are.
	return pods >= large ? `${wide}\n${await measureAt(120, 40, kubeconfig, pods)}` : wide;
}

export const keys: Program = { cluster: { freezeClock: true }, measure };
await runAlone(import.meta.url, keys);
