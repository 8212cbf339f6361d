/** Gives the data host's thread its task, and the screen its end of the line. */
import { MessageChannel } from 'node:worker_threads';
import { exitCodes } from '../exit-codes.ts';
import { answerMachines, type FindMachine } from './machines.ts';
import type { FromHost, HostPort, ToHost } from './messages.ts';
import type { HostOptions } from './options.ts';
import { startThread } from './thread.ts';
import type { Given } from './worker.ts';

/**
 * @param findMachine of an embedded cluster's nodes; undefined: this machine is read
 * @param worker a thread that waits for its task
 */
export function startHost(
	options: HostOptions,
	findMachine: FindMachine | undefined,
	worker = startThread(),
): HostPort {
	const { port1, port2 } = new MessageChannel();
	worker.ref();
	if (findMachine === undefined) {
		worker.postMessage({ options } satisfies Given);
	} else {
		answerMachines(port1, findMachine);
		worker.postMessage({ options, machines: port2 } satisfies Given, [port2]);
	}
	const listeners: ((message: FromHost) => void)[] = [];
	let closing = false;
	// The host may have something to say before the screen listens: that its kubeconfig is missing, for one.
	const early: FromHost[] = [];
	const tell = (message: FromHost) => {
		if (listeners.length === 0) {
			early.push(message);
		}
		for (const listener of listeners) {
			listener(message);
		}
	};
	worker.on('message', tell);
	worker.on('error', (error) => {
		if (!closing) {
			tell({ type: 'fatal', message: `whytop's data host failed: ${error.message}`, exitCode: exitCodes.crashed });
		}
	});
	return {
		send: (message: ToHost) => worker.postMessage(message),
		onMessage: (listener) => {
			listeners.push(listener);
			for (const message of early.splice(0)) {
				listener(message);
			}
		},
		close: async () => {
			closing = true;
			port1.close();
			await worker.terminate();
		},
	};
}
