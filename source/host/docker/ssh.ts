/**
 * A Docker Engine at the other end of the user's own ssh, as docker's CLI reaches it (docker/cli, cli/connhelper): there
 * `docker system dial-stdio` joins its standard input and output to the engine's socket. What ssh's configuration says
 * (keys, jumps, a connection that is shared) holds. It never asks: a prompt would stand in the middle of the screen.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { Agent } from 'node:http';
import { Duplex } from 'node:stream';
import { dockerSsh } from '../../messages/en/docker.ts';
import { clean } from '../../model/clean.ts';
import type { SshEndpoint } from './endpoint.ts';
import { DockerError } from './errors.ts';

/** A connection costs a second and a process: a few are kept and used again. An sshd takes ten newcomers at once. */
const atOnce = 4;
const idleLife = 30_000;
const connectSeconds = 10;
/** ssh's own failures; any other code is that of the program on the other side. */
const failedItself = 255;
const longestWords = 4096;

/** What is run on this machine. */
export function sshArguments({
	host,
	port,
	socket,
	user,
}: Omit<SshEndpoint, 'kind' | 'address' | 'environment'>): string[] {
	const engine = socket === '' ? '' : ` --host ${quoted(`unix://${socket}`)}`;
	return [
		'-o',
		'BatchMode=yes',
		'-o',
		`ConnectTimeout=${connectSeconds}`,
		'-T',
		...(user === '' ? [] : ['-l', user]),
		...(port === '' ? [] : ['-p', port]),
		'--',
		host,
		`docker${engine} system dial-stdio`,
	];
}

/** For the shell on the other side. */
function quoted(text: string): string {
	return `'${text.replaceAll("'", "'\\''")}'`;
}

const agents = new WeakMap<SshEndpoint, SshAgent>();

/** The connections to one engine. */
export function sshAgent(endpoint: SshEndpoint): Agent {
	const agent = agents.get(endpoint) ?? new SshAgent(endpoint);
	agents.set(endpoint, agent);
	return agent;
}

class SshAgent extends Agent {
	readonly #endpoint: SshEndpoint;

	constructor(endpoint: SshEndpoint) {
		super({ keepAlive: true, maxSockets: atOnce, maxFreeSockets: atOnce });
		this.#endpoint = endpoint;
	}

	override createConnection(): SshConnection {
		return new SshConnection(this.#endpoint);
	}

	override keepSocketAlive(socket: Duplex): boolean {
		if (socket instanceof SshConnection) {
			socket.rest();
		}
		return true;
	}

	override reuseSocket(socket: Duplex): void {
		if (socket instanceof SshConnection) {
			socket.wake();
		}
	}
}

/** One ssh, as a connection. */
class SshConnection extends Duplex {
	readonly #endpoint: SshEndpoint;
	readonly #ssh: ChildProcessWithoutNullStreams;
	#words = '';
	#received = 0;
	#idle: NodeJS.Timeout | undefined;

	constructor(endpoint: SshEndpoint) {
		super({ allowHalfOpen: false });
		this.#endpoint = endpoint;
		this.#ssh = spawn('ssh', sshArguments(endpoint), { env: endpoint.environment });
		const { stderr, stdin, stdout } = this.#ssh;
		stdout.on('data', (data: Buffer) => {
			this.#received += data.length;
			if (!this.push(data)) {
				stdout.pause();
			}
		});
		stderr.on('data', (data: Buffer) => {
			this.#words = (this.#words + data.toString()).slice(0, longestWords);
		});
		// What it broke for is told by how it ended.
		stdin.on('error', () => {});
		this.#ssh.once('error', (error) => this.destroy(this.#notStarted(error)));
		this.#ssh.once('close', (code) => this.#ended(code ?? failedItself));
	}

	/** Nobody uses it: it must not keep the program from its end. */
	rest(): void {
		this.#idle = setTimeout(() => this.destroy(), idleLife).unref();
		this.#eachHandle('unref');
	}

	wake(): void {
		clearTimeout(this.#idle);
		this.#eachHandle('ref');
	}

	override _read(): void {
		this.#ssh.stdout.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		this.#ssh.stdin.write(chunk, () => done());
	}

	override _final(done: () => void): void {
		this.#ssh.stdin.end(() => done());
	}

	override _destroy(error: Error | null, done: (error: Error | null) => void): void {
		clearTimeout(this.#idle);
		this.#ssh.kill();
		done(error);
	}

	#eachHandle(what: 'ref' | 'unref'): void {
		this.#ssh[what]();
		for (const stream of [this.#ssh.stdin, this.#ssh.stdout, this.#ssh.stderr]) {
			// They are sockets, which their types do not say.
			(stream as Partial<Record<'ref' | 'unref', () => void>>)[what]?.();
		}
	}

	#ended(code: number): void {
		if (code === 0 && this.#received > 0) {
			this.push(null);
		} else {
			this.destroy(this.#failure(code));
		}
	}

	#notStarted(error: NodeJS.ErrnoException): DockerError {
		return new DockerError('configuration', dockerSsh.notStarted(this.#endpoint.address, error.code ?? ''));
	}

	/** ssh says in its last lines why. */
	#failure(code: number): DockerError {
		const { address, host, port, user } = this.#endpoint;
		const lines = this.#words
			.split('\n')
			.map((line) => clean(line).trim())
			.filter((line) => line !== '');
		const said = lines.slice(-3).join(' / ');
		const login = clean(`${port === '' ? '' : `-p ${port} `}${user === '' ? host : `${user}@${host}`}`);
		if (/Permission denied \(|Too many authentication failures/.test(said)) {
			return new DockerError('permission', dockerSsh.notLetIn(address, login, said));
		}
		if (/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/.test(this.#words)) {
			return new DockerError('unreachable', dockerSsh.unknownKey(address, login));
		}
		if (code === 127 || /docker: (?:command )?not found/.test(said)) {
			return new DockerError('unreachable', dockerSsh.noDocker(address, said));
		}
		if (/permission denied.*(?:socket|daemon)/i.test(said)) {
			return new DockerError('permission', dockerSsh.socketDenied(address, login, said));
		}
		return code === failedItself
			? new DockerError('unreachable', dockerSsh.failed(address, login, said))
			: new DockerError('unreachable', dockerSsh.noEngine(address, login, said));
	}
}
