/** Over a line with a round trip of 150 ms and 100 Mbit/s: first numbers, the ranking, all pods; from the start. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Demo } from '../../source/demo/options.ts';
import { atAddress, type Kubeconfig } from './support/kubeconfig.ts';
import { startLine } from './support/line.ts';
import { makePages } from './support/pages.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasNumbers, hasPodRows, hasRanking } from './support/screen.ts';
import { Session } from './support/session.ts';
import { type Line, table } from './support/table.ts';

const roundTrip = 150;
const bandwidth = 100_000_000 / 8;
/** The budgets are those of the largest cluster. */
const large = 100_000;

/** More for TLS: its own round trips. */
const budgets = { numbers: 0.7, ranking: 1.6, pods: 11, tls: 0.3 };

const milestones = [
	['first numbers', hasNumbers, budgets.numbers],
	['first pod rows', hasPodRows, Number.NaN],
	['whole ranking by CPU', hasRanking, budgets.ranking],
	['all pods', hasAllPods, budgets.pods],
] as const;

async function over(plain: boolean, file: string, folder: string, runs: number): Promise<Line[]> {
	const line = await startLine(file, { roundTrip, bandwidth, plain });
	const scheme = plain ? 'http' : 'https';
	const kubeconfig = join(folder, scheme);
	const own = JSON.parse(readFileSync(file, 'utf8')) as Kubeconfig;
	writeFileSync(kubeconfig, JSON.stringify(atAddress(own, `${scheme}://127.0.0.1:${line.port}`)), { mode: 0o600 });
	const found = milestones.map((): number[] => []);
	try {
		for (let index = 0; index < runs; index++) {
			const session = new Session(['--kubeconfig', kubeconfig]);
			try {
				const times = await Promise.all(milestones.map(([what, condition]) => session.when(condition, what)));
				for (const [position, time] of times.entries()) {
					found[position]?.push(time / 1000);
				}
			} finally {
				await session.close();
			}
		}
	} finally {
		line.close();
	}
	return milestones.map(([what, , budget], position) => ({
		what: `${scheme}: ${what}`,
		unit: 's',
		values: found[position] ?? [],
		budget: Number.isNaN(budget) ? '' : `150,000: ≤ ${(plain ? budget : budget + budgets.tls).toFixed(1)}`,
	}));
}

async function measure(demo: Demo, pods: number): Promise<string> {
	await makePages(demo.kubeconfig);
	const folder = mkdtempSync(join(tmpdir(), 'whytop-bench-'));
	try {
		const runs = pods >= large ? 3 : 1;
		const lines: Line[] = [];
		for (const plain of [true, false]) {
			lines.push(...(await over(plain, demo.kubeconfig, folder, runs)));
		}
		return table(`A line of ${roundTrip} ms and 100 Mbit/s, ${pods} pods`, lines);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

export const slowLine: Program = { cluster: { freezeClock: true }, measure };
await runAlone(import.meta.url, slowLine);
