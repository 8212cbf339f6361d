import { access } from 'node:fs/promises';
import { kubectlFlags } from '../../kube/connection-flags.ts';
import { kubeconfigPaths, readKubeconfig } from '../../kube/kubeconfig/files.ts';
import { inClusterSelection } from '../../kube/kubeconfig/in-cluster.ts';
import { proxyVariables } from '../../kube/proxy/environment.ts';
import { parseProxy } from '../../kube/proxy/proxy.ts';
import { presentable } from '../../kube/redact.ts';
import { clean } from '../../model/clean.ts';
import { type Answer, emptyReply } from '../evidence/answer.ts';
import type { SurroundingsFacts } from '../evidence/credentials.ts';
import type { Probe } from '../probe.ts';

/** L1, L4: which kubeconfigs are looked for, the proxies of the environment, and whether this is a pod. */
export const surroundingsProbe: Probe<'surroundings'> = {
	id: 'surroundings',
	step: 'local',
	cost: 0,
	needs: '',
	timeLimit: 3_000,
	when: () => true,
	async ask({ settings }): Promise<Answer<SurroundingsFacts>> {
		const reply = { ...emptyReply, request: 'read the environment (KUBECONFIG, HTTPS_PROXY)' };
		if (settings === undefined) {
			return { ...reply, value: null };
		}
		const startedAt = performance.now();
		const { environment, flags } = settings;
		const { namedBy, paths } = kubeconfigPaths(flags.kubeconfig, environment);
		const value: SurroundingsFacts = {
			kubeconfigs: await Promise.all(paths.map(async (path) => ({ path: clean(path), exists: await isThere(path) }))),
			namedBy,
			kubectlFlags: kubectlFlags(flags),
			proxies: proxyVariables(environment).map(([variable, address]) => ({
				variable,
				address: withoutPassword(address, variable),
			})),
			inCluster: (await inClusterSelection(environment)) !== null,
			behindRancher: await contextsBehindRancher(flags.kubeconfig, environment),
		};
		return { ...reply, outcome: 'answered', took: performance.now() - startedAt, value };
	},
};

/** Rancher writes its own way to a cluster beside those to its nodes, into one file. */
async function contextsBehindRancher(
	flag: string | undefined,
	environment: NodeJS.ProcessEnv,
): Promise<SurroundingsFacts['behindRancher']> {
	try {
		const { clusters, contexts } = await readKubeconfig(kubeconfigPaths(flag, environment));
		return [...contexts.values()].flatMap(({ cluster, name }) => {
			const server = clusters.get(cluster)?.server ?? '';
			return server.includes('/k8s/clusters/') ? [{ context: clean(name), server: presentable(server, 200) }] : [];
		});
	} catch {
		// What is wrong with the file is told by its own probe.
		return [];
	}
}

function withoutPassword(address: string, variable: string): string {
	try {
		return clean(parseProxy(address, variable).address);
	} catch {
		return 'not a proxy’s address';
	}
}

async function isThere(path: string): Promise<boolean> {
	return access(path).then(
		() => true,
		() => false,
	);
}
