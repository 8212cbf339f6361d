/** Recorded answers of an API server, played back: over HTTP for a real kubectl, in process for our own command. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
	/** 200 if not given. */
	status?: number;
	json?: string;
	/** Base64. */
	protobuf?: string;
	/** An error that is no Status. */
	text?: string;
	/** Of the JSON, if it is a special one. */
	contentType?: string;
}

/** By path with query. */
export type Answers = Record<string, Answer>;

/** The same answers from a server that has no protobuf. */
export function inJson(answers: Answers): Answers {
	return Object.fromEntries(Object.entries(answers).map(([path, { protobuf: _, ...answer }]) => [path, answer]));
}

export interface Played {
	status: number;
	contentType: string;
	body: Buffer;
}

const notFound: Answer = {
	status: 404,
	json: '{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"the server could not find the requested resource","reason":"NotFound","details":{},"code":404}',
};

/** What an API server that has the metrics API answers to discovery. */
const discovery: Answers = {
	'/api': { json: '{"kind":"APIVersions","versions":["v1"],"serverAddressByClientCIDRs":[]}' },
	'/apis': {
		json: '{"kind":"APIGroupList","apiVersion":"v1","groups":[{"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}],"preferredVersion":{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}}]}',
	},
	'/apis/metrics.k8s.io': {
		json: '{"kind":"APIGroup","apiVersion":"v1","name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1","version":"v1beta1"}]}',
	},
};

/** The recorded answer, in protobuf if that is asked for first and was recorded. */
export function playedAnswer(answers: Answers, url: string, accept: string): Played {
	const { pathname, searchParams } = new URL(url, 'http://localhost');
	for (const [name, value] of [...searchParams]) {
		// Pages and empty selectors make no difference here.
		if (name === 'limit' || value === '') {
			searchParams.delete(name);
		}
	}
	const path = searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
	const {
		status = 200,
		json,
		protobuf,
		text,
		contentType = 'application/json',
	} = answers[path] ?? discovery[path] ?? notFound;
	if (protobuf !== undefined && accept.startsWith('application/vnd.kubernetes.protobuf')) {
		return { status, contentType: 'application/vnd.kubernetes.protobuf', body: Buffer.from(protobuf, 'base64') };
	}
	return json === undefined
		? { status, contentType: 'text/plain; charset=utf-8', body: Buffer.from(text ?? '') }
		: { status, contentType, body: Buffer.from(json) };
}

/** Serves the answers on a loopback port. */
export async function play(answers: Answers): Promise<{ url: string; close: () => Promise<void> }> {
	const server = createServer((request, response) => {
		const { status, contentType, body } = playedAnswer(answers, request.url ?? '/', request.headers.accept ?? '');
		response.writeHead(status, { 'Content-Type': contentType }).end(body);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}
