/** Starts the data host in a worker thread and gives the screen its end of the line. */
import { existsSync } from 'node:fs';
import { MessageChannel, Worker } from 'node:worker_threads';
import { exitCodes } from '../exit-codes.ts';
import { answerMachines, type FindMachine } from './machines.ts';
import type { FromHost, HostPort, ToHost } from './messages.ts';
import type { HostOptions } from './options.ts';

/**
 * The host makes few objects that live for long, and buffers that are dead at once: collected often they cost little time,
 * and left to the engine's 128 MB they pile up. MB, of which the engine uses a third at a time.
 */
const youngObjects = 6;

/** The bundle beside the running one; when run from source, the one that `npm run build` made. */
function workerFile(): URL {
	const bundled = new URL('host.js', import.meta.url);
	return existsSync(bundled) ? bundled : new URL('../../distribution/host.js', import.meta.url);
}

/** @param findMachine of an embedded cluster's nodes; without it this machine is read */
export function startHost(options: HostOptions, findMachine?: FindMachine): HostPort {
	const { port1, port2 } = new MessageChannel();
	const given = findMachine === undefined ? { options } : { options, machines: port2 };
	if (findMachine !== undefined) {
		answerMachines(port1, findMachine);
	}
	const worker = new Worker(workerFile(), {
		workerData: given,
		transferList: findMachine === undefined ? [] : [port2],
		name: 'whytop data host',
		resourceLimits: { maxYoungGenerationSizeMb: youngObjects },
	});
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
