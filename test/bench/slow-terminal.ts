/** A terminal that reads 20 KB a second while rows change: is the newest state shown, and do keys still lead out? */
import { setTimeout as sleep } from 'node:timers/promises';
import { pods } from './support/arguments.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { hasAllPods } from './support/screen.ts';
import { Session } from './support/session.ts';
import { table } from './support/table.ts';

const bytesASecond = 20_000;
const slice = 50;

const demo = await startCluster({ ...sizeOf(pods), changing: 200 });
const session = new Session(['--kubeconfig', demo.kubeconfig, '--refresh', '1s']);
try {
	await session.when(hasAllPods, 'all pods');
	// Reads in slices: as much as the line would have carried meanwhile, then not at all.
	let isOver = false;
	const reading = (async () => {
		while (!isOver) {
			const before = session.bytes;
			session.resume();
			await sleep(2);
			session.pause();
			await sleep(Math.max(slice, ((session.bytes - before) / bytesASecond) * 1000));
		}
		session.resume();
	})();
	const answers: number[] = [];
	for (let index = 0; index < 10; index++) {
		answers.push((await session.press('\x1b[6~', 10_000)).first);
		await sleep(500);
	}
	const quit = performance.now();
	session.type('q');
	isOver = true;
	await reading;
	while (session.exitCode === undefined && performance.now() - quit < 10_000) {
		await sleep(20);
	}
	process.stdout.write(
		table(`A terminal that reads ${bytesASecond} bytes a second, ${pods} pods`, [
			{ what: 'page down to its first byte', unit: 'ms', values: answers },
			{ what: 'q to the end of the program', unit: 'ms', values: [performance.now() - quit] },
			{ what: 'the terminal is given back', unit: '1 = yes', values: [Number(!session.screen.isAlternate)] },
		]),
	);
} finally {
	await session.close();
	await demo.close();
}
