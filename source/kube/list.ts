import type { ListMeta } from '../model/records.ts';
import type { KubeClient, KubeResponse } from './client.ts';
import { KubeError } from './errors.ts';
import { Turns } from './turns.ts';

export interface ListOptions {
	query?: Record<string, string | undefined>;
	accept?: string;
	/** Items of a page, of the first one if they grow; 500 by default. */
	pageSize?: number;
	/** Pages double up to this size; by default they do not grow. Large ones cost a large cluster's server less in all. */
	largestPageSize?: number;
	signal?: AbortSignal;
	/** Waited for before each page but the first is asked for: others may go first. */
	beforeNext?: () => Promise<void>;
	/** The continue token expired in the middle: forget what came, the list begins anew. */
	onRestart?: () => void;
}

/** Reads one page while it comes. */
export interface PageReader {
	push(chunk: Buffer): void;
	/** What the page's ListMeta says; it stands before the items, so it is known early. null until then. */
	readonly meta: ListMeta | null;
	/** The page has come to its end. @throws if it is not whole */
	end(): ListMeta;
}

/** A list that outlives its snapshot so often (etcd compacts every 5 minutes) will not be had in pages. */
const restarts = 3;

/** On a line whose round trip takes longer than this, ms, the next page is asked for while this one comes. */
const farAway = 30;

/**
 * A list in pages, one after the other, each read while it comes. A slow reader slows the server's work too. On a long
 * line the next page is asked for as soon as this one says where it begins, so that the line is never idle.
 *
 * @param openPage makes the reader of a page, by its content type
 * @returns the last page's ListMeta: its resourceVersion is where a watch goes on
 * @throws KubeError; status 410 if the token expired again and again
 */
export async function streamPages(
	client: KubeClient,
	path: string,
	options: ListOptions,
	openPage: (contentType: string) => PageReader,
): Promise<ListMeta> {
	const { query = {}, accept, pageSize = 500, largestPageSize = pageSize } = options;
	// What was asked for in advance is given up with the list.
	const ended = new AbortController();
	const signal = options.signal ? AbortSignal.any([options.signal, ended.signal]) : ended.signal;
	const ask = async (size: number, continueToken: string): Promise<KubeResponse> => {
		if (continueToken !== '') {
			await options.beforeNext?.();
		}
		return client.open(path, {
			query: { ...query, limit: String(size), continue: continueToken || undefined },
			...(accept === undefined ? {} : { accept }),
			signal,
		});
	};
	const askEarly = (size: number, continueToken: string): Promise<KubeResponse> => {
		const asked = ask(size, continueToken);
		// It may fail while nobody waits for it yet.
		asked.catch(() => {});
		return asked;
	};
	let size = pageSize;
	let continueToken = '';
	let restarted = 0;
	let asked = askEarly(size, '');
	try {
		while (true) {
			let response: KubeResponse;
			try {
				response = await asked;
			} catch (error) {
				if (!(error instanceof KubeError) || error.status !== 410 || continueToken === '' || restarted === restarts) {
					throw error;
				}
				restarted++;
				continueToken = '';
				// It took too long at this size: fewer, larger pages end sooner.
				size = Math.max(size, Math.min(largestPageSize, pageSize * 2 ** restarted));
				options.onRestart?.();
				asked = askEarly(size, '');
				continue;
			}
			const next = Math.min(largestPageSize, size * 2);
			let early: Promise<KubeResponse> | null = null;
			const meta = await readPage(response, openPage(response.contentType), (token) => {
				if (client.roundTrip() > farAway) {
					early = askEarly(next, token);
				}
			});
			if (meta.continueToken === '') {
				return meta;
			}
			continueToken = meta.continueToken;
			size = next;
			asked = early ?? askEarly(size, continueToken);
		}
	} finally {
		ended.abort();
	}
}

/** @param onMeta called as soon as it is known that there is another page, and where it begins */
async function readPage(
	{ body }: KubeResponse,
	reader: PageReader,
	onMeta: (continueToken: string) => void,
): Promise<ListMeta> {
	const turns = new Turns();
	let isKnown = false;
	for await (const chunk of body) {
		reader.push(chunk);
		if (!isKnown && reader.meta !== null) {
			isKnown = true;
			if (reader.meta.continueToken !== '') {
				onMeta(reader.meta.continueToken);
			}
		}
		await turns.next();
	}
	return reader.end();
}

/**
 * A list in pages, one after the other, each handed on as a whole. The page after the next is asked for when `onPage`
 * returned.
 *
 * @param onPage decodes one page's whole body and says what its ListMeta says
 * @returns as {@link streamPages}
 */
export async function listPages(
	client: KubeClient,
	path: string,
	options: ListOptions,
	onPage: (body: Buffer, contentType: string) => ListMeta,
): Promise<ListMeta> {
	return streamPages(client, path, options, (contentType) => {
		const chunks: Buffer[] = [];
		return {
			meta: null,
			push: (chunk) => chunks.push(chunk),
			end: () => onPage(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks), contentType),
		};
	});
}
