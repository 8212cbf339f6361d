/**
 * The same by @kubernetes/client-node's own typed lists, its Metrics and its informer, by whytop's reader in one unpaged
 * list, and by whytop, screen included. Each runs in a process of its own, for its memory is part of the answer.
 *
 * The whole fleet is nodes, pods and the metrics of both: that is what whytop has loaded when all rows are there, so it
 * stands beside client-node's own three. It stands beside the pods alone as well, which is less than whytop does.
 * client-node's time is without the start of Node, and with its own import; whytop's is from the start of its process.
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
import { runs } from './support/arguments.ts';
import { memory } from './support/process.ts';
import { type Program, runAlone } from './support/program.ts';
import { hasAllPods, hasNodes, hasRanking } from './support/screen.ts';
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

const fleet = 'typed lists in pages of 500, nodes and pods, and Metrics of both';
const podsAlone = 'typed list of pods alone, pages of 500';
const ways = [
	fleet,
	podsAlone,
	'informer of pods',
	'typed list of pods, one page',
	'whytop’s reader, one page',
] as const;
type Way = (typeof ways)[number];

async function read(way: Way, file: string): Promise<unknown> {
	if (way === 'whytop’s reader, one page') {
		const client = await connect({ kubeconfig: file });
		const read = new Fleet();
		const options = { accept: acceptList, pageSize: 1_000_000 };
		await streamPages(client, '/api/v1/pods', options, (type) => openPodList(type, (pod) => read.putPod(pod, 1)));
		client.close();
		return read;
	}
	const { CoreV1Api, KubeConfig, Metrics, makeInformer } = await import('@kubernetes/client-node');
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
	const listNodes = async () => {
		const items = [];
		let token: string | undefined;
		do {
			const page = await api.listNode({ limit: 500, ...(token ? { _continue: token } : {}) });
			items.push(...page.items);
			token = page.metadata?._continue;
		} while (token);
		return items;
	};
	if (way === fleet) {
		const metrics = new Metrics(config);
		return Promise.all([listNodes(), listAll(), metrics.getNodeMetrics(), metrics.getPodMetrics()]);
	}
	if (way === 'informer of pods') {
		const informer = makeInformer(config, '/api/v1/pods', listAll);
		await informer.start();
		return informer;
	}
	return way === 'typed list of pods, one page' ? api.listPodForAllNamespaces() : listAll();
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
		const isWhole = (text: string) => hasAllPods(text) && hasNodes(text) && hasRanking(text);
		const wall = (await session.when(isWhole, 'the whole fleet')) / 1000;
		return { wall, cpu: session.cpu(), memory: memory(session.pid).peak, failure: '' };
	} finally {
		await session.close();
	}
}

async function measure({ kubeconfig }: Demo, pods: number): Promise<string> {
	const found = new Map<string, Figures[]>();
	for (const way of ways) {
		// The first run makes the server's pages and does not count; the informer's are those of the list before it.
		for (let index = 0; index < (way === 'informer of pods' ? 1 : 2); index++) {
			found.set(way, [await inProcess(way, kubeconfig)]);
		}
	}
	await whole(kubeconfig);
	const ours: Figures[] = [];
	for (let index = 0; index < Math.max(3, runs); index++) {
		ours.push(await whole(kubeconfig));
	}
	const baseOf = (way: Way) => ({ name: way, figures: found.get(way)?.[0] });
	const linesOf = (
		what: string,
		figures: readonly Figures[],
		base: ReturnType<typeof baseOf>,
		isOurs = false,
	): Line[] => {
		const failure = figures.find(({ failure }) => failure !== '')?.failure;
		const line = (unit: string, field: 'wall' | 'cpu' | 'memory', budget = ''): Line => ({
			what: failure === undefined ? what : `${what}: fails, ${failure}`,
			unit,
			values: figures.map((each) => each[field]),
			budget: isOurs ? budget : '',
			...(base.figures === undefined ? {} : { baseline: { name: base.name, median: base.figures[field] } }),
		});
		return [line('s', 'wall', '≤ 0.1 ×'), line('CPU-s', 'cpu'), line('MiB at most', 'memory', '≤ 0.17 ×')];
	};
	return table(`Against @kubernetes/client-node 2.0.1, ${pods} pods`, [
		...[...found].flatMap(([what, figures]) => linesOf(what, figures, baseOf(what === fleet ? fleet : podsAlone))),
		...linesOf('whytop from its start, nodes, pods, metrics and screen', ours, baseOf(fleet), true),
		...linesOf('the same, beside their pods alone', ours, baseOf(podsAlone)),
	]);
}

export const clientNode: Program = { cluster: { freezeClock: true }, measure };
await runAlone(import.meta.url, clientNode);
