/**
 * What @kubernetes/client-node itself needs for the same: its typed list in pages of 500, and its informer. Each runs in
 * a process of its own, for its memory is part of the answer.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pods, runs } from './support/arguments.ts';
import { sizeOf, startCluster } from './support/cluster.ts';
import { table } from './support/table.ts';

interface Figures {
	wall: number;
	cpu: number;
	memory: number;
}

const way = process.env['WHYTOP_BENCH_WAY'];
if (way !== undefined) {
	process.stdout.write(JSON.stringify(await measureHere(way, process.env['KUBECONFIG'] ?? '')));
	process.exit(0);
}

async function measureHere(what: string, file: string): Promise<Figures> {
	const { CoreV1Api, KubeConfig, makeInformer } = await import('@kubernetes/client-node');
	const config = new KubeConfig();
	config.loadFromFile(file);
	const api = config.makeApiClient(CoreV1Api);
	const started = performance.now();
	const kept: unknown[] = [];
	const listAll = async () => {
		let token: string | undefined;
		let last = await api.listPodForAllNamespaces({ limit: 500 });
		const items = [...last.items];
		token = last.metadata?._continue;
		while (token) {
			last = await api.listPodForAllNamespaces({ limit: 500, _continue: token });
			items.push(...last.items);
			token = last.metadata?._continue;
		}
		last.items = items;
		return last;
	};
	if (what === 'informer') {
		const informer = makeInformer(config, '/api/v1/pods', listAll);
		await informer.start();
		kept.push(informer);
	} else {
		kept.push(await listAll());
	}
	const { system, user } = process.cpuUsage();
	return { wall: performance.now() - started, cpu: (system + user) / 1e6, memory: process.memoryUsage().rss / 2 ** 20 };
}

const run = promisify(execFile);
const demo = await startCluster({ ...sizeOf(pods), freezeClock: true });
const found: Record<string, Figures[]> = { 'typed list, pages of 500': [], informer: [] };
try {
	for (let index = 0; index < runs; index++) {
		for (const [what, figures] of Object.entries(found)) {
			const program = fileURLToPath(import.meta.url);
			const environment = { ...process.env, WHYTOP_BENCH_WAY: what, KUBECONFIG: demo.kubeconfig };
			const words = ['--max-old-space-size=8192', '--import=tsx', program];
			const { stdout } = await run(process.execPath, words, { env: environment });
			figures.push(JSON.parse(stdout) as Figures);
		}
	}
} finally {
	await demo.close();
}
process.stdout.write(
	table(
		`@kubernetes/client-node, ${pods} pods`,
		Object.entries(found).flatMap(([what, figures]) => [
			{ what, unit: 'ms', values: figures.map(({ wall }) => wall) },
			{ what, unit: 'CPU-s', values: figures.map(({ cpu }) => cpu) },
			{ what, unit: 'MiB', values: figures.map(({ memory }) => memory) },
		]),
	),
);
