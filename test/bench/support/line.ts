/**
 * A long line to a server on loopback: every byte takes half the round trip each way, all connections share the line's
 * bandwidth, and a new connection costs a round trip before its first byte. No slow start, no loss.
 */
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';
import { contextOf, type Kubeconfig } from './kubeconfig.ts';

export interface LineOptions {
	/** ms */
	roundTrip: number;
	/** bytes/s in each direction */
	bandwidth: number;
	/**
	 * As behind `kubectl proxy`: the line carries plain http, and what proves who asks is added at its far end. Else
	 * whatever the client says goes through as it is.
	 */
	plain: boolean;
}

export interface Line {
	port: number;
	close(): void;
}

/** More than this may not be on its way: then the sender has to wait. Several times what the line holds. */
const longestQueue = 4 * 1024 * 1024;

/** One direction of the line, shared by all connections. */
class Direction {
	readonly #options: LineOptions;
	/** When the line has carried all that was put on it. */
	#free = 0;

	constructor(options: LineOptions) {
		this.#options = options;
	}

	/** Carries all that comes from one socket to the other. `from` is when its first byte may leave. */
	carry(source: Socket, target: Socket, from: number, change: (chunk: Buffer) => Buffer = (chunk) => chunk): void {
		let waiting = 0;
		const delivery = new Delivery();
		source.on('data', (data: Buffer) => {
			const chunk = change(data);
			this.#free = Math.max(this.#free, performance.now(), from) + (chunk.length / this.#options.bandwidth) * 1000;
			waiting += chunk.length;
			if (waiting > longestQueue) {
				source.pause();
			}
			delivery.add(this.#free + this.#options.roundTrip / 2, () => {
				waiting -= chunk.length;
				target.write(chunk);
				if (waiting <= longestQueue / 2) {
					source.resume();
				}
			});
		});
		source.on('end', () => delivery.add(performance.now() + this.#options.roundTrip / 2, () => target.end()));
		source.on('error', () => target.destroy());
	}
}

/** Does one thing after the other, none before its time. */
class Delivery {
	readonly #due: { at: number; act: () => void }[] = [];
	#timer: NodeJS.Timeout | undefined;

	add(at: number, act: () => void): void {
		this.#due.push({ at, act });
		this.#timer ??= setTimeout(() => this.#act(), this.#wait());
	}

	#wait(): number {
		return Math.max(0, Math.ceil((this.#due[0]?.at ?? 0) - performance.now()));
	}

	#act(): void {
		const now = performance.now();
		while ((this.#due[0]?.at ?? Number.POSITIVE_INFINITY) <= now) {
			this.#due.shift()?.act();
		}
		this.#timer = this.#due.length === 0 ? undefined : setTimeout(() => this.#act(), this.#wait());
	}
}

/** Adds the header to a request's head; the client sends each head in one piece. */
function withToken(chunk: Buffer, token: string): Buffer {
	const text = chunk.toString('latin1');
	const end = /^[A-Z]+ \S+ HTTP\/1\.1\r\n/.exec(text)?.[0].length ?? 0;
	return end === 0
		? chunk
		: Buffer.from(`${text.slice(0, end)}Authorization: Bearer ${token}\r\n${text.slice(end)}`, 'latin1');
}

/** @param file the kubeconfig of the server */
export async function startLine(file: string, options: LineOptions): Promise<Line> {
	const { authority, server, token } = contextOf(JSON.parse(readFileSync(file, 'utf8')) as Kubeconfig);
	const { hostname: host, port } = new URL(server);
	const up = new Direction(options);
	const down = new Direction(options);
	const open = new Set<Socket>();
	const listener = createServer({ noDelay: true }, (near) => {
		const begins = performance.now() + options.roundTrip;
		const far: Socket = options.plain
			? connectSecurely({ host, port: Number(port), ca: authority })
			: connect({ host, port: Number(port), noDelay: true });
		for (const socket of [near, far]) {
			open.add(socket);
			socket.on('close', () => open.delete(socket));
		}
		up.carry(near, far, begins, options.plain ? (chunk) => withToken(chunk, token) : undefined);
		down.carry(far, near, begins);
	});
	await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
	return {
		port: (listener.address() as AddressInfo).port,
		close() {
			listener.close();
			for (const socket of open) {
				socket.destroy();
			}
		},
	};
}
