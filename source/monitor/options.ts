import type { ConnectionFlags } from '../kube/connection-flags.ts';

/** All that a data host is told when it starts; plain data, so that it can be sent to a worker. */
export interface HostOptions {
	connection: ConnectionFlags;
	/** A namespace, null for all, undefined for what the kubeconfig's context says (all if it says nothing). */
	namespace: string | null | undefined;
	labelSelector: string;
	fieldSelector: string;
	/** ms between two polls of the metrics. */
	refresh: number;
	demo: boolean;
	/** Where this machine's files begin: `/`, or `/host` in a pod of `kubectl debug node`. */
	root: string;
	/** A file for the log of requests, secrets stripped; '' for none. */
	debugFile: string;
}
