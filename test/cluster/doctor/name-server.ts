/** A name server that knows no name. */
import { createSocket } from 'node:dgram';

const notFound = 3;

export async function nameServer(address: string): Promise<{ close(): void }> {
	const socket = createSocket('udp4', (query, from) => {
		// The question comes back: as an answer (0x80, 0x80), with the code that there is no such name.
		const answer = Buffer.from(query);
		answer[2] = (answer[2] ?? 0) | 0x80;
		answer[3] = 0x80 | notFound;
		socket.send(answer, from.port, from.address);
	});
	await new Promise<void>((resolve) => socket.bind(53, address, resolve));
	return { close: () => socket.close() };
}
