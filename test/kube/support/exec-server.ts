/** An API server of a few lines whose exec endpoint starts programs of this machine, or answers as it is told. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { TestContext } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';

export interface ExecCall {
	path: string;
	command: readonly string[];
	container: string;
	headers: IncomingMessage['headers'];
}

/** What a program does: its output, and how it ends. */
export interface Outcome {
	stdout?: string;
	stderr?: string;
	/** 0 by default. */
	exitCode?: number;
	/** It could not be started: the runtime's words. */
	failure?: string;
}

export interface ExecServerOptions {
	/** Its programs are those of this folder. */
	programs?: string;
	/** Or what they print, without starting any. */
	run?: (call: ExecCall) => Outcome | 'never';
	/** Instead of switching: an answer. */
	refuse?: { status: number; type?: string; body: string };
	/** Everything else that is asked for. */
	listener?: RequestListener;
	/** Subprotocols that the server knows, the newest by default. */
	protocols?: readonly string[];
}

export interface ExecServer {
	url: string;
	calls: ExecCall[];
	/** Programs that were started and have not ended. */
	running: number;
}

/** The status channel's message. */
function statusOf({ exitCode = 0, failure }: Outcome): object {
	if (failure !== undefined) {
		return { metadata: {}, status: 'Failure', message: failure, reason: 'InternalError', code: 500 };
	}
	return exitCode === 0
		? { metadata: {}, status: 'Success' }
		: {
				metadata: {},
				status: 'Failure',
				message: `command terminated with non-zero exit code: exit status ${exitCode}`,
				reason: 'NonZeroExitCode',
				details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
			};
}

export function notFoundInPath(program: string): string {
	return `Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "0f": OCI runtime exec failed: exec failed: unable to start container process: exec: "${program}": executable file not found in $PATH`;
}

export async function execServer(test: TestContext, options: ExecServerOptions): Promise<ExecServer> {
	const { protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] } = options;
	const result: ExecServer = { url: '', calls: [], running: 0 };
	const sockets = new WebSocketServer({
		noServer: true,
		handleProtocols: (offered) => protocols.find((protocol) => offered.has(protocol)) ?? false,
	});
	const server = createServer(options.listener ?? ((_, response) => response.writeHead(404).end()));
	server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		socket.on('error', () => {});
		const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
		const call = {
			path: pathname,
			command: searchParams.getAll('command'),
			container: searchParams.get('container') ?? '',
			headers: request.headers,
		};
		result.calls.push(call);
		// As a kubelet does with whoever asks for a document.
		const accepts = /\*\/\*/.test(request.headers.accept ?? '*/*');
		const refuse = accepts ? options.refuse : { status: 406, type: 'text/plain', body: '406: Not Acceptable' };
		if (refuse !== undefined) {
			const { status, type = 'application/json', body } = refuse;
			socket.end(
				`HTTP/1.1 ${status} No\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
			);
			return;
		}
		sockets.handleUpgrade(request, socket, head, (open) => serve(open, call, options, result));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	test.after(async () => {
		for (const open of sockets.clients) {
			open.terminate();
		}
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	result.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return result;
}

function serve(socket: WebSocket, call: ExecCall, { programs, run }: ExecServerOptions, server: ExecServer): void {
	const send = (channel: number, data: Buffer | string): void =>
		socket.send(Buffer.concat([Buffer.of(channel), Buffer.from(data)]));
	const end = (outcome: Outcome): void => {
		send(3, JSON.stringify(statusOf(outcome)));
		socket.close(1000);
	};
	const [program = '', ...words] = call.command;
	if (run !== undefined) {
		const outcome = run(call);
		if (outcome !== 'never') {
			send(1, outcome.stdout ?? '');
			send(2, outcome.stderr ?? '');
			end(outcome);
		}
		return;
	}
	const file = join(programs ?? '', program);
	if (!existsSync(file)) {
		end({ failure: notFoundInPath(program) });
		return;
	}
	// As a runtime does it: nothing of this machine's environment but the way to its programs.
	const child = spawn(file, words, { env: { PATH: programs }, argv0: program });
	server.running++;
	child.stdout.on('data', (data: Buffer) => send(1, data));
	child.stderr.on('data', (data: Buffer) => send(2, data));
	child.stdin.on('error', () => {});
	child.on('close', (code) => {
		server.running--;
		if (socket.readyState === socket.OPEN) {
			end({ exitCode: code ?? 137 });
		}
	});
	socket.on('message', (data: Buffer) => {
		if (data[0] === 0) {
			child.stdin.write(data.subarray(1));
		}
	});
	socket.on('close', () => child.stdin.end());
}
