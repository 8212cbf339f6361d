import * as text from '../messages/en/kube.ts';
import type { KubeClient } from './client.ts';
import { KubeError } from './errors.ts';
import { FrameTooLong, frameSplitter } from './frames.ts';

export interface WatchOptions {
	/** Where to go on: of the list, or of the last event or bookmark. */
	resourceVersion: string;
	query?: Record<string, string | undefined>;
	accept?: string;
	signal?: AbortSignal;
	/** ms without a byte after which the connection counts as dead; 100 s by default: bookmarks come about every minute. */
	idleTimeout?: number;
	/** The server accepted the watch. */
	onOpen?: () => void;
}

/**
 * One watch connection, with bookmarks: hands on each frame as it is whole. A frame is a view that is good until
 * `onFrame` returns. Resolves when the server ends the watch, as it does after half an hour or an hour; what comes next
 * is the caller's matter, also an ERROR event within a frame.
 *
 * @throws KubeError: 410 if the resourceVersion is too old, retriable ones when the connection broke or is dead
 */
export async function watchFrames(
	client: KubeClient,
	path: string,
	options: WatchOptions,
	onFrame: (frame: Buffer, contentType: string) => void,
): Promise<void> {
	const { resourceVersion, query = {}, accept, signal, idleTimeout = 100_000 } = options;
	const { body, contentType } = await client.open(path, {
		query: { ...query, watch: '1', allowWatchBookmarks: 'true', resourceVersion },
		...(accept === undefined ? {} : { accept }),
		...(signal ? { signal } : {}),
		idleTimeout,
		// Whoever watches has a backoff of their own, and shows that the connection is lost.
		retries: 0,
	});
	options.onOpen?.();
	const splitter = frameSplitter(contentType);
	const forward = (frame: Buffer): void => onFrame(frame, contentType);
	try {
		for await (const chunk of body) {
			splitter.push(chunk, forward);
		}
	} catch (error) {
		if (error instanceof FrameTooLong) {
			throw new KubeError('protocol', text.notWatchFrames(client.target, path), { retriable: true });
		}
		throw error;
	}
	if (splitter.pending > 0) {
		throw new KubeError('unreachable', text.bodyCutOff(client.target), { id: 'api-reset', retriable: true });
	}
}
