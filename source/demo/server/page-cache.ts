import type { Exchange, Service } from './context.ts';
import { type Page, packedPage, type Rendering, sendPage } from './list.ts';
import { contentTypes } from './representation.ts';
import { sendParts, takesGzip } from './send.ts';

/** So many bytes of compressed pages are kept. */
const capacity = 400 * 1024 * 1024;
/** Pages of fewer objects are made in a moment. */
const keptFrom = 250;

/**
 * Compressed pages of a large cluster. Making one takes up to some seconds, so each is made once: a client that is
 * measured must not wait for this server.
 */
class PageCache {
	readonly #pages = new Map<string, Promise<readonly Buffer[]>>();
	readonly #sizes = new Map<string, number>();
	#size = 0;

	/** The bytes of a page that was made, or is being made. */
	known(key: string): Promise<readonly Buffer[]> | undefined {
		return this.#pages.get(key);
	}

	/** The bytes of a page, made if there are none yet. The same page is never made twice at a time. */
	get(key: string, make: () => AsyncIterable<Buffer>): Promise<readonly Buffer[]> {
		const known = this.#pages.get(key);
		if (known) return known;
		const made = collect(make());
		this.#pages.set(key, made);
		made.then(
			(parts) => this.#account(key, parts),
			() => this.#pages.delete(key),
		);
		return made;
	}

	#account(key: string, parts: readonly Buffer[]): void {
		const size = parts.reduce((sum, part) => sum + part.length, 0);
		this.#sizes.set(key, size);
		this.#size += size;
		for (const [oldest, old] of this.#sizes) {
			if (this.#size <= capacity) break;
			this.#sizes.delete(oldest);
			this.#pages.delete(oldest);
			this.#size -= old;
		}
	}
}

async function collect(parts: AsyncIterable<Buffer>): Promise<readonly Buffer[]> {
	const all: Buffer[] = [];
	for await (const part of parts) all.push(part);
	return all;
}

const caches = new WeakMap<Service, PageCache>();

function cacheOf(service: Service): PageCache {
	let cache = caches.get(service);
	if (!cache) {
		cache = new PageCache();
		caches.set(service, cache);
	}
	return cache;
}

function fullKey({ type, form, include }: Rendering, key: string): string {
	return `${type.group}/${type.name} ${form} ${include} ${key}`;
}

/**
 * Sends a page from the cache if it is worth keeping and may be compressed, and makes it otherwise.
 * @param findPage finds what is on it, which takes a while too
 * @param key the same page of the same kind has the same key; '' for pages that are not worth keeping
 */
export async function sendCachedPage(
	exchange: Exchange,
	findPage: () => Page,
	rendering: Rendering,
	key: string,
): Promise<void> {
	const { service } = exchange;
	const cache = cacheOf(service);
	const packed = takesGzip(exchange);
	const known = key !== '' && packed ? await cache.known(fullKey(rendering, key)) : undefined;
	if (known) return sendParts(exchange, contentTypes[rendering.form], 'gzip', known);
	const page = findPage();
	if (key === '' || page.count < keptFrom || !packed) return sendPage(exchange, page, rendering);
	const make = (): AsyncIterable<Buffer> => packedPage(page, rendering, service.clock.now());
	const parts = await cache.get(fullKey(rendering, key), make);
	await sendParts(exchange, contentTypes[rendering.form], 'gzip', parts);
}

/** Makes a page before anyone asks for it. */
export async function preparePage(service: Service, page: Page, rendering: Rendering, key: string): Promise<void> {
	if (page.count < keptFrom) return;
	await cacheOf(service).get(fullKey(rendering, key), () => packedPage(page, rendering, service.clock.now()));
}
