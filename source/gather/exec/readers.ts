/** Two ways to read files inside a container with what its image has: a shell, or cat alone. */
import { randomBytes } from 'node:crypto';
import type { KubeClient } from '../../kube/client.ts';
import { type ExecSession, type ExecTarget, startExec } from '../../kube/exec/session.ts';
import * as text from '../../messages/en/exec.ts';
import { ExecError } from './error.ts';
import { readRound, separatorFile, shellScript, splitTexts } from './script.ts';

export interface FilesRead {
	/** By path. Of a pattern, each file that it stands for. A file that is not there is left out or ''. */
	texts: ReadonlyMap<string, string>;
	/** The process that read them, which is none of the container's own; NaN if it does not show. */
	reader: number;
	/** When they were there, ms by the server's clock. */
	at: number;
}

export interface ContainerReader {
	/** Whether paths may be patterns, which stand for all files that are like them. */
	readonly patterns: boolean;
	read(paths: readonly string[]): Promise<FilesRead>;
	/** What could not be read, in the words of cat or the shell. */
	readonly said: readonly string[];
	/** Lets it end, and waits for that. */
	close(): Promise<void>;
}

/** Who does not even have a program for it: the words of the runtimes, and of a shell that finds none. */
const notThere = /executable file .*not found|no such file or directory|permission denied|exec format error/i;

interface Asked {
	client: KubeClient;
	target: ExecTarget;
	signal: AbortSignal;
}

/**
 * Finds out what the container has.
 *
 * @throws ExecError `no-reader` for one with neither shell nor cat; KubeError
 */
export async function openReader(
	client: KubeClient,
	target: ExecTarget,
	signal: AbortSignal,
): Promise<ContainerReader> {
	const asked = { client, target, signal };
	const shell = await ShellReader.open(asked);
	if (shell !== null) {
		return shell;
	}
	const cat = new CatReader(asked);
	await cat.read([]);
	return cat;
}

/** One shell for all that is read. */
class ShellReader implements ContainerReader {
	readonly patterns = true;
	readonly #session: ExecSession;
	readonly #output: AsyncIterator<Buffer>;
	readonly #mark: string;
	readonly #client: KubeClient;
	#rest: Buffer = Buffer.alloc(0);

	private constructor(client: KubeClient, session: ExecSession, mark: string) {
		this.#client = client;
		this.#session = session;
		this.#mark = mark;
		this.#output = session.output();
	}

	/** Null if the container has no shell. */
	static async open({ client, target, signal }: Asked): Promise<ShellReader | null> {
		const mark = randomBytes(12).toString('hex');
		const session = await startExec(client, target, { command: ['sh', '-c', shellScript(mark)], stdin: true, signal });
		const reader = new ShellReader(client, session, mark);
		try {
			await reader.read([]);
			return reader;
		} catch (error) {
			session.close();
			if (error instanceof ExecError && error.id === 'no-reader') {
				return null;
			}
			throw error;
		}
	}

	get said(): readonly string[] {
		return this.#session.stderr;
	}

	async read(paths: readonly string[]): Promise<FilesRead> {
		this.#session.write(`${[...paths, 'go'].join('\n')}\n`);
		while (true) {
			const round = readRound(this.#rest, this.#mark);
			if (round === undefined) {
				throw new ExecError('failed', text.notUnderstood);
			}
			if (round !== null) {
				this.#rest = this.#rest.subarray(round.length);
				return { texts: round.texts, reader: round.reader, at: this.#client.serverTime() };
			}
			const { done, value } = await this.#output.next();
			if (done === true) {
				throw endedEarly(this.#session, this.#rest.toString());
			}
			this.#rest = Buffer.concat([this.#rest, value]);
		}
	}

	async close(): Promise<void> {
		try {
			this.#session.write('end\n');
			while ((await this.#output.next()).done !== true);
		} catch {
			// All that was wanted has been read.
		} finally {
			this.#session.close();
		}
	}
}

/** Nothing but cat: started anew for each handful of files. */
class CatReader implements ContainerReader {
	readonly patterns = false;
	readonly #asked: Asked;
	#said: string[] = [];

	constructor(asked: Asked) {
		this.#asked = asked;
	}

	get said(): readonly string[] {
		return this.#said;
	}

	async read(paths: readonly string[]): Promise<FilesRead> {
		const texts = new Map<string, string>();
		for (const some of handfuls(paths)) {
			for (const [path, content] of await this.#readSome(some)) {
				texts.set(path, content);
			}
		}
		return { texts, reader: Number.NaN, at: this.#asked.client.serverTime() };
	}

	async #readSome(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
		const { client, target, signal } = this.#asked;
		const command = ['cat', ...paths.flatMap((path) => [separatorFile, path]), separatorFile];
		const session = await startExec(client, target, { command, signal });
		const chunks: Buffer[] = [];
		for await (const chunk of session.output()) {
			chunks.push(chunk);
		}
		this.#said.push(...session.stderr);
		const output = Buffer.concat(chunks).toString();
		// One file that is not there makes it end with 1, and the others are printed.
		const texts = splitTexts(output, paths);
		if (texts === undefined) {
			throw endedEarly(session, output);
		}
		return texts;
	}

	async close(): Promise<void> {}
}

/** Longer requests than this are cut off by some of the proxies that stand before API servers. */
const longestCommand = 5000;

function handfuls(paths: readonly string[]): readonly (readonly string[])[] {
	const all: string[][] = [[]];
	let length = 0;
	for (const path of paths) {
		length += encodeURIComponent(path).length + encodeURIComponent(separatorFile).length + 20;
		if (length > longestCommand) {
			all.push([]);
			length = 0;
		}
		all.at(-1)?.push(path);
	}
	return all;
}

/** Why there is no output that could be read. Where docker starts the programs, what is wrong is the program's output. */
function endedEarly(session: ExecSession, output: string): ExecError {
	const { exitCode, message } = session.status;
	const said = [message, ...session.stderr, output].join('\n');
	if (notThere.test(said) && (Number.isNaN(exitCode) || exitCode === 126 || exitCode === 127 || exitCode === 255)) {
		return new ExecError('no-reader', text.noReader);
	}
	if (/not found|not running|no running task|stopped|exited|is not valid for pod|not created/i.test(message)) {
		return new ExecError('not-running', text.notRunning(message));
	}
	return new ExecError('failed', text.failed(message || session.stderr[0] || '', exitCode));
}
