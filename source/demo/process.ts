/** The child process of a demo cluster: serves until its parent ends or says so. Started by `startDemo`. */
import { DemoError } from './error.ts';
import type { Demo, DemoMachine, DemoOptions } from './options.ts';
import { serveDemo } from './serve.ts';

/** What the child tells its parent, first. */
export type FromDemo =
	| { type: 'ready'; kubeconfig: string; url: string; machines: readonly DemoMachine[] }
	| { type: 'failed'; message: string };

/** What the parent asks for later, and the answer: null if the node has no machine. */
export interface AskMachine {
	type: 'machine';
	question: number;
	node: string;
}
/** So many pods a second are to change from now on. */
export interface SetPace {
	type: 'pace';
	pods: Parameters<Demo['pace']>[0];
}
export interface MachineAnswer {
	type: 'machine';
	question: number;
	machine: DemoMachine | null;
	/** Why there is none, '' if there is one or cannot be. */
	failure: string;
}

function tell(message: FromDemo | MachineAnswer): Promise<void> {
	return new Promise((resolve) => {
		if (process.send) process.send(message, () => resolve());
		else resolve();
	});
}

function sentence(error: unknown): string {
	return error instanceof DemoError ? error.message : String(error);
}

/** Does what the parent says, and answers its questions for machines. */
function answerParent(demo: Demo): void {
	process.on('message', (message) => {
		const said = message as AskMachine | SetPace;
		if (said.type === 'pace') {
			demo.pace(said.pods);
			return;
		}
		const { question, node } = said;
		demo.machine(node).then(
			(machine) => tell({ type: 'machine', question, machine: machine ?? null, failure: '' }),
			(error: unknown) => tell({ type: 'machine', question, machine: null, failure: sentence(error) }),
		);
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
		answerParent(demo);
		await tell({ type: 'ready', kubeconfig: demo.kubeconfig, url: demo.url, machines: demo.machines });
		await gone;
		await demo.close();
	} catch (error) {
		await tell({ type: 'failed', message: sentence(error) });
		process.exitCode = 1;
	}
	if (process.connected) process.disconnect();
}

await run();
