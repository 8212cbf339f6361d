/**
 * The same pods by @kubernetes/client-node's own typed list and informer, by whytop's reader in one unpaged list, and by
 * whytop, screen included. Each runs in a process of its own, for its memory is part of the answer.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Demo } from '../../source/demo/options.ts';
import { connect } from '../../source/kube/connect.ts';
import { streamPages } from '../../source/kube/list.ts';
import { Fleet } from '../../source/model/fleet/fleet.ts';
import { acceptList } from '../../source/sources/accept.ts';
import { openPodList } from '../../source/sources/pods.ts';
import { memory } from './support/process.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods } from './support/screen.ts';
import { Session } from './support/session.ts';
import { type Line, table } from './support/table.ts';

interface Figures {
	/** s */
	wall: number;
	/** s */
	cpu: number;
	/** At its highest, MiB. */
	memory: number;
	/** '' if it went well. */
	failure: string;
}

const ways = ['typed list, pages of 500', 'informer', 'typed list, one page', 'whytop’s reader, one page'] as const;
type Way = (typeof ways)[number];

async function read(way: Way, file: string): Promise<unknown> {
	if (way === 'whytop’s reader, one page') {
		const client = await connect({ kubeconfig: file });
		const fleet = new Fleet();
		const options = { accept: acceptList, pageSize: 1_000_000 };
		await streamPages(client, '/api/v1/pods', options, (type) => openPodList(type, (pod) => fleet.putPod(pod, 1)));
		client.close();
		return fleet;
	}
	const { CoreV1Api, KubeConfig, makeInformer } = await import('@kubernetes/client-node');
	const config = new KubeConfig();
	config.loadFromFile(file);
	const api = config.makeApiClient(CoreV1Api);
	const listAll = async () => {
		let last = await api.listPodForAllNamespaces({ limit: 500 });
		const items = [...last.items];
		for (let token = last.metadata?._continue; token; token = last.metadata?._continue) {
			last = await api.listPodForAllNamespaces({ limit: 500, _continue: token });
			items.push(...last.items);
		}
		last.items = items;
		return last;
	};
	if (way === 'informer') {
		const informer = makeInformer(config, '/api/v1/pods', listAll);
		await informer.start();
		return informer;
	}
	return way === 'typed list, one page' ? api.listPodForAllNamespaces() : listAll();
}

const asked = process.env['WHYTOP_BENCH_WAY'];
if (asked !== undefined) {
	const started = performance.now();
	let failure = '';
	const kept: unknown[] = [];
	try {
		kept.push(await read(asked as Way, process.env['KUBECONFIG'] ?? ''));
	} catch (error) {
		failure = error instanceof Error ? `${(error as { code?: string }).code ?? error.name}` : String(error);
	}
	const { system, user } = process.cpuUsage();
	const wall = (performance.now() - started) / 1000;
	const figures: Figures = { wall, cpu: (system + user) / 1e6, memory: memory(process.pid).peak, failure };
	process.stdout.write(JSON.stringify(figures));
	process.exit(0);
}

async function inProcess(way: Way, kubeconfig: string): Promise<Figures> {
	const environment = { ...process.env, WHYTOP_BENCH_WAY: way, KUBECONFIG: kubeconfig };
	const words = ['--max-old-space-size=8192', '--import=tsx', fileURLToPath(import.meta.url)];
	const { stdout } = await promisify(execFile)(process.execPath, words, { env: environment });
	return JSON.parse(stdout) as Figures;
}

async function whole(kubeconfig: string): Promise<Figures> {
	const session = new Session(['--kubeconfig', kubeconfig]);
	try {
		const wall = (await session.when(hasAllPods, 'all pods')) / 1000;
		return { wall, cpu: session.cpu(), memory: memory(session.pid).peak, failure: '' };
	} finally {
		await session.close();
	}
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const found = new Map<string, Figures>();
	for (const way of ways) {
		// The first run makes the server's pages and does not count; the informer's are those of the list before it.
		for (let index = 0; index < (way === 'informer' ? 1 : 2); index++) {
			found.set(way, await inProcess(way, kubeconfig));
		}
	}
	await whole(kubeconfig);
	found.set('whytop, from its start, with nodes, metrics and screen', await whole(kubeconfig));
	const base = found.get('typed list, pages of 500');
	const lines = [...found].flatMap(([what, { cpu, failure, memory: its, wall }]): Line[] => {
		const name = failure === '' ? what : `${what}: fails, ${failure}`;
		const line = (unit: string, value: number, of: number | undefined, budget = ''): Line => ({
			what: name,
			unit,
			values: [value],
			budget: what.startsWith('whytop,') ? budget : '',
			...(of === undefined ? {} : { baseline: { name: 'typed list, pages of 500', median: of } }),
		});
		return [
			line('s', wall, base?.wall, '≤ 0.1 ×'),
			line('CPU-s', cpu, base?.cpu),
			line('MiB at most', its, base?.memory, '≤ 0.17 ×'),
		];
	});
	return table(`Against @kubernetes/client-node 2.0.1, ${pods} pods`, lines);
}

export const clientNode: Program = { cluster: { freezeClock: true }, measure };
await runAlone(import.meta.url, clientNode);
