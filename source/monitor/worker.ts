/** The data host's thread: waits for what it is for, then passes messages. */
import { once } from 'node:events';
import { type MessagePort, parentPort } from 'node:worker_threads';
import { exitCodes } from '../exit-codes.ts';
import { chooseFollowed } from './choose.ts';
import { DataHost } from './host.ts';
import { askMachines } from './machines.ts';
import type { FromHost, ToHost } from './messages.ts';
import type { HostOptions } from './options.ts';

/** The first message. */
export interface Given {
	options: HostOptions;
	/** Where to ask for the machines of nodes, if they are not this one. */
	machines?: MessagePort;
}

function isGiven(data: unknown): data is Given {
	return typeof data === 'object' && data !== null && 'options' in data;
}

async function main(): Promise<void> {
	const port = parentPort;
	const [given] = port === null ? [] : await once(port, 'message');
	if (port === null || !isGiven(given)) {
		throw new Error('the data host runs only as a worker of whytop');
	}
	const { machines, options } = given;
	const post = (message: FromHost) => port.postMessage(message);
	const early: ToHost[] = [];
	const keep = (message: ToHost) => early.push(message);
	port.on('message', keep);
	try {
		const findMachine = machines === undefined ? undefined : askMachines(machines);
		const host = new DataHost(await chooseFollowed(options, process.env, findMachine), options, post);
		port.off('message', keep);
		port.on('message', (message: ToHost) => {
			host.receive(message);
			if (message.type === 'close') {
				port.close();
				machines?.close();
			}
		});
		host.start();
		for (const message of early) {
			host.receive(message);
		}
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		post({ type: 'fatal', message, exitCode: exitCodes.couldNotRun });
		port.close();
	}
}

await main();
