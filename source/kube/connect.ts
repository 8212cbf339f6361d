import { clean } from '../model/clean.ts';
import type { ClusterTarget, KubeClient } from './client.ts';
import type { ConnectionFlags } from './connection-flags.ts';
import { combineCredentials } from './credentials/credential.ts';
import { impersonationHeaders } from './credentials/impersonation.ts';
import { makeCredentials } from './credentials/make.ts';
import type { DebugSink } from './debug-log.ts';
import { HttpClient } from './http-client.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig/entries.ts';
import { kubeconfigPaths, readKubeconfig } from './kubeconfig/files.ts';
import { inClusterSelection } from './kubeconfig/in-cluster.ts';
import { applyFlags, isEmptyKubeconfig, type Selection, select } from './kubeconfig/select.ts';
import { type Server, serverOf } from './transport/server.ts';

export interface ConnectOptions {
	/** Takes the lines of `--debug FILE`. */
	debug?: DebugSink;
	/** Where a pod's service account is mounted; for tests. */
	serviceAccountFolder?: string;
}

/**
 * Reads the kubeconfig (or the pod's service account), applies the flags and makes the credentials. Nothing is asked
 * over the network, and no exec plugin is run yet.
 *
 * @throws KubeError kind `configuration`, naming the file and the way out
 */
export async function connect(
	flags: ConnectionFlags,
	environment: NodeJS.ProcessEnv = process.env,
	options: ConnectOptions = {},
): Promise<KubeClient> {
	const selection = await chooseTarget(flags, environment, options.serviceAccountFolder);
	const { cluster, user } = selection;
	const server = await serverOf(cluster, selection.contextName, environment);
	// kubectl's rule: what proves who we are is only said over a connection that nobody reads along.
	const credentials = server.secure
		? await makeCredentials(user, forPlugin(cluster, server), environment)
		: combineCredentials([]);
	return new HttpClient({
		target: targetOf(selection, server),
		server,
		credentials,
		headers: impersonationHeaders(user),
		requestTimeout: flags.requestTimeout ?? 0,
		environment,
		keptBack: !server.secure && hasCredentials(user),
		debug: options.debug,
	});
}

/**
 * Which cluster, as whom: kubeconfig, else service account, with the flags over it.
 *
 * @throws KubeError kind `configuration`
 */
export async function chooseTarget(
	flags: ConnectionFlags,
	environment: NodeJS.ProcessEnv,
	serviceAccountFolder?: string,
): Promise<Selection> {
	const searched = kubeconfigPaths(flags.kubeconfig, environment);
	const kubeconfig = await readKubeconfig(searched);
	const chooses = flags.context || flags.cluster || flags.user;
	if (searched.namedBy !== 'flag' && !chooses && isEmptyKubeconfig(kubeconfig)) {
		const inCluster = await inClusterSelection(environment, serviceAccountFolder);
		if (inCluster) {
			return applyFlags(inCluster, flags);
		}
	}
	return applyFlags(select(kubeconfig, flags, searched), flags);
}

function targetOf(selection: Selection, server: Server): ClusterTarget {
	return {
		context: clean(selection.contextName),
		cluster: clean(selection.cluster.name),
		user: clean(selection.user.name),
		server: clean(server.address),
		namespace: clean(selection.namespace || 'default'),
		namespaceGiven: selection.namespace !== '',
		insecure: server.secure ? (server.verify ? '' : 'unverified') : 'plain',
		origin: clean(selection.origin),
	};
}

/** The cluster as an exec plugin is told of it: the CA always as data. */
function forPlugin(cluster: ClusterEntry, server: Server): ClusterEntry {
	return { ...cluster, certificateAuthorityData: Buffer.from(server.certificateAuthority, 'utf8').toString('base64') };
}

function hasCredentials(user: UserEntry): boolean {
	return Boolean(
		user.token ||
			user.tokenFile ||
			user.username ||
			user.clientCertificate ||
			user.clientCertificateData ||
			user.exec ||
			user.authProvider,
	);
}
