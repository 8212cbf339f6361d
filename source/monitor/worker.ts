/** The data host's thread: finds what it was started for, then passes messages. */
import { parentPort, workerData } from 'node:worker_threads';
import { exitCodes } from '../exit-codes.ts';
import { chooseFollowed } from './choose.ts';
import { DataHost } from './host.ts';
import type { FromHost, ToHost } from './messages.ts';
import type { HostOptions } from './options.ts';

function isHostOptions(data: unknown): data is HostOptions {
	return typeof data === 'object' && data !== null && 'connection' in data && 'local' in data;
}

async function main(): Promise<void> {
	const port = parentPort;
	if (port === null || !isHostOptions(workerData)) {
		throw new Error('the data host runs only as a worker of whytop');
	}
	const post = (message: FromHost) => port.postMessage(message);
	const early: ToHost[] = [];
	const keep = (message: ToHost) => early.push(message);
	port.on('message', keep);
	try {
		const host = new DataHost(await chooseFollowed(workerData, process.env), workerData, post);
		port.off('message', keep);
		port.on('message', (message: ToHost) => {
			host.receive(message);
			if (message.type === 'close') {
				port.close();
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
