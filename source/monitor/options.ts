import type { ConnectionFlags } from '../kube/connection-flags.ts';

/** All that a data host is told when it starts; plain data, so that it can be sent to a worker. */
export interface HostOptions {
	connection: ConnectionFlags;
	/** This machine and no cluster. */
	local: boolean;
	/** A namespace, null for all, undefined for what the kubeconfig's context says (all if it says nothing). */
	namespace: string | null | undefined;
	labelSelector: string;
	fieldSelector: string;
	/** ms between two polls; undefined for what suits what is followed. */
	refresh: number | undefined;
	demo: boolean;
	/** Where this machine's files begin: `/`, or `/host` in a pod of `kubectl debug node`. */
	root: string;
	/** A file for the log of requests, secrets stripped; '' for none. */
	debugFile: string;
}
