import { type ChildProcess, spawn } from 'node:child_process';

export interface ExecProcessOptions {
	command: string;
	args: readonly string[];
	env: NodeJS.ProcessEnv;
	/** Milliseconds until it is killed, with everything that it started. */
	timeLimit: number;
}

export interface ExecProcessOutcome {
	/** Exit code, null if it was ended by a signal. */
	code: number | null;
	signal: NodeJS.Signals | null;
	timedOut: boolean;
	stdout: string;
	stderr: string;
}

/** More than any credential is; beyond it the program is doing something else. */
const outputLimit = 1024 * 1024;
/** What is left of the output after the exit, when a grandchild still holds the pipe. */
const drainTime = 500;

/** A running credential program, and how to end it. */
export interface RunningProcess {
	/** Rejects only if the program could not be started. */
	outcome: Promise<ExecProcessOutcome>;
	kill(): void;
}

/**
 * Runs a program with stdin closed, in a session of its own: it can neither read our terminal nor draw on it, and its
 * process group can be ended as a whole.
 */
export function runProcess(options: ExecProcessOptions): RunningProcess {
	const child = spawn(options.command, options.args, {
		env: options.env,
		stdio: ['ignore', 'pipe', 'pipe'],
		detached: process.platform !== 'win32',
		windowsHide: true,
	});
	return { outcome: outcomeOf(child, options.timeLimit), kill: () => killGroup(child) };
}

function outcomeOf(child: ChildProcess, timeLimit: number): Promise<ExecProcessOutcome> {
	const { promise, resolve, reject } = Promise.withResolvers<ExecProcessOutcome>();
	const stdout = collect(child.stdout);
	const stderr = collect(child.stderr);
	let timedOut = false;
	let drain: NodeJS.Timeout | undefined;
	const limit = setTimeout(() => {
		timedOut = true;
		killGroup(child);
		closePipes();
	}, timeLimit);

	function closePipes(): void {
		child.stdout?.destroy();
		child.stderr?.destroy();
	}

	child.once('error', (error) => {
		clearTimeout(limit);
		reject(error);
	});
	child.once('exit', () => {
		drain = setTimeout(closePipes, drainTime);
	});
	child.once('close', (code, signal) => {
		clearTimeout(limit);
		clearTimeout(drain);
		resolve({ code, signal, timedOut, stdout: stdout(), stderr: stderr() });
	});
	return promise;
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
	const chunks: Buffer[] = [];
	let length = 0;
	stream?.on('data', (chunk: Buffer) => {
		if (length < outputLimit) {
			chunks.push(chunk);
			length += chunk.length;
		}
	});
	stream?.on('error', () => {});
	return () => Buffer.concat(chunks).toString('utf8');
}

function killGroup(child: ChildProcess): void {
	if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) {
		return;
	}
	try {
		process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
	} catch {
		child.kill('SIGKILL');
	}
}
