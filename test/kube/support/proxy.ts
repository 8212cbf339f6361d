import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { certificates } from './certificates.ts';

export interface TestProxy {
	port: number;
	/** What it was asked for: `CONNECT host:port`, or `GET http://…`. */
	asked: string[];
	/** Proxy-Authorization headers, or `name:password`, in order; '' = none. */
	logins: string[];
	/** Tunnels that stand. */
	tunnels: Set<Socket>;
}

export interface HttpProxyBehaviour {
	/** Speaks TLS itself. */
	secure?: boolean;
	/** Every host is this port of loopback: names that exist nowhere can be asked for. */
	destination?: number;
	/** Takes a CONNECT in hand instead of making the connection. */
	onConnect?(socket: Socket, request: http.IncomingMessage): void;
	/** Takes other requests in hand instead of forwarding them. */
	onRequest?(response: http.ServerResponse, request: http.IncomingMessage): void;
}

/** An HTTP proxy on a free port of 127.0.0.1 that is closed after the test. */
export async function httpProxy(test: TestContext, behaviour: HttpProxyBehaviour = {}): Promise<TestProxy> {
	const result: TestProxy = { port: 0, asked: [], logins: [], tunnels: new Set() };
	const note = ({ method, url, headers }: http.IncomingMessage): void => {
		result.asked.push(`${method} ${url}`);
		result.logins.push(headers['proxy-authorization'] ?? '');
	};
	const { certificate: cert, key } = behaviour.secure ? certificates().server : { certificate: '', key: '' };
	const server = behaviour.secure ? https.createServer({ cert, key }) : http.createServer();
	server.on('request', (request, response) => {
		note(request);
		if (behaviour.onRequest) {
			behaviour.onRequest(response, request);
			return;
		}
		const { hostname, port, pathname, search } = new URL(request.url ?? '');
		const forwarded = http.request(
			{
				host: behaviour.destination ? '127.0.0.1' : hostname,
				port: behaviour.destination ?? port,
				path: pathname + search,
				headers: request.headers,
			},
			(answer) => {
				response.writeHead(answer.statusCode ?? 0, answer.headers);
				answer.pipe(response);
			},
		);
		forwarded.on('error', () => response.destroy());
		forwarded.end();
	});
	server.on('connect', (request, socket: Socket) => {
		note(request);
		socket.on('error', () => {});
		if (behaviour.onConnect) {
			behaviour.onConnect(socket, request);
			return;
		}
		tunnel(result, socket, Number(behaviour.destination ?? request.url?.split(':')[1]), () =>
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n'),
		);
	});
	return listen(test, server, result);
}

export interface SocksBehaviour {
	/** The login that it wants. */
	login?: { username: string; password: string };
	destination?: number;
	/** Its reply instead of making the connection: a code of RFC 1928 §6, or nothing at all. */
	reply?: number | 'none';
}

/** A SOCKS 5 proxy (RFC 1928, 1929). */
export async function socksProxy(test: TestContext, behaviour: SocksBehaviour = {}): Promise<TestProxy> {
	const result: TestProxy = { port: 0, asked: [], logins: [], tunnels: new Set() };
	const server = net.createServer((socket) => {
		socket.on('error', () => {});
		let step: 'greeting' | 'login' | 'request' = 'greeting';
		const onData = (data: Buffer): void => {
			if (step === 'greeting') {
				const methods = [...data.subarray(2, 2 + (data[1] ?? 0))];
				const method = behaviour.login ? 2 : 0;
				step = behaviour.login ? 'login' : 'request';
				socket.write(Buffer.from([5, methods.includes(method) ? method : 0xff]));
			} else if (step === 'login') {
				const nameLength = data[1] ?? 0;
				const name = data.subarray(2, 2 + nameLength).toString();
				const password = data.subarray(3 + nameLength, 3 + nameLength + (data[2 + nameLength] ?? 0)).toString();
				result.logins.push(`${name}:${password}`);
				step = 'request';
				const { login } = behaviour;
				socket.write(Buffer.from([1, name === login?.username && password === login.password ? 0 : 1]));
			} else {
				const isName = data[3] === 3;
				const end = isName ? 5 + (data[4] ?? 0) : 8;
				const host = isName ? data.subarray(5, end).toString() : data.subarray(4, end).join('.');
				const port = data.readUInt16BE(end);
				result.asked.push(`${host}:${port}`);
				socket.off('data', onData);
				const reply = (code: number): boolean => socket.write(Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]));
				if (behaviour.reply === 'none') {
					return;
				}
				if (behaviour.reply !== undefined) {
					reply(behaviour.reply);
					return;
				}
				tunnel(result, socket, behaviour.destination ?? port, () => reply(0));
			}
		};
		socket.on('data', onData);
	});
	return listen(test, server, result);
}

function tunnel(result: TestProxy, socket: Socket, port: number, onOpen: () => void): void {
	const onward = net.connect(port, '127.0.0.1', () => {
		result.tunnels.add(socket);
		onOpen();
		socket.pipe(onward).pipe(socket);
	});
	onward.on('error', () => socket.destroy());
	onward.on('close', () => socket.destroy());
	socket.on('close', () => {
		result.tunnels.delete(socket);
		onward.destroy();
	});
}

async function listen(test: TestContext, server: net.Server, result: TestProxy): Promise<TestProxy> {
	const sockets = new Set<Socket>();
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
	});
	server.on('tlsClientError', () => {});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	test.after(async () => {
		for (const socket of sockets) {
			socket.destroy();
		}
		await new Promise<void>((resolve) => {
			server.close(() => resolve());
		});
	});
	result.port = (server.address() as AddressInfo).port;
	return result;
}
