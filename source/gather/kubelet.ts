/** A kubelet, through the API server's node proxy or directly, and what it answers. */
import type { KubeClient } from '../kube/client.ts';
import { connect } from '../kube/connect.ts';
import type { ConnectionFlags } from '../kube/connection-flags.ts';
import type { SourceId } from '../model/reading.ts';
import { acceptPrometheus } from '../sources/kubelet-answer.ts';
import { decodeKubeletCadvisor } from '../sources/kubelet-cadvisor.ts';
import { decodeKubeletResource } from '../sources/kubelet-resource.ts';
import { decodeKubeletSummary } from '../sources/kubelet-summary.ts';
import type { SourceAnswer } from '../sources/subject-readings.ts';
import { kubeletProblem, type Question, type SourceProblem } from './problem.ts';

export type KubeletAsk = 'summary' | 'resource' | 'cadvisor';

/** Where a kubelet is asked. */
export interface Kubelet {
	client: KubeClient;
	node: string;
	/** Stands before every path. */
	prefix: string;
	/** Its own address, '' through the API server. */
	address: string;
}

/** The kubelet of a node through the API server, which needs `nodes/proxy`. */
export function kubeletOf(client: KubeClient, node: string): Kubelet {
	return { client, node, prefix: `/api/v1/nodes/${encodeURIComponent(node)}/proxy`, address: '' };
}

/** The kubelet at the other end of a client that {@link connectKubelet} made. */
export function kubeletAt(client: KubeClient, node: string): Kubelet {
	return { client, node, prefix: '', address: client.target.server };
}

export interface KubeletConnection {
	/** `https://NODE:10250`, `http://NODE:10255`; without a scheme or a port, those of the secure one. */
	url: string;
	/** File; where the kubelet's certificate has another authority than the API server's. */
	certificateAuthority?: string;
	insecureSkipTlsVerify?: boolean;
}

const securePort = 10_250;
const readOnlyPort = 10_255;

/** The address with scheme and port. */
export function kubeletAddress(text: string): string {
	const scheme = /^https?:\/\//i.exec(text)?.[0] ?? (/:10255\/*$/.test(text) ? 'http://' : 'https://');
	const rest = text.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
	const port = scheme.toLowerCase() === 'http://' ? readOnlyPort : securePort;
	// The colons inside an IPv6 address are no port's.
	return `${scheme}${/(?::\d+|\/.*)$/.test(rest.replace(/\[.*\]/, '')) ? rest : `${rest}:${port}`}`;
}

/**
 * A client for a kubelet, with the user's credentials and the cluster's authority; over plain http nothing of them is
 * sent. Nothing is asked yet.
 *
 * @throws KubeError kind `configuration`
 */
export function connectKubelet(
	flags: ConnectionFlags,
	kubelet: KubeletConnection,
	environment: NodeJS.ProcessEnv = process.env,
): Promise<KubeClient> {
	const { certificateAuthority, insecureSkipTlsVerify } = kubelet;
	const { tlsServerName: _ofApiServer, ...rest } = flags;
	return connect(
		{
			...rest,
			server: kubeletAddress(kubelet.url),
			...(certificateAuthority === undefined && insecureSkipTlsVerify === undefined
				? {}
				: { certificateAuthority: certificateAuthority ?? '', insecureSkipTlsVerify: insecureSkipTlsVerify ?? false }),
		},
		environment,
	);
}

interface Endpoint {
	source: SourceId;
	path: string;
	accept: string;
	decode: (body: Buffer, contentType: string, receivedAt: number) => SourceAnswer;
}

const endpoints: Readonly<Record<KubeletAsk, Endpoint>> = {
	summary: {
		source: 'kubelet-summary',
		path: '/stats/summary',
		accept: 'application/json',
		decode: decodeKubeletSummary,
	},
	resource: {
		source: 'kubelet-resource',
		path: '/metrics/resource',
		accept: acceptPrometheus,
		decode: decodeKubeletResource,
	},
	cadvisor: {
		source: 'kubelet-cadvisor',
		path: '/metrics/cadvisor',
		accept: acceptPrometheus,
		decode: decodeKubeletCadvisor,
	},
};

export interface AskOptions {
	signal?: AbortSignal;
	/** ms for each question, 15 s by default. */
	timeout?: number;
}

export interface KubeletAnswers {
	answers: ReadonlyMap<SourceId, SourceAnswer>;
	problems: readonly SourceProblem[];
}

export const defaultTimeout = 15_000;

/**
 * Asks a kubelet, all questions at once. What fails is a problem beside the other answers.
 *
 * @throws the reason of the caller's own signal, and nothing else
 */
export async function askKubelet(
	kubelet: Kubelet,
	asks: readonly KubeletAsk[],
	options: AskOptions = {},
): Promise<KubeletAnswers> {
	const answers = new Map<SourceId, SourceAnswer>();
	const problems: SourceProblem[] = [];
	const timeout = options.timeout ?? defaultTimeout;
	await Promise.all(
		asks.map(async (ask) => {
			const { source, accept, decode, path } = endpoints[ask];
			const question: Question = {
				source,
				path: `${kubelet.prefix}${path}`,
				node: kubelet.node,
				kubelet: kubelet.address,
				timeout,
			};
			try {
				const { client } = kubelet;
				const { body, contentType } = await client.read(question.path, {
					accept,
					// A kubelet that is down is an answer; waiting for it would hold up the others.
					retries: 0,
					signal: withTimeout(options.signal, timeout),
				});
				answers.set(source, decode(body, contentType, client.serverTime()));
			} catch (error) {
				options.signal?.throwIfAborted();
				problems.push(kubeletProblem(question, error));
			}
		}),
	);
	return { answers, problems };
}

/** Aborts with the caller's signal, or after so many ms. */
export function withTimeout(signal: AbortSignal | undefined, milliseconds: number): AbortSignal {
	const timeout = AbortSignal.timeout(milliseconds);
	return signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
}
