/** Why a source gave nothing, or less than it should: an answer too, kept beside those of the other sources. */
import { KubeError } from '../kube/errors.ts';
import * as text from '../messages/en/gather.ts';
import type { SourceId } from '../model/reading.ts';

export type ProblemId =
	/** The API server does not let this user through to kubelets. */
	| 'nodes-proxy-forbidden'
	/** The kubelet itself refuses this user. */
	| 'kubelet-forbidden'
	| 'kubelet-unauthorized'
	/** The kubelet refuses the API server. */
	| 'kubelet-refuses-api-server'
	| 'node-unknown'
	| 'path-unknown'
	/** The kubelet that was asked is not this node's. */
	| 'other-node'
	/** Loopback and link-local addresses, which the API server does not pass on to. */
	| 'node-address-not-allowed'
	| 'kubelet-unreachable'
	| 'kubelet-tls'
	| 'timeout'
	/** The credentials, or the connection to the API server: every source has it. */
	| 'connection'
	| 'unreadable'
	| 'forbidden'
	| 'no-sample'
	| 'no-metrics-api'
	| 'not-scheduled'
	/** A sample of the container's predecessor. */
	| 'older-sample'
	| 'other-container'
	| 'failed';

export interface SourceProblem {
	source: SourceId;
	id: ProblemId;
	/** What was asked for, '' if nothing was. */
	path: string;
	/** HTTP status, 0 if there was none. */
	status: number;
	sentence: string;
}

/** Who was asked for what. */
export interface Question {
	source: SourceId;
	path: string;
	node: string;
	/** The kubelet's address if it was asked directly, '' through the API server. */
	kubelet: string;
	/** ms. */
	timeout: number;
}

/** Thrown by nobody else: what `AbortSignal.timeout` aborts with. */
export function isTimeout(error: unknown): boolean {
	return (
		(error instanceof DOMException && error.name === 'TimeoutError') ||
		(error instanceof KubeError && error.kind === 'timeout')
	);
}

/** The API server could not be asked at all: its message says all there is to say. */
export function isConnection(error: unknown): boolean {
	return (
		error instanceof KubeError &&
		(error.kind === 'credentials' || error.kind === 'configuration' || (error.status === 0 && error.kind !== 'timeout'))
	);
}

/** What a kubelet's failure to answer means, by what it, or the API server before it, said. */
export function kubeletProblem(question: Question, error: unknown): SourceProblem {
	const { source, path, kubelet, node, timeout } = question;
	const problem = (id: ProblemId, sentence: string): SourceProblem => ({
		source,
		id,
		path,
		status: error instanceof KubeError ? error.status : 0,
		sentence,
	});
	const asked: text.Asked = { node, path: pathOfKubelet(path), kubelet, said: '' };
	if (isTimeout(error) && !(error instanceof KubeError && error.status !== 0)) {
		return problem('timeout', text.kubeletTimeout(asked, timeout));
	}
	if (!(error instanceof KubeError)) {
		return problem('unreadable', (error as Error).message);
	}
	const said = { ...asked, said: firstLine(error.body || error.message) };
	return kubelet === '' ? throughApiServer(error, said, problem) : directly(error, said, problem);
}

type Make = (id: ProblemId, sentence: string) => SourceProblem;

function throughApiServer(error: KubeError, asked: text.Asked, problem: Make): SourceProblem {
	const { status, reason, body } = error;
	const byApiServer = reason !== '';
	if (status === 403) {
		return byApiServer
			? problem('nodes-proxy-forbidden', text.nodesProxyForbidden(asked))
			: problem('kubelet-refuses-api-server', text.kubeletRefusesApiServer(asked, status));
	}
	if (status === 401 && /^\s*Unauthorized\s*$/.test(body)) {
		return problem('kubelet-refuses-api-server', text.kubeletRefusesApiServer(asked, status));
	}
	if (status === 404) {
		// `nodes "x" not found`; any other 404 of the API server's is about a path that it does not pass on.
		return byApiServer && /^nodes? "/.test(error.message)
			? problem('node-unknown', text.nodeUnknown(asked))
			: problem('path-unknown', text.pathUnknown(asked));
	}
	if (/address not allowed/.test(error.message)) {
		return problem('node-address-not-allowed', text.addressNotAllowed(asked));
	}
	if (status >= 500 && /x509|certificate|tls:/.test(error.message)) {
		return problem('kubelet-tls', text.kubeletTls({ ...asked, said: firstLine(error.message) }));
	}
	if (status >= 502 || /trying to reach service|dial tcp|no route to host/.test(error.message)) {
		return problem('kubelet-unreachable', text.kubeletUnreachable({ ...asked, said: firstLine(error.message) }));
	}
	if (isConnection(error)) {
		return problem('connection', error.message);
	}
	return problem('failed', text.otherFailure({ ...asked, said: firstLine(error.message) }, status));
}

function directly(error: KubeError, asked: text.Asked, problem: Make): SourceProblem {
	switch (error.kind) {
		case 'unreachable':
			return problem('kubelet-unreachable', text.kubeletUnreachable({ ...asked, said: error.code }));
		case 'tls':
			return problem('kubelet-tls', text.kubeletTls({ ...asked, said: error.code }));
		case 'credentials':
			return error.status === 401
				? problem('kubelet-unauthorized', text.kubeletUnauthorized(asked, asked.kubelet.startsWith('http:')))
				: problem('connection', error.message);
		case 'configuration':
			return problem('connection', error.message);
		default:
	}
	if (error.status === 403) {
		return problem('kubelet-forbidden', text.kubeletForbids(asked));
	}
	return error.status === 404
		? problem('path-unknown', text.pathUnknown(asked))
		: problem('failed', text.otherFailure(asked, error.status));
}

/** The path as the kubelet sees it. */
function pathOfKubelet(path: string): string {
	return path.replace(/^.*?\/proxy(?=\/)/, '');
}

export function firstLine(message: string): string {
	return message.split('\n')[0] ?? '';
}
