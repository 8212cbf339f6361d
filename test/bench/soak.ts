/**
 * Memory and open files over a long time, while 1 % of the pods are replaced a minute. The server's clock goes fifteen
 * times as fast, so that the 120 samples are full after two minutes: what grows after that grows for ever.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { minutes, pods } from './support/arguments.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { handles, memory } from './support/process.ts';
import { record } from './support/results.ts';
import { hasAllPods } from './support/screen.ts';
import { Session } from './support/session.ts';
import { floors, type Point, type Trend, trendOf, verdict } from './support/trend.ts';

/** Six figures a minute, of which two are shown. */
const step = 10;
const shownEvery = 3;
/** The samples are full, and what was young at the start is old, s. */
const full = 240;
/** Of each of these the least is told, s. */
const span = 240;

const folder = mkdtempSync(join(tmpdir(), 'whytop-soak-'));
const log = join(folder, 'requests');

/** How often it was asked for what only the doctor asks for, and for a list of all pods from its beginning. */
function asked(): { examinations: number; lists: number } {
	const lines = readFileSync(log, 'utf8').split('\n');
	const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
	return {
		// The first one is the monitor's own.
		examinations: Math.max(0, count(/ GET \/apis\/metrics\.k8s\.io \d/) - 1),
		lists: count(/ GET \/api\/v1\/pods(?: |\?(?!.*(?:continue|watch)=))/),
	};
}

const demo = await startCluster({ ...sizeOf(pods), clockSpeed: 15, replacing: pods / 100 / 60 });
const session = new Session(['--kubeconfig', demo.kubeconfig, '--refresh', '1s', '--debug', log]);
const rows: string[] = [];
const sizes: Point[] = [];
const owns: Point[] = [];
const files: number[] = [];
let asking = { examinations: Number.NaN, lists: Number.NaN };
try {
	await session.when(hasAllPods, 'all pods');
	const began = performance.now();
	let cpu = session.cpu();
	for (let second = 0; second <= minutes * 60; second += step) {
		await sleep(Math.max(0, began + second * 1000 - performance.now()));
		const { now, own } = memory(session.pid);
		const open = handles(session.pid);
		if (second % (step * shownEvery) === 0) {
			const used = session.cpu();
			const busy = ((used - cpu) / step / shownEvery) * 100;
			cpu = used;
			const figures = [
				(second / 60).toFixed(1),
				now.toFixed(0),
				own.toFixed(0),
				open,
				busy.toFixed(1),
				(session.bytes / 1024).toFixed(0),
			];
			rows.push(`| ${figures.join(' | ')} |`);
		}
		if (second >= full) {
			sizes.push([second, now]);
			owns.push([second, own]);
			files.push(open);
		}
	}
	asking = asked();
} finally {
	await session.close();
	await demo.close();
	rmSync(folder, { recursive: true, force: true });
}

const slope = ({ error, slope: its }: Trend) => `${its.toFixed(1)} ± ${error.toFixed(1)} MiB an hour`;

/** @param what whose memory, as the subject of a sentence */
function judged(what: string, points: readonly Point[]): string[] {
	const all = trendOf(points);
	const later = trendOf(points.slice(points.length / 2));
	const { least, mean, most, spread } = all;
	const each = floors(points, span).map((floor) => floor.toFixed(1));
	return [
		`${what}, after minute ${full / 60}, ${points.length} times: ${least.toFixed(1)}–${most.toFixed(1)} MiB, at most ${(spread * 100).toFixed(1)} % from its mean of ${mean.toFixed(1)} MiB.`,
		`Slope by least squares, with its standard error: ${slope(all)}; of the second half alone ${slope(later)}. **It is ${verdict(all, later)}.**`,
		`The least of each ${span / 60} minutes: ${each.join(', ')} MiB.`,
		'',
	];
}

const said = [
	`### Soak, ${pods} pods, ${minutes} minutes\n`,
	'1 % of the pods replaced a minute, new samples every second: the 120 samples are full after two minutes.\n',
	'| minute | MiB | of it its own | open files | % of a core | KiB to the terminal |\n|---|---|---|---|---|---|',
	...rows,
	'',
	...(sizes.length < 3
		? ['Too short to say whether it grows.']
		: [
				...judged('Resident memory', sizes),
				...judged('Of it the program’s own, without the pages of files that the kernel takes and brings back', owns),
				`Open files: ${Math.min(...files)}–${Math.max(...files)}.`,
			]),
	`Lists of all pods: ${asking.lists}; examinations of the cluster: ${asking.examinations}.`,
	'',
].join('\n');
record(said);
process.stdout.write(said);
