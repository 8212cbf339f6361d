/** How clients come to the API server: everything that faults can change about it. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Kubeconfig } from './kubeconfig.ts';
import type { Authority } from './server/certificate.ts';
import type { TakeConnection } from './server/gate.ts';

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

export interface Reach {
	/** Of the API server's certificate. The dates are relative to now, ms. */
	certificate: { names: readonly string[]; addresses: readonly string[]; from: number; until: number };
	/** Takes the connections in the place of the API server. */
	gate: TakeConnection | undefined;
	/** A proxy that clients are sent through. */
	proxy: ((connection: Socket, request: IncomingMessage) => void) | undefined;
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
		},
		gate: undefined,
		proxy: undefined,
		clockBehind: 0,
		kubeconfig: [],
		text: [],
		withoutFile: false,
	};
}
