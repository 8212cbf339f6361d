import type { IncomingHttpHeaders } from 'node:http';

/** Who and what is talked to. */
export interface ClusterTarget {
	/** '' where there is no context (in-cluster, flags alone). */
	context: string;
	cluster: string;
	user: string;
	/** Origin and path prefix. */
	server: string;
	/** Of the flag or the context, `default` if neither names one. */
	namespace: string;
	/** The flag or the context names it. */
	namespaceGiven: boolean;
	/** `unverified`: the server's certificate is not checked; `plain`: not encrypted at all; '' = sound. */
	insecure: '' | 'unverified' | 'plain';
	/** The file(s) that it was read from, `in-cluster`, or `flags`. */
	origin: string;
}

export interface RequestOptions {
	/** GET by default. POST is for reviews, which change nothing: it is repeated like GET. */
	method?: 'GET' | 'POST';
	/** Undefined values are left out. */
	query?: Record<string, string | undefined>;
	/** `application/json` by default. */
	accept?: string;
	/** Sent as JSON. */
	body?: unknown;
	/** Aborts also the waits between repetitions; then the signal's reason is thrown. */
	signal?: AbortSignal;
	/** ms between two chunks of the body while one is waited for; 30 s by default. */
	idleTimeout?: number;
	/** How often a request is repeated that found no connection (2) or was told to come again (5). 0 = never. */
	retries?: number;
}

export interface KubeResponse {
	status: number;
	headers: IncomingHttpHeaders;
	/** The Content-Type header, '' if there is none. */
	contentType: string;
	/** Inflated; may be iterated once. Whoever does not read it to its end closes the connection. */
	body: AsyncIterable<Buffer>;
}

export interface SocketOptions {
	/** Subprotocols, the preferred one first. */
	protocols: readonly string[];
	/** A parameter may be given several times. */
	query?: Record<string, string | readonly string[] | undefined>;
	/** Breaks it off whenever it is aborted; then the signal's reason is thrown. */
	signal?: AbortSignal;
	/** Bytes; a longer message ends the connection. 16 MiB by default. */
	longestMessage?: number;
}

/** A websocket. */
export interface KubeSocket {
	/** The subprotocol that the server chose. */
	readonly protocol: string;
	/** In their order, until the other end closes; may be iterated once. Whoever stops early closes the connection. */
	readonly messages: AsyncIterable<Buffer>;
	send(message: Buffer): void;
	close(): void;
}

/** A connection to one API server with one identity. All methods reject with a KubeError. */
export interface KubeClient {
	readonly target: ClusterTarget;
	/** Makes the credentials, where that is work: runs an exec plugin, asks for a token. The server is not asked. */
	authenticate(signal?: AbortSignal): Promise<void>;
	/** Resolves at a success (2xx) as soon as its head is there. */
	open(path: string, options?: RequestOptions): Promise<KubeResponse>;
	read(
		path: string,
		options?: RequestOptions,
	): Promise<{ body: Buffer; contentType: string; headers: IncomingHttpHeaders }>;
	readJson<T>(path: string, options?: RequestOptions): Promise<T>;
	/** Upgrades a GET to a websocket. A server that answers without switching is a KubeError, whatever its status. */
	openSocket(path: string, options: SocketOptions): Promise<KubeSocket>;
	/** The server's clock in ms since 1970, right to about half a second once something was answered. */
	serverTime(): number;
	/** The shortest time in ms that a request waited for the head of its answer; 0 while nothing was answered. */
	roundTrip(): number;
	readonly cost: {
		/** Since the start, repetitions included. */
		readonly requests: number;
		/** As they came over the wire. */
		readonly bytesReceived: number;
		/** Mean of the last minute. */
		requestsPerSecond(): number;
		/** The same of the last seconds, in whole requests; 0 for less than one. */
		requestsNow(): number;
	};
	/** Breaks off what is under way (it rejects), ends an exec plugin that runs, and closes all connections. */
	close(): void;
}
