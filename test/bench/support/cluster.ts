/** The server that everything is measured against: the embedded demo in a process of its own, its pages made beforehand. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { get as plain } from 'node:http';
import { get as secure } from 'node:https';
import type { Demo, DemoOptions } from '../../../source/demo/options.ts';
import { startDemo } from '../../../source/demo/start.ts';
import { acceptList } from '../../../source/sources/accept.ts';
import { type Context, contextOf, type Kubeconfig } from './kubeconfig.ts';

export interface Size {
	nodes: number;
	pods: number;
}

/** The sizes of the tables; thirty pods a node, as in the largest clusters that Kubernetes is tested with. */
export function sizeOf(pods: number): Size {
	return { pods, nodes: Math.max(3, Math.round(pods / 30)) };
}

/** Reads an answer to its end. @returns its bytes as they came */
async function read({ authority, server, token }: Context, path: string, accept: string): Promise<number> {
	const options = {
		headers: { accept, 'accept-encoding': 'gzip', ...(token ? { authorization: `Bearer ${token}` } : {}) },
		...(authority === undefined ? {} : { ca: authority }),
	};
	return new Promise((resolve, reject) => {
		const send = server.startsWith('https:') ? secure : plain;
		send(`${server}${path}`, options, (response) => {
			let bytes = 0;
			response.on('data', (chunk: Buffer) => {
				bytes += chunk.length;
			});
			response.on('error', reject);
			response.on('end', () => resolve(bytes));
		}).on('error', reject);
	});
}

/** The processes that this one has started. None where it isn't Linux. */
function children(): string[] {
	try {
		return readdirSync('/proc/self/task').flatMap((thread) =>
			readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' ').filter(Boolean),
		);
	} catch {
		return [];
	}
}

/**
 * On a real cluster other machines do what the server does here: it gets a core only while nobody else wants it. By its
 * priority alone it would still keep one for some milliseconds each time.
 */
function giveWay(): void {
	for (const child of children()) {
		if (spawnSync('chrt', ['--all-tasks', '--idle', '--pid', '0', child]).status !== 0) {
			process.stderr.write('the server keeps its priority: chrt cannot be run, or may not lower it\n');
		}
	}
}

/** Starts a cluster and has it make its samples before anybody measures. Lists are made by a first run of each client. */
export async function startCluster(options: Partial<DemoOptions>): Promise<Demo> {
	const demo = await startDemo(options);
	const { clockSpeed = 1, samplesAhead = 0 } = options;
	if (clockSpeed > 1 || samplesAhead > 0) {
		// It makes samples nearly all the time, or is there to be measured against without its own work.
		giveWay();
	}
	const context = contextOf(JSON.parse(readFileSync(demo.kubeconfig, 'utf8')) as Kubeconfig);
	for (const resource of ['nodes', 'pods']) {
		await read(context, `/apis/metrics.k8s.io/v1beta1/${resource}`, acceptList);
	}
	return demo;
}
