/** The child process of a demo cluster: serves until its parent ends or says so. Started by `startDemo`. */
import { DemoError } from './error.ts';
import type { DemoOptions } from './options.ts';
import { serveDemo } from './serve.ts';

/** What the child tells its parent, once. */
export type FromDemo = { type: 'ready'; kubeconfig: string; url: string } | { type: 'failed'; message: string };

function tell(message: FromDemo): Promise<void> {
	return new Promise((resolve) => {
		if (process.send) process.send(message, () => resolve());
		else resolve();
	});
}

async function run(): Promise<void> {
	// Keys meant for the parent reach the whole foreground group: it decides when this ends.
	process.on('SIGINT', () => {});
	process.on('SIGHUP', () => {});
	const gone = new Promise<void>((resolve) => {
		process.once('disconnect', resolve);
		process.once('SIGTERM', resolve);
	});
	try {
		const demo = await serveDemo(JSON.parse(process.argv[2] ?? '{}') as Partial<DemoOptions>);
		await tell({ type: 'ready', kubeconfig: demo.kubeconfig, url: demo.url });
		await gone;
		await demo.close();
	} catch (error) {
		await tell({ type: 'failed', message: error instanceof DemoError ? error.message : String(error) });
		process.exitCode = 1;
	}
	if (process.connected) process.disconnect();
}

await run();
