/**
 * whytop beside sofka and k9s, each through the same terminal on the same server in one sitting: `npm run bench:peers`,
 * with `--pods N` at one size, `--only whytop,sofka` without the others, `--runs N` with so many starts. Who is not on
 * PATH is left out, and the table says so.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Demo } from '../../source/demo/options.ts';
import { barOf, baselineOf } from './peers/bars.ts';
import { Figures, tell } from './peers/figures.ts';
import { measureFilters, measureSorts } from './peers/keys.ts';
import { measureChurn, measureRest } from './peers/rest.ts';
import { measureStart } from './peers/start.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { programs, settings, type TerminalProgram } from './support/programs.ts';
import { record } from './support/results.ts';
import { Session } from './support/session.ts';
import { median } from './support/statistics.ts';
import { type Line, table } from './support/table.ts';

const { values } = parseArgs({
	options: { pods: { type: 'string' }, only: { type: 'string' }, runs: { type: 'string' } },
});
const asked = values.pods === undefined ? [2_000, 10_000, 50_000, 150_000] : [Number(values.pods)];
const only = values.only?.split(',');

/** The server clears away what the client before it has left, ms. */
const pause = 1500;

/** How many starts are measured, and how often each key that brings other rows. */
function timesOf(program: TerminalProgram, size: number): { starts: number; keys: number } {
	const isQuick = size <= program.quickUpTo;
	return { starts: Number(values.runs ?? (isQuick ? 3 : 1)), keys: isQuick ? 5 : 3 };
}

function open(program: TerminalProgram, kubeconfig: string, folder: string): Session {
	const variables = Object.entries(settings(folder)).map(([name, value]) => `${name}=${value}`);
	return new Session([], { program: ['/usr/bin/env', ...variables, ...program.command(kubeconfig)] });
}

async function measure(program: TerminalProgram, demo: Demo, size: number, pods: number): Promise<Figures> {
	const figures = new Figures();
	// One for all its runs: what it keeps of an earlier start is there in the next, as it is for users.
	const folder = mkdtempSync(join(tmpdir(), 'whytop-bench-'));
	const { starts, keys } = timesOf(program, size);
	const say = (what: string) => tell(`${program.name}, ${pods} pods: ${what}`);
	try {
		// The first run makes the server's pages and does not count.
		for (let run = 0; run <= starts; run++) {
			await sleep(pause);
			say(run === 0 ? 'starts once without being measured' : `start ${run} of ${starts}`);
			const session = open(program, demo.kubeconfig, folder);
			try {
				const isWhole = await measureStart(program, session, pods, run === 0 ? new Figures() : figures);
				if (run === starts && isWhole) {
					say('at rest');
					await measureRest(session, figures);
					say('cursor, pages, sorting');
					await measureSorts(program, session, figures, keys);
					say('pods change');
					await measureChurn(demo, session, figures);
					say('filters');
					await measureFilters(program, session, figures, keys);
				}
			} finally {
				await session.close();
			}
		}
	} catch (error) {
		say(error instanceof Error ? error.message : String(error));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return withRanking(program, figures);
}

/** Others have no order by CPU of their own: theirs is whole when all rows are there and then sorted. */
function withRanking(program: TerminalProgram, figures: Figures): Figures {
	if (program.name !== 'whytop') {
		const sort = median(figures.of('sort by CPU|ms to its rows'));
		figures.add('whole ranking by CPU|ms', ...figures.of('all rows|ms').map((all) => all + sort));
	}
	return figures;
}

function isHere({ command, source }: TerminalProgram): boolean {
	try {
		return source === '' || execFileSync('which', [command('')[0] ?? ''], { encoding: 'utf8' }) !== '';
	} catch {
		return false;
	}
}

function kubectl(kubeconfig: string, ...words: string[]): string {
	return execFileSync('kubectl', ['--kubeconfig', kubeconfig, ...words], { encoding: 'utf8', maxBuffer: 2 ** 30 });
}

/** How many pods the cluster has: a few more than were asked for. */
function countPods(kubeconfig: string): number {
	const list = JSON.parse(kubectl(kubeconfig, 'get', '--raw', '/api/v1/pods?limit=1')) as {
		metadata: { remainingItemCount?: number };
	};
	return (list.metadata.remainingItemCount ?? 0) + 1;
}

/** The ranking that everybody has at hand. */
function measureKubectl(kubeconfig: string): Figures {
	const figures = new Figures();
	for (let run = 0; run <= 3; run++) {
		const started = performance.now();
		kubectl(kubeconfig, 'top', 'pod', '-A');
		if (run > 0) {
			figures.add('whole ranking by CPU|ms', performance.now() - started);
		}
	}
	return figures;
}

function linesOf(found: ReadonlyMap<string, Figures>, size: number): Line[] {
	const whats = [...new Set([...found.values()].flatMap((figures) => figures.whats))];
	return whats.flatMap((what) =>
		[...found]
			.filter(([, figures]) => figures.whats.includes(what))
			.map(([name, figures]): Line => {
				const [label = '', unit = ''] = what.split('|');
				const missing = figures.why(what);
				const base = baselineOf(what);
				const other = median(found.get(base)?.of(what) ?? []);
				return {
					what: `${label}: ${name}`,
					unit,
					values: figures.of(what),
					...(missing === undefined ? {} : { missing }),
					...(name === 'whytop'
						? {
								budget: barOf(what, size),
								...(other > 0 ? { baseline: { name: base, median: other } } : {}),
							}
						: {}),
				};
			}),
	);
}

const here = programs.filter((program) => isHere(program) && (only?.includes(program.name) ?? true));
for (const size of asked) {
	const demo = await startCluster({ ...sizeOf(size), freezeClock: true });
	try {
		const pods = countPods(demo.kubeconfig);
		const found = new Map<string, Figures>();
		for (const program of here.filter(({ most }) => size <= most || values.pods !== undefined)) {
			found.set(program.name, await measure(program, demo, size, pods));
		}
		found.set('kubectl top pod -A', measureKubectl(demo.kubeconfig));
		const absent = programs.filter((program) => !here.includes(program));
		const without = absent.map(({ name, source }) => `${name} was not measured (${source}).\n`).join('');
		const lines = table(`Beside others, ${size} pods, 200×60`, linesOf(found, size));
		const said = `${lines}${without === '' ? '' : `\n${without}`}`;
		record(said);
		process.stdout.write(`${said}\n`);
	} finally {
		await demo.close();
	}
}
