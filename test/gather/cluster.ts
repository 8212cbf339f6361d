import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { TestContext } from 'node:test';
import { kubeletAt } from '../../source/gather/kubelet.ts';
import { type ApiServer, apiServer } from '../kube/support/api-server.ts';
import { clientFor } from '../kube/support/client.ts';
import { prometheus } from '../sources/kubelet-fixture.ts';

export interface Answer {
	status?: number;
	type?: string;
	body: string | Buffer;
}

export type Answers = Record<string, Answer | 'never'>;

function captured(name: string): Buffer {
	return readFileSync(new URL(`../sources/fixtures/kubelet-1.36/${name}`, import.meta.url));
}

function json(value: unknown): Answer {
	return { body: JSON.stringify(value) };
}

/** What the kubelet of `node-a` answers, by its own paths. */
export function kubeletAnswers(): Record<string, Answer> {
	return {
		'/stats/summary': { body: captured('summary.json') },
		'/metrics/resource': { type: prometheus, body: captured('resource.txt') },
		'/metrics/cadvisor': { type: prometheus, body: captured('cadvisor.txt') },
	};
}

export const proxy = '/api/v1/nodes/node-a/proxy';

/** What the API server answers, the node's proxy among it. */
export function apiAnswers(): Record<string, Answer> {
	const answers: Record<string, Answer> = {
		'/apis/metrics.k8s.io': json({ kind: 'APIGroup', versions: [{ version: 'v1beta1' }] }),
		'/api/v1/nodes/node-a': { body: captured('node.json') },
		'/apis/metrics.k8s.io/v1beta1/nodes/node-a': { body: captured('node.metrics.json') },
	};
	for (const [path, answer] of Object.entries(kubeletAnswers())) {
		answers[`${proxy}${path}`] = answer;
	}
	for (const [file, prefix] of [
		['pods.json', '/api/v1'],
		['pods.metrics.json', '/apis/metrics.k8s.io/v1beta1'],
	] as const) {
		for (const [pod, object] of Object.entries(JSON.parse(captured(file).toString()) as Record<string, unknown>)) {
			answers[`${prefix}/namespaces/${pod.replace('/', '/pods/')}`] = json(object);
		}
	}
	return answers;
}

/** The object that an answer holds, to change it before it is asked for. */
export function change(answers: Answers, path: string, alter: (text: string) => string): void {
	const answer = answers[path];
	if (answer === undefined || answer === 'never') {
		throw new Error(path);
	}
	answers[path] = { ...answer, body: alter(answer.body.toString()) };
}

export function statusAnswer(code: number, reason: string, message: string): Answer {
	return { status: code, body: JSON.stringify({ kind: 'Status', status: 'Failure', code, reason, message }) };
}

export function serve(test: TestContext, answers: Answers): Promise<ApiServer> {
	return apiServer(test, answering(answers));
}

export function answering(answers: Answers): RequestListener {
	return (request, response) => {
		const answer = answers[request.url?.replace(/\?.*/, '') ?? ''];
		if (answer === 'never') {
			return;
		}
		const {
			status = 200,
			type = 'application/json',
			body,
		} = answer ?? {
			status: 404,
			type: 'text/plain; charset=utf-8',
			body: '404 page not found\n',
		};
		response.writeHead(status, { 'Content-Type': type });
		response.end(body);
	};
}

/** A client of an API server with these answers. */
export async function cluster(test: TestContext, answers: Answers = apiAnswers()) {
	const server = await serve(test, answers);
	return { server, client: await clientFor(test, { server: server.url }) };
}

/** A kubelet with these answers that is asked directly. */
export async function directKubelet(test: TestContext, answers: Answers = kubeletAnswers()) {
	const { server, client } = await cluster(test, answers);
	return { server, kubelet: kubeletAt(client, 'node-a') };
}
