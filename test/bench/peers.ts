/**
 * whytop beside sofka and k9s, each through the same terminal on the same server in one sitting: `npm run bench:peers`,
 * with `--pods N` at one size. Who is not on PATH is left out, and the table says so.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sizeOf, startCluster } from './support/cluster.ts';
import { memory } from './support/process.ts';
import { programs, settings, type TerminalProgram } from './support/programs.ts';
import { record } from './support/results.ts';
import { Session } from './support/session.ts';
import { median } from './support/statistics.ts';
import { type Line, table } from './support/table.ts';

const { values } = parseArgs({ options: { pods: { type: 'string' } } });
const asked = values.pods === undefined ? [2_000, 10_000, 50_000] : [Number(values.pods)];

const pageDown = '\x1b[6~';
const leave = '\x1b';
/** Watched at rest for so long, ms. */
const watched = 12_000;
/** Between two keys, ms. */
const between = 150;
/** Longer than this nobody waits, ms. */
const limit = 120_000;

type Figures = Map<string, number[]>;

/** What looks like a pod's name, of the rows that all of them show. */
function namesOn(session: Session): Set<string> {
	return new Set(
		session.screen
			.text()
			.split('\n')
			.slice(8, 50)
			.join('\n')
			.match(/[a-z]\S*-\S{4,}/g),
	);
}

/** From a key to the bytes that show other rows, ms; NaN if none come. A prompt may push rows away, but brings no new ones. */
async function untilOtherRows(session: Session, key: string): Promise<number> {
	const before = namesOn(session);
	const pressed = performance.now();
	session.type(key);
	const isOther = () => [...namesOn(session)].some((name) => !before.has(name));
	return session.when(isOther, 'other rows', pressed, 15_000).catch(() => Number.NaN);
}

async function measureStart(program: TerminalProgram, session: Session, pods: number, figures: Figures): Promise<void> {
	const waits = [
		session.when((text) => program.hasPodRows(text), 'pod rows', session.started, limit),
		session.when((text) => program.counts(text, pods), 'all rows', session.started, limit),
	];
	const [rows = Number.NaN, all = Number.NaN] = await Promise.all(waits);
	figures.set('first byte|ms', [session.firstByte]);
	figures.set('first pod rows|ms', [rows]);
	figures.set('all rows|ms', [all]);
	figures.set('CPU until all rows|s', [session.cpu()]);
	figures.set('bytes until all rows|KB', [session.bytes / 1000]);
}

async function measureRest(session: Session, figures: Figures): Promise<void> {
	await session.rest(1500, 8000);
	const before = { cpu: session.cpu(), bytes: session.bytes };
	await sleep(watched);
	figures.set('idle CPU|% of a core', [((session.cpu() - before.cpu) / watched) * 100_000]);
	figures.set('idle, to the terminal|bytes/s', [((session.bytes - before.bytes) / watched) * 1000]);
	figures.set('memory at rest|MiB', [memory(session.pid).now]);
	figures.set('memory at most|MiB', [memory(session.pid).peak]);
}

async function measureKeys(program: TerminalProgram, session: Session, figures: Figures): Promise<void> {
	for (const key of program.toPods) {
		await session.press(key);
	}
	for (const [what, key, times] of [
		['cursor down', 'j', 15],
		['page down', pageDown, 8],
	] as const) {
		const answers = [];
		for (let index = 0; index < times; index++) {
			answers.push(await session.press(key, 3000));
			await sleep(between);
		}
		figures.set(
			`${what}|ms to the first byte`,
			answers.map(({ first }) => first),
		);
		figures.set(
			`${what}|bytes`,
			answers.map(({ bytes }) => bytes),
		);
	}
	const filters: number[] = [];
	// A letter that only some names have, and no node.
	for (let index = 0; index < 3; index++) {
		session.type('/');
		await sleep(700);
		filters.push(await untilOtherRows(session, 'z'));
		await sleep(700);
		session.type(leave);
		await sleep(700);
		session.type(leave);
		await sleep(1500);
	}
	figures.set('filter, first character, to other rows|ms', filters);
	for (const key of program.sortByCpu.slice(0, -1)) {
		session.type(key);
		await sleep(500);
	}
	figures.set('sort by CPU, to other rows|ms', [await untilOtherRows(session, program.sortByCpu.at(-1) ?? '')]);
}

async function measure(program: TerminalProgram, kubeconfig: string, pods: number): Promise<Figures> {
	const figures: Figures = new Map();
	const folder = mkdtempSync(join(tmpdir(), 'whytop-bench-'));
	const variables = Object.entries(settings(folder)).map(([name, value]) => `${name}=${value}`);
	const session = new Session([], { program: ['/usr/bin/env', ...variables, ...program.command(kubeconfig)] });
	try {
		await measureStart(program, session, pods, figures);
		await measureRest(session, figures);
		await measureKeys(program, session, figures);
	} catch (error) {
		process.stderr.write(`${program.name}, ${pods} pods: ${error instanceof Error ? error.message : String(error)}\n`);
	} finally {
		await session.close();
		rmSync(folder, { recursive: true, force: true });
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

/** How many pods the cluster has: a few more than were asked for. */
function countPods(kubeconfig: string): number {
	const words = ['--kubeconfig', kubeconfig, 'get', '--raw', '/api/v1/pods?limit=1'];
	const list = JSON.parse(execFileSync('kubectl', words, { encoding: 'utf8' })) as {
		metadata: { remainingItemCount?: number };
	};
	return (list.metadata.remainingItemCount ?? 0) + 1;
}

const here = programs.filter(isHere);
for (const size of asked) {
	const demo = await startCluster({ ...sizeOf(size), freezeClock: true });
	try {
		const pods = countPods(demo.kubeconfig);
		const found = new Map<string, Figures>();
		for (const program of here.filter(({ most }) => size <= most || values.pods !== undefined)) {
			// The first run makes the server's pages and does not count.
			const first = new Session([], { program: program.command(demo.kubeconfig) });
			await first.when((text) => program.counts(text, pods), 'all rows', first.started, limit).catch(() => {});
			await first.close();
			found.set(program.name, await measure(program, demo.kubeconfig, pods));
		}
		const base = found.get('sofka');
		const whats = [...new Set([...found.values()].flatMap((figures) => [...figures.keys()]))];
		const lines = whats.flatMap((what) =>
			[...found].map(([name, figures]): Line => {
				const [label = '', unit = ''] = what.split('|');
				const other = base?.get(what);
				return {
					what: `${label}: ${name}`,
					unit,
					values: figures.get(what) ?? [],
					...(name === 'whytop' && other ? { baseline: { name: 'sofka', median: median(other) } } : {}),
				};
			}),
		);
		const absent = programs.filter((program) => !here.includes(program));
		const without = absent.map(({ name, source }) => `${name} was not at hand (${source}).\n`).join('');
		const said = `${table(`Beside others, ${size} pods, 200×60`, lines)}${without === '' ? '' : `\n${without}`}`;
		record(said);
		process.stdout.write(`${said}\n`);
	} finally {
		await demo.close();
	}
}
