/** Runs our command on played answers, through the real client, with kubectl's arguments. */

import { type TopRequest, top } from '../../../source/commands/top/top.ts';
import type { KubeClient } from '../../../source/kube/client.ts';
import { connect } from '../../../source/kube/connect.ts';
import { type Answers, play } from './playback.ts';

export interface Outcome {
	stdout: string;
	stderr: string;
	code: number;
	/** Paths that were asked, in order. */
	asked: string[];
}

export const plainRequest: TopRequest = {
	resource: 'pods',
	name: '',
	allNamespaces: false,
	namespace: undefined,
	labelSelector: '',
	fieldSelector: '',
	sortBy: '',
	containers: false,
	sum: false,
	headers: true,
	showCapacity: false,
	showSwap: false,
	output: 'table',
	kubectlFlags: '',
};

/** What our command line makes of the arguments of `kubectl top`. */
export function requestOf(words: readonly string[]): TopRequest {
	const request: TopRequest = { ...plainRequest, resource: words[0] === 'node' ? 'nodes' : 'pods' };
	const rest = words.slice(1).flatMap((word) => word.split(/(?<=^--[a-z-]+)=/));
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		switch (word) {
			case '-A':
				request.allNamespaces = true;
				break;
			case '-n':
				request.namespace = rest.shift();
				break;
			case '-l':
				request.labelSelector = rest.shift() ?? '';
				break;
			case '-o':
				request.output = rest.shift() as TopRequest['output'];
				break;
			case '--field-selector':
				request.fieldSelector = rest.shift() ?? '';
				break;
			case '--sort-by':
				request.sortBy = rest.shift() ?? '';
				break;
			case '--containers':
				request.containers = true;
				break;
			case '--sum':
				request.sum = true;
				break;
			case '--no-headers':
				request.headers = false;
				break;
			case '--show-capacity':
				request.showCapacity = true;
				break;
			case '--show-swap':
				request.showSwap = true;
				break;
			default:
				if (word.startsWith('-')) {
					throw new Error(`unknown flag ${word}`);
				}
				request.name = word;
		}
	}
	return request;
}

/** A server with these answers and a client of it, for as long as `work` takes. */
export async function withAnswers(
	answers: Answers,
	work: (run: (request: TopRequest) => Promise<Outcome>) => Promise<void>,
	serverTime?: number,
): Promise<void> {
	const server = await play(answers);
	const client = await connect({ server: server.url }, { KUBECONFIG: '/dev/null' });
	try {
		await work(async (request) => {
			const outcome: Outcome = { stdout: '', stderr: '', code: Number.NaN, asked: [] };
			outcome.code = await top(request, watched(client, outcome.asked, serverTime), {
				out: (text) => {
					outcome.stdout += text;
				},
				error: (text) => {
					outcome.stderr += text;
				},
			});
			return outcome;
		});
	} finally {
		client.close();
		await server.close();
	}
}

function watched(client: KubeClient, asked: string[], serverTime: number | undefined): KubeClient {
	const note = (path: string): void => {
		asked.push(path);
	};
	return {
		target: client.target,
		cost: client.cost,
		roundTrip: () => client.roundTrip(),
		authenticate: (signal) => client.authenticate(signal),
		open: (path, options) => {
			note(path);
			return client.open(path, options);
		},
		read: (path, options) => {
			note(path);
			return client.read(path, options);
		},
		readJson: (path, options) => {
			note(path);
			return client.readJson(path, options);
		},
		openSocket: (path, options) => {
			note(path);
			return client.openSocket(path, options);
		},
		serverTime: () => serverTime ?? client.serverTime(),
		close: () => client.close(),
	};
}
