import { readFileSync } from 'node:fs';
import type { IncomingHttpHeaders } from 'node:http';
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { gunzipSync } from 'node:zlib';
import type { Kubeconfig, UserEntry } from '../../source/demo/kubeconfig.ts';

export interface Answer {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
	text: string;
	/** The body as JSON. */
	// biome-ignore lint/suspicious/noExplicitAny: whatever the API answers, looked at freely by tests
	json: any;
}

export interface Question {
	method?: string;
	token?: string;
	headers?: Record<string, string>;
	body?: string | Buffer;
	/** Certificate authority as PEM, for https. */
	authority?: string;
	/** Of the client, as PEM, with its key. */
	certificate?: string;
	key?: string;
}

/** Asks a demo server one question and reads the whole answer. */
export function ask(url: string, question: Question = {}): Promise<Answer> {
	const token = question.token ?? 'whytop-demo-admin';
	const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...question.headers };
	const options = {
		method: question.method ?? 'GET',
		headers,
		agent: false as const,
		...(question.authority ? { ca: question.authority } : {}),
		...(question.certificate ? { cert: question.certificate, key: question.key } : {}),
	};
	return new Promise((resolve, reject) => {
		const send = url.startsWith('https:') ? secureRequest : plainRequest;
		const request = send(url, options, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('error', reject);
			response.on('end', () => {
				const raw = Buffer.concat(parts);
				const body = response.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
				resolve({
					status: response.statusCode ?? 0,
					headers: response.headers,
					body,
					text: body.toString(),
					get json() {
						return JSON.parse(body.toString());
					},
				});
			});
		});
		request.on('error', reject);
		request.end(question.body);
	});
}

export function readKubeconfig(path: string): Kubeconfig {
	return JSON.parse(readFileSync(path, 'utf8')) as Kubeconfig;
}

/** The entry of the current context's user. */
export function currentUser(config: Kubeconfig): UserEntry {
	const context = config.contexts.find((each) => each.name === config['current-context']);
	return config.users.find((each) => each.name === context?.context.user)?.user ?? {};
}

/** Its token. */
export function currentToken(config: Kubeconfig): string {
	return currentUser(config).token ?? '';
}
