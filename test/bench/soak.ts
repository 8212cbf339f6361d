/** Memory and open files over a long time, while 1 % of the pods are replaced a minute. */
import { setTimeout as sleep } from 'node:timers/promises';
import { minutes, pods } from './support/arguments.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { handles, memory } from './support/process.ts';
import { hasAllPods } from './support/screen.ts';
import { Session } from './support/session.ts';

const demo = await startCluster({ ...sizeOf(pods), replacing: pods / 100 / 60 });
const session = new Session(['--kubeconfig', demo.kubeconfig, '--refresh', '1s']);
try {
	await session.when(hasAllPods, 'all pods');
	process.stdout.write(`### Soak, ${pods} pods, 1 % replaced a minute\n\n`);
	process.stdout.write('| minute | MiB | open files | CPU-s | KiB to the terminal |\n|---|---|---|---|---|\n');
	for (let minute = 0; minute <= minutes; minute++) {
		const figures = [memory(session.pid).now, handles(session.pid), session.cpu(), session.bytes / 1024];
		process.stdout.write(`| ${[minute, ...figures.map((value) => value.toFixed(0))].join(' | ')} |\n`);
		if (minute < minutes) {
			await sleep(60_000);
		}
	}
} finally {
	await session.close();
	await demo.close();
}
