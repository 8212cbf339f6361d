/** How clients come to the API server: everything that faults can change about it. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Kubeconfig } from './kubeconfig.ts';
import type { Authority } from './server/certificate.ts';

/** What a changed kubeconfig can be made of. */
export interface Means {
	/** Where the API server listens. */
	port: number;
	/** Of the proxy, '' if there is none. */
	proxy: string;
	/** The one that the API server's certificate is of, and whose certificates of users it believes. */
	authority: Authority;
	/** Another one, which has the same name. */
	stranger: Authority;
}

/** The API server's certificate. */
export interface ServerCertificate {
	names: readonly string[];
	addresses: readonly string[];
	/** Relative to now, ms. */
	from: number;
	until: number;
	/** Who has signed it in the place of the cluster's authority, null for that. */
	signer: { name: string; organization: string } | null;
}

/** A kubelet that can be connected to. */
export interface KubeletPort {
	/** By the cluster's authority. */
	certificate: Omit<ServerCertificate, 'signer'>;
	/** Where it listens; 0 before it does. */
	port: number;
}

export interface Reach {
	certificate: ServerCertificate;
	/** Of the one node whose kubelet is there for real. */
	kubelet: KubeletPort | undefined;
	/** Takes the connections in the place of the API server. */
	gate: ((connection: Socket) => void) | undefined;
	/** A proxy that clients are sent through. */
	proxy: ((connection: Socket, request: IncomingMessage) => void) | undefined;
	/** The API server is also found below this path. */
	pathPrefix: string;
	/** How far the cluster's clock is behind this machine's, ms. */
	clockBehind: number;
	/** What becomes of the kubeconfig, in this order. */
	kubeconfig: ((config: Kubeconfig, means: Means) => Kubeconfig)[];
	/** What becomes of its text. */
	text: ((text: string) => string)[];
	/** The file that is named is not there. */
	withoutFile: boolean;
}

const hour = 3_600_000;

export function ordinaryReach(): Reach {
	return {
		certificate: {
			names: ['localhost', 'kubernetes.default.svc'],
			addresses: ['127.0.0.1'],
			from: -hour,
			until: 366 * 24 * hour,
			signer: null,
		},
		kubelet: undefined,
		gate: undefined,
		proxy: undefined,
		pathPrefix: '',
		clockBehind: 0,
		kubeconfig: [],
		text: [],
		withoutFile: false,
	};
}
