import { dockerAnswer } from '../../messages/en/docker.ts';
import type { DockerEndpoint } from './endpoint.ts';
import { DockerError } from './errors.ts';

/** A frame of stats has about 2 KiB; with hundreds of CPUs and networks some more. */
const longestLine = 8 * 1024 * 1024;
const lineFeed = 0x0a;

/** Cuts a stream of JSON documents, one a line, into these; blank lines and an unfinished last line are dropped. */
export async function* lines(
	pieces: AsyncIterable<Buffer>,
	endpoint: DockerEndpoint,
): AsyncGenerator<Buffer, void, undefined> {
	let rest: Buffer = Buffer.alloc(0);
	for await (const piece of pieces) {
		rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
		let start = 0;
		for (let end = rest.indexOf(lineFeed); end !== -1; end = rest.indexOf(lineFeed, start)) {
			const line = rest.subarray(start, end);
			start = end + 1;
			if (line.toString().trim() !== '') {
				yield line;
			}
		}
		rest = rest.subarray(start);
		if (rest.length > longestLine) {
			throw new DockerError('protocol', dockerAnswer.tooLong(endpoint.address));
		}
	}
}
