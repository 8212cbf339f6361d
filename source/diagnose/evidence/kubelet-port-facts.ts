import type { HandshakeFacts } from './way.ts';

/** What this machine saw at the two ports of a kubelet. */
export interface KubeletPortFacts {
	node: string;
	/** As metrics-server would choose it. */
	address: string;
	/** The kubelet's own, 10250. */
	port: number;
	/** Of the connection: `ECONNREFUSED`, `ETIMEDOUT` …, '' if it stood. */
	code: string;
	/** ms */
	took: number;
	/** Judged by that address and by the authority below; null without a connection. */
	handshake: HandshakeFacts | null;
	/** True if it was judged by the authority that pods are given (ConfigMap kube-root-ca.crt), as metrics-server judges. */
	asPodsJudge: boolean;
	/** Of `GET /metrics/resource` as nobody; 0 if there was no answer. No credential is shown to a kubelet. */
	status: number;
	/** The first line of that answer. */
	words: string;
	/** Of the port without TLS, 10255: as `code`. */
	readOnlyCode: string;
	/** ms */
	readOnlyTook: number;
}
