/**
 * Memory while the history fills, in the whole program with its screen: new samples of every container, until the 120
 * that are kept are there, and ten minutes' worth beyond. The server's clock goes faster, as fast as it can make them:
 * three minutes at 2,000 pods, a quarter of an hour at 150,000. `npm run bench:history -- --pods 10000` measures that size alone.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sizeOf, startCluster } from './support/cluster.ts';
import { memory } from './support/process.ts';
import { record } from './support/results.ts';
import { hasAllPods, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { type Line, table } from './support/table.ts';

/** After how many samples memory is looked at. The last is ten minutes of a real server after the history was full. */
const milestones = [1, 10, 30, 60, 120, 160] as const;
const kept = 120;
const budgets = { loaded: '150,000: ≤ 300', full: '2,000: ≤ 160; 150,000: ≤ 400' };
/** How often it is looked at, ms. */
const step = 100;
/** From so many pods on, making the samples takes the server some seconds. */
const many = 20_000;

const { values } = parseArgs({ options: { pods: { type: 'string' } }, strict: false });
const sizes = typeof values.pods === 'string' ? [Number(values.pods)] : [2_000, 150_000];

/**
 * Answers with new samples of all pods that were read to their end: those with the samples of before have as many bytes.
 *
 * @param log what `--debug` wrote
 */
function answers(log: string): number {
	const lines = readFileSync(log, 'utf8').matchAll(/^\S+ GET \/apis\/metrics\S+\/pods 200 \S+ (\d+)B .* ended$/gm);
	return Array.from(lines, ([, bytes]) => bytes).filter((bytes, index, all) => bytes !== all[index - 1]).length;
}

/** The chart of the chosen pod is of half an hour or more: 119 times 15 s of the server's clock. */
function isFull(screen: string): boolean {
	return / CPU (?:30m|\d+h) · /.test(screen);
}

async function linesOf(session: Session, log: string): Promise<Line[]> {
	await session.when(hasRanking, 'the ranking');
	await session.when(hasAllPods, 'all pods');
	await session.rest(1000, 3000);
	/** MB, by how many samples there were then. */
	const taken = new Map<number, number[]>();
	const last = milestones.at(-1) ?? 0;
	for (let count = answers(log); count <= last; count = answers(log)) {
		taken.set(count, [...(taken.get(count) ?? []), memory(session.pid).now * 1.048576]);
		await sleep(step);
	}
	const screen = session.screen.text();
	if (!isFull(screen)) {
		throw new Error(`a chart shows less than half an hour: not all samples are kept\n${screen}`);
	}
	const lines = milestones.map((milestone): Line => {
		// Some may have come while all was loaded.
		const count = [...taken.keys()].find((known) => known >= milestone) ?? 0;
		return {
			what: milestone === 1 ? 'loaded' : `${milestone} samples of every container`,
			unit: 'MB (10^6)',
			values: taken.get(count) ?? [],
			budget: milestone === 1 ? budgets.loaded : milestone >= kept ? budgets.full : '',
		};
	});
	const peak = memory(session.pid).peak * 1.048576;
	return [...lines, { what: 'at most, since the start', unit: 'MB (10^6)', values: [peak] }];
}

async function measure(pods: number): Promise<string> {
	const demo = await startCluster({ ...sizeOf(pods), clockSpeed: pods > many ? 3 : 15 });
	const folder = mkdtempSync(join(tmpdir(), 'whytop-history-'));
	const log = join(folder, 'log');
	const session = new Session(['--kubeconfig', demo.kubeconfig, '--refresh', '1s', '--debug', log]);
	try {
		return table(`Memory with history, ${pods} pods`, await linesOf(session, log));
	} finally {
		await session.close();
		await demo.close();
		rmSync(folder, { recursive: true });
	}
}

for (const pods of sizes) {
	const said = await measure(pods);
	record(said);
	process.stdout.write(`${said}\n`);
}
