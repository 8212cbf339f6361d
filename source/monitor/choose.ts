/** What a data host follows: the cluster that the flags and the kubeconfig name, or this machine where nothing names one. */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { openDebugFile } from '../debug-file.ts';
import { DockerClient } from '../host/docker/client.ts';
import { dockerEndpoint } from '../host/docker/endpoint.ts';
import { DockerError } from '../host/docker/errors.ts';
import { connect } from '../kube/connect.ts';
import type { ConnectionFlags } from '../kube/connection-flags.ts';
import { KubeError } from '../kube/errors.ts';
import { kubeconfigPaths } from '../kube/kubeconfig/files.ts';
import { localNeedsLinux } from '../messages/en/local.ts';
import { followCluster } from './follow/cluster-follower.ts';
import type { Follow } from './follow/fleet-follower.ts';
import { followMachine } from './local/local-follower.ts';
import type { FindMachine } from './machines.ts';
import type { HostOptions } from './options.ts';

/** The metrics API's own resolution, ms: polling faster brings the same numbers again. */
const clusterRefresh = 15_000;
/** A machine's own counters are always of this moment. */
const machineRefresh = 2_000;

/**
 * @param findMachine of nodes; without it, this machine is read, whichever node it is
 * @throws KubeError of a kubeconfig that is broken, or named and not there; Error where this machine cannot be shown
 */
export async function chooseFollowed(
	options: HostOptions,
	environment: NodeJS.ProcessEnv,
	findMachine?: FindMachine,
): Promise<Follow> {
	if (options.local) {
		if (process.platform !== 'linux') {
			throw new Error(localNeedsLinux);
		}
		return machine(options, environment, '');
	}
	try {
		const debug = options.debugFile === '' ? {} : { debug: openDebugFile(options.debugFile) };
		const client = await connect(options.connection, environment, debug);
		const ownMachine: FindMachine = async () => ({ root: options.root, environment });
		return followCluster(
			client,
			{ ...options, refresh: options.refresh ?? clusterRefresh },
			options.root === '/' ? (findMachine ?? ownMachine) : ownMachine,
		);
	} catch (error) {
		const searched = wantsNoCluster(error, options.connection, environment);
		if (searched === '' || process.platform !== 'linux') {
			throw error;
		}
		return machine(options, environment, searched);
	}
}

/**
 * Where a kubeconfig was looked for, if there is none and nobody asked for a cluster: no flag, no KUBECONFIG, and not
 * in a pod. '' if the error has to be shown.
 */
export function wantsNoCluster(error: unknown, connection: ConnectionFlags, environment: NodeJS.ProcessEnv): string {
	const { namespace: _namespace, requestTimeout: _time, ...wishes } = connection;
	const { namedBy, paths } = kubeconfigPaths(connection.kubeconfig, environment);
	const isAbsent = error instanceof KubeError && error.id === 'kubeconfig-absent';
	if (!isAbsent || namedBy !== 'default' || Object.keys(wishes).length > 0 || paths.some((path) => existsSync(path))) {
		return '';
	}
	const home = environment['HOME'] || homedir();
	return paths.map((path) => (path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path)).join(', ');
}

function machine(options: HostOptions, environment: NodeJS.ProcessEnv, searched: string): Follow {
	const { refresh = machineRefresh, root } = options;
	const dockerNamed = (environment['DOCKER_HOST'] ?? '') !== '';
	return followMachine({
		root,
		refresh,
		machine: { asked: searched === '', searched, root },
		docker: dockerOf(root, environment),
		environment,
		dockerNamed,
	});
}

/** null for an address that cannot be used: then containers have no names, and everything else is as it is. */
function dockerOf(root: string, environment: NodeJS.ProcessEnv): DockerClient | null {
	try {
		return new DockerClient(dockerEndpoint(environment, root));
	} catch (error) {
		if (error instanceof DockerError) {
			return null;
		}
		throw error;
	}
}
