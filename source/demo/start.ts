import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { demoDied } from '../messages/en/demo.ts';
import { lineOfComplaint } from './complaint.ts';
import { DemoError } from './error.ts';
import { type Demo, type DemoMachine, type DemoOptions, defaultDemoOptions } from './options.ts';
import type { FromDemo, MachineAnswer, SetPace } from './process.ts';

/** The child's program: its own bundle, or its source when this runs from source (Node strips the types). */
function childProgram(): string {
	const name = import.meta.url.endsWith('.ts') ? './process.ts' : './demo.js';
	return fileURLToPath(new URL(name, import.meta.url));
}

/** Asks a demo's process for machines. */
class MachineQuestions {
	readonly #child: ChildProcess;
	readonly #waiting = new Map<number, (answer: MachineAnswer) => void>();
	#asked = 0;

	constructor(child: ChildProcess) {
		this.#child = child;
		child.on('message', (message) => {
			const answer = message as MachineAnswer;
			this.#waiting.get(answer.question)?.(answer);
		});
		child.on('exit', () => {
			for (const [question, answer] of this.#waiting) {
				answer({ type: 'machine', question, machine: null, failure: demoDied('') });
			}
		});
	}

	async ask(node: string): Promise<DemoMachine | undefined> {
		if (!this.#child.connected) throw new DemoError(demoDied(''));
		const question = this.#asked++;
		// Who waits for an answer does not end before it comes.
		this.#child.channel?.ref();
		const { machine, failure } = await new Promise<MachineAnswer>((resolve) => {
			this.#waiting.set(question, resolve);
			this.#child.send({ type: 'machine', question, node });
		});
		this.#waiting.delete(question);
		if (this.#waiting.size === 0) this.#child.channel?.unref();
		if (failure !== '') throw new DemoError(failure);
		return machine ?? undefined;
	}
}

/**
 * Starts a demo cluster in a process of its own and waits until it answers. The process ends with this one, however
 * this one ends; so do its files.
 * @throws DemoError if the options make no sense, or the process does not come up
 */
export async function startDemo(given: Partial<DemoOptions> = {}): Promise<Demo> {
	const options: DemoOptions = { ...defaultDemoOptions, ...given };
	const child = fork(childProgram(), [JSON.stringify(options)], {
		// What this process was started with (a loader, an inspector's port) is not meant for the child. A large cluster
		// makes and forgets objects by the million: with more room for the young ones it collects garbage half as long.
		execArgv: options.pods > 5000 ? ['--max-semi-space-size=64'] : [],
		stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
	});
	let complaint = '';
	child.stderr?.on('data', (bytes: Buffer) => {
		complaint = (complaint + bytes.toString()).slice(-8000);
	});
	const exited = once(child, 'exit');
	const answer = await Promise.race([
		once(child, 'message').then(([message]) => message as FromDemo),
		exited.then((): FromDemo => ({ type: 'failed', message: demoDied(lineOfComplaint(complaint)) })),
		once(child, 'error').then(([error]): FromDemo => ({ type: 'failed', message: demoDied(String(error)) })),
	]);
	if (answer.type === 'failed') {
		child.kill();
		throw new DemoError(answer.message);
	}
	// It must not keep this process alive.
	child.unref();
	child.channel?.unref();
	(child.stderr as { unref?: () => void } | null)?.unref?.();
	const { kubeconfig, url, machines } = answer;
	const questions = new MachineQuestions(child);
	/** Of machines that nobody named a folder for. */
	const temporary = new Set<string>();
	return {
		kubeconfig,
		url,
		machines,
		async machine(node) {
			const machine = await questions.ask(node);
			if (machine && options.files === undefined) temporary.add(dirname(machine.root));
			return machine;
		},
		pace(pods) {
			if (child.connected) child.send({ type: 'pace', pods } satisfies SetPace);
		},
		async close() {
			if (child.exitCode === null && child.signalCode === null) {
				child.ref();
				if (child.connected) child.disconnect();
				await exited;
			}
			// Its own clearing away may have been cut short.
			if (options.kubeconfig === undefined) temporary.add(dirname(kubeconfig));
			for (const folder of temporary) await rm(folder, { recursive: true, force: true });
		},
	};
}

/**
 * Serves a demo cluster in this process until it is told to end by SIGINT or SIGTERM.
 * @param ready called once it answers
 */
export async function serveUntilSignal(options: Partial<DemoOptions>, ready: (demo: Demo) => void): Promise<void> {
	// Only here is the cluster itself in this process.
	const { serveDemo } = await import('./serve.ts');
	const demo = await serveDemo(options);
	const ended = new Promise<void>((resolve) => {
		const end = (): void => {
			process.off('SIGINT', end);
			process.off('SIGTERM', end);
			resolve();
		};
		process.on('SIGINT', end);
		process.on('SIGTERM', end);
	});
	ready(demo);
	await ended;
	await demo.close();
}
