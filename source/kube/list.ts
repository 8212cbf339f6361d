import type { ListMeta } from '../model/records.ts';
import type { KubeClient } from './client.ts';
import { KubeError } from './errors.ts';

export interface ListOptions {
	query?: Record<string, string | undefined>;
	accept?: string;
	/** Items of a page, of the first one if they grow; 500 by default. */
	pageSize?: number;
	/** Pages double up to this size; by default they do not grow. Large ones cost a large cluster's server less in all. */
	largestPageSize?: number;
	signal?: AbortSignal;
	/** The continue token expired in the middle: forget what came, the list begins anew. */
	onRestart?: () => void;
}

/** A list that outlives its snapshot so often (etcd compacts every 5 minutes) will not be had in pages. */
const restarts = 3;

/**
 * A list in pages, one after the other, each handed on as it came. The page after the next is asked for when `onPage`
 * returned, so a slow consumer slows the server's work too.
 *
 * @param onPage decodes one page's whole body and says what its ListMeta says
 * @returns the last page's ListMeta: its resourceVersion is where a watch goes on
 * @throws KubeError; status 410 if the token expired again and again
 */
export async function listPages(
	client: KubeClient,
	path: string,
	options: ListOptions,
	onPage: (body: Buffer, contentType: string) => ListMeta,
): Promise<ListMeta> {
	const { query = {}, accept, pageSize = 500, largestPageSize = pageSize, signal } = options;
	let size = pageSize;
	let continueToken = '';
	let restarted = 0;
	while (true) {
		let page: { body: Buffer; contentType: string };
		try {
			page = await client.read(path, {
				query: { ...query, limit: String(size), continue: continueToken || undefined },
				...(accept === undefined ? {} : { accept }),
				...(signal ? { signal } : {}),
			});
		} catch (error) {
			if (!(error instanceof KubeError) || error.status !== 410 || continueToken === '' || restarted === restarts) {
				throw error;
			}
			restarted++;
			continueToken = '';
			// It took too long at this size: fewer, larger pages end sooner.
			size = Math.max(size, Math.min(largestPageSize, pageSize * 2 ** restarted));
			options.onRestart?.();
			continue;
		}
		const meta = onPage(page.body, page.contentType);
		if (meta.continueToken === '') {
			return meta;
		}
		continueToken = meta.continueToken;
		size = Math.min(largestPageSize, size * 2);
	}
}
