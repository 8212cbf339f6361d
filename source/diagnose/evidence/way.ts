/** What this machine sees of the way to an address by itself: names, connections, certificates. */

/** Whose address it is: the API server's, or the proxy's that stands before it. */
export type Whose = 'server' | 'proxy';

/** N1: one name, by the resolver that every connection of this machine uses. */
export interface NameFacts {
	of: Whose;
	/** What named a proxy: `proxy-url` of the kubeconfig, or a variable of the environment; '' of a server. */
	setting: string;
	name: string;
	addresses: readonly string[];
	/** `ENOTFOUND`; '' if it resolved. */
	code: string;
	/** ms */
	took: number;
}

/** N2: one address. */
export interface DialFacts {
	of: Whose;
	address: string;
	port: number;
	/** `ECONNREFUSED`, `EHOSTUNREACH`, `ETIMEDOUT` where nothing came back; '' if the connection stood. */
	code: string;
	/** ms */
	took: number;
}

/** N3: what was presented, the server's own certificate first. Nothing is sent over the connection. */
export interface HandshakeFacts {
	/** `10.0.0.1:6443` */
	endpoint: string;
	/** Empty where the handshake failed before the server showed one. */
	chain: readonly CertificateFacts[];
	/** Why it is not accepted by what the kubeconfig trusts, or how the handshake failed; '' if it is accepted. */
	code: string;
	/** `TLSv1.3`, '' without one. */
	protocol: string;
	/** ms */
	took: number;
}

export interface CertificateFacts {
	subject: string;
	issuer: string;
	/** `DNS:kubernetes`, `IP Address:10.96.0.1` */
	names: readonly string[];
	/** ms since 1970 */
	from: number;
	until: number;
}
