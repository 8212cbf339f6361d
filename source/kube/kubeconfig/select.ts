import { resolve } from 'node:path';
import * as text from '../../messages/en/kube.ts';
import type { ConnectionFlags } from '../connection-flags.ts';
import { KubeError } from '../errors.ts';
import { type ClusterEntry, emptyCluster, emptyUser, type Kubeconfig, type UserEntry } from './entries.ts';
import type { KubeconfigPaths } from './files.ts';

/** The one cluster and the one user that will be used, flags applied. */
export interface Selection {
	/** '' if there is no context (in-cluster, or flags alone). */
	contextName: string;
	cluster: ClusterEntry;
	user: UserEntry;
	/** '' if nothing names one. */
	namespace: string;
	/** The file that holds the context, else the one with the cluster or the user; `in-cluster`, or `flags`. */
	origin: string;
}

/** True if there is nothing in it to choose from. */
export function isEmptyKubeconfig(kubeconfig: Kubeconfig): boolean {
	return kubeconfig.clusters.size === 0 && kubeconfig.contexts.size === 0 && kubeconfig.users.size === 0;
}

/**
 * Chooses context, cluster and user as kubectl does (client-go `DirectClientConfig`), except that it never falls back
 * to `localhost:8080`: where kubectl would, this says what is missing.
 *
 * @throws KubeError kind `configuration`
 */
export function select(kubeconfig: Kubeconfig, flags: ConnectionFlags, searched: KubeconfigPaths): Selection {
	const files = kubeconfig.files.join(', ');
	const contextName = flags.context || kubeconfig.currentContext;
	const context = kubeconfig.contexts.get(contextName);
	if (contextName !== '' && !context) {
		throw new KubeError(
			'configuration',
			text.contextMissing(
				contextName,
				files || searched.paths.join(', '),
				[...kubeconfig.contexts.keys()],
				!flags.context,
			),
			{ id: 'kubeconfig-context-missing' },
		);
	}
	if (!context && !flags.cluster && !flags.server) {
		throw isEmptyKubeconfig(kubeconfig)
			? new KubeError(
					'configuration',
					text.noKubeconfig(searched.paths, searched.namedBy, kubeconfig.files.length > 0),
					{
						id: 'kubeconfig-absent',
					},
				)
			: new KubeError('configuration', text.noCurrentContext(files, [...kubeconfig.contexts.keys()]), {
					id: 'kubeconfig-no-current-context',
				});
	}
	const cluster = selectCluster(kubeconfig, flags.cluster || (context?.cluster ?? ''), contextName, flags, files);
	const user = selectUser(kubeconfig, flags.user || (context?.user ?? ''), contextName, flags, files);
	return {
		contextName,
		cluster,
		user,
		namespace: context?.namespace ?? '',
		origin: context?.file || cluster.file || user.file || 'flags',
	};
}

function selectCluster(
	kubeconfig: Kubeconfig,
	name: string,
	contextName: string,
	flags: ConnectionFlags,
	files: string,
): ClusterEntry {
	const cluster = kubeconfig.clusters.get(name);
	if (!cluster && (flags.cluster || !flags.server)) {
		throw new KubeError(
			'configuration',
			text.clusterMissing(name, flags.cluster ? '' : contextName, files, [...kubeconfig.clusters.keys()]),
			{ id: 'kubeconfig-cluster-missing' },
		);
	}
	return cluster ?? emptyCluster(name || flags.server || '');
}

function selectUser(
	kubeconfig: Kubeconfig,
	name: string,
	contextName: string,
	flags: ConnectionFlags,
	files: string,
): UserEntry {
	const user = kubeconfig.users.get(name);
	if (!user && name !== '' && (flags.user || !flags.token)) {
		throw new KubeError(
			'configuration',
			text.userMissing(name, flags.user ? '' : contextName, files, [...kubeconfig.users.keys()]),
			{ id: 'kubeconfig-user-missing' },
		);
	}
	// A context without a user asks as nobody; some gateways want just that.
	return user ?? emptyUser(name);
}

/**
 * The flags over what the kubeconfig says, field by field as client-go's overrides: a flag for the CA or for skipping
 * verification replaces both; `--server` also forgets the kubeconfig's `tls-server-name`. One thing is stricter than
 * kubectl: with `--token` nothing else is sent, where kubectl goes on to present the user's client certificate, which
 * the API server then believes before the token.
 */
export function applyFlags(selection: Selection, flags: ConnectionFlags): Selection {
	const cluster = { ...selection.cluster };
	if (flags.server) {
		cluster.server = flags.server;
	}
	if (flags.insecureSkipTlsVerify || flags.certificateAuthority) {
		cluster.insecureSkipTlsVerify = flags.insecureSkipTlsVerify ?? false;
		cluster.certificateAuthority = flags.certificateAuthority ? resolve(flags.certificateAuthority) : '';
		cluster.certificateAuthorityData = '';
	}
	if (flags.tlsServerName || flags.server) {
		cluster.tlsServerName = flags.tlsServerName ?? '';
	}
	const { user: given } = selection;
	const user: UserEntry = {
		...(flags.token ? { ...emptyUser(given.name), file: given.file, token: flags.token.trim() } : given),
		as: flags.as || given.as,
		asUid: flags.asUid || given.asUid,
		asGroups: flags.asGroup && flags.asGroup.length > 0 ? flags.asGroup : given.asGroups,
		asUserExtra: given.asUserExtra,
	};
	return { ...selection, cluster, user, namespace: flags.namespace || selection.namespace };
}
