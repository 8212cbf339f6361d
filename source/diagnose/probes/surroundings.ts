import { access } from 'node:fs/promises';
import { kubeconfigPaths } from '../../kube/kubeconfig/files.ts';
import { inClusterSelection } from '../../kube/kubeconfig/in-cluster.ts';
import { proxyVariables } from '../../kube/proxy/environment.ts';
import { parseProxy } from '../../kube/proxy/proxy.ts';
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
			proxies: proxyVariables(environment).map(([variable, address]) => ({
				variable,
				address: withoutPassword(address, variable),
			})),
			inCluster: (await inClusterSelection(environment)) !== null,
		};
		return { ...reply, outcome: 'answered', took: performance.now() - startedAt, value };
	},
};

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
