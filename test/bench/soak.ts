/**
 * Memory and open files over a long time, while 1 % of the pods are replaced a minute. The server's clock goes fifteen
 * times as fast, so that the 120 samples are full after two minutes: what grows after that grows for ever.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { minutes, pods } from './support/arguments.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { handles, memory } from './support/process.ts';
import { record } from './support/results.ts';
import { hasAllPods } from './support/screen.ts';
import { Session } from './support/session.ts';

/** Two figures a minute. */
const step = 30;
/** The samples are full, and what was young at the start is old, s. */
const full = 240;

/** Least squares: how much it grows in an hour. */
function growth(points: readonly (readonly [second: number, value: number])[]): number {
	const mean = (index: 0 | 1) => points.reduce((sum, point) => sum + point[index], 0) / points.length;
	const [x, y] = [mean(0), mean(1)];
	const over = points.reduce((sum, [second, value]) => sum + (second - x) * (value - y), 0);
	return (over / points.reduce((sum, [second]) => sum + (second - x) ** 2, 0)) * 3600;
}

const demo = await startCluster({ ...sizeOf(pods), clockSpeed: 15, replacing: pods / 100 / 60 });
const session = new Session(['--kubeconfig', demo.kubeconfig, '--refresh', '1s']);
const rows: string[] = [];
const sizes: [number, number][] = [];
const files: number[] = [];
try {
	await session.when(hasAllPods, 'all pods');
	const began = performance.now();
	let cpu = session.cpu();
	for (let second = 0; second <= minutes * 60; second += step) {
		await sleep(Math.max(0, began + second * 1000 - performance.now()));
		const { now } = memory(session.pid);
		const used = session.cpu();
		const figures = [second / 60, now, handles(session.pid), ((used - cpu) / step) * 100, session.bytes / 1024];
		cpu = used;
		rows.push(`| ${figures.map((value, index) => value.toFixed(index === 0 || index === 3 ? 1 : 0)).join(' | ')} |`);
		if (second >= full) {
			sizes.push([second, now]);
			files.push(handles(session.pid));
		}
	}
} finally {
	await session.close();
	await demo.close();
}
const spread = (values: readonly number[]) => `${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)}`;
const said = [
	`### Soak, ${pods} pods, ${minutes} minutes\n`,
	'1 % of the pods replaced a minute, new samples every second: the 120 samples are full after two minutes.\n',
	'| minute | MiB | open files | % of a core | KiB to the terminal |\n|---|---|---|---|---|',
	...rows,
	'',
	sizes.length < 2
		? 'Too short to say whether it grows.'
		: `After minute ${full / 60}: ${spread(sizes.map(([, size]) => size))} MiB, growing by ${growth(sizes).toFixed(1)} MiB an hour (least squares); ${spread(files)} open files.`,
	'',
].join('\n');
record(said);
process.stdout.write(said);
