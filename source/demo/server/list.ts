import { setImmediate as nextTurn } from 'node:timers/promises';
import type { JsonObject } from '../formats/json.ts';
import { encodeItems, encodeMessage, envelope, listMeta } from '../formats/protobuf/encode.ts';
import { messageType } from '../formats/protobuf/schema.ts';
import { columnDefinitions } from '../formats/table.ts';
import type { Entry, Snapshot } from './collection.ts';
import type { Exchange } from './context.ts';
import { apiVersionOf, type IncludeObject, itemJson, metadataJson, tableRow } from './encode.ts';
import { contentTypes, type Representation } from './representation.ts';
import type { ResourceType } from './resources.ts';
import type { Selection } from './select.ts';
import { compressed, isPretty, sendBytes, sendParts, takesGzip } from './send.ts';
import { ApiError, badRequest, expiredContinue, versionTooLarge } from './status.ts';

/** So many items are encoded in one go before others get their turn. */
export const slice = 250;

interface ContinueToken {
	v: string;
	rv: number;
	start: string;
}

function writeToken(version: number, lastKey: string): string {
	const token: ContinueToken = { v: 'meta.k8s.io/v1', rv: version, start: `${lastKey}\u0000` };
	return Buffer.from(JSON.stringify(token)).toString('base64url');
}

function readToken(text: string): ContinueToken {
	try {
		const token = JSON.parse(Buffer.from(text, 'base64url').toString()) as Partial<ContinueToken>;
		if (typeof token.start === 'string' && typeof token.rv === 'number') return token as ContinueToken;
	} catch {
		// Answered below: whatever is wrong with it, it is no token of ours.
	}
	throw badRequest('invalid continue token: continue key is not valid: it is no token of this server');
}

function wholeNumber(text: string | null): number {
	if (text === null || text === '') return 0;
	if (/^\d+$/.test(text)) return Number(text);
	throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
}

export function readVersion(text: string | null): number | undefined {
	if (text === null || text === '') return undefined;
	if (/^\d+$/.test(text)) return Number(text);
	throw badRequest(
		`invalid resource version: resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`,
	);
}

/** Lists of more objects than this are long. */
export const longFrom = 2000;

async function* slicesOf(entries: readonly Entry[]): AsyncGenerator<readonly Entry[]> {
	for (let start = 0; start < entries.length; start += slice) {
		if (start > 0) await nextTurn();
		yield entries.slice(start, start + slice);
	}
}

/** One page of a list, not yet in any form. */
export interface Page {
	/** '' for lists that have none. */
	version: string;
	/** The objects in order, a few hundred at a time; between them others get their turn. */
	slices: AsyncIterable<readonly Entry[]>;
	count: number;
	/** There are so many that they are sent as they are made. */
	long: boolean;
	/** '' on the last page. */
	continueToken: string;
	/** Undefined if it is not known or nothing remains. */
	remaining: number | undefined;
}

function firstAfter(entries: readonly Entry[], key: string): number {
	let low = 0;
	let high = entries.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((entries[middle]?.key ?? '') < key) low = middle + 1;
		else high = middle;
	}
	return low;
}

function chooseSnapshot({ service, url }: Exchange, type: ResourceType, token: ContinueToken | undefined): Snapshot {
	const { cluster, clock } = service;
	const collection = cluster.collection(type);
	if (token) {
		// A negative version means: no longer consistent, and the client knows it.
		if (token.rv < 0) return collection.snapshot(cluster.version, clock.now());
		const snapshot = collection.snapshotAt(token.rv);
		if (!snapshot) throw expiredContinue(Buffer.from(JSON.stringify({ ...token, rv: -1 })).toString('base64url'));
		return snapshot;
	}
	const asked = readVersion(url.searchParams.get('resourceVersion'));
	if (asked !== undefined && asked > cluster.version) throw versionTooLarge(asked, cluster.version);
	if (url.searchParams.get('resourceVersionMatch') === 'Exact' && asked !== undefined && asked !== cluster.version) {
		const snapshot = collection.snapshotAt(asked);
		if (!snapshot) throw new ApiError(410, 'Expired', 'The resourceVersion for the provided list is too old.');
		return snapshot;
	}
	return collection.snapshot(cluster.version, clock.now());
}

interface Selected {
	selected: readonly Entry[];
	/** Others follow that are selected too; how many is counted unless the selection is selective. */
	more: boolean;
	remaining: number;
}

/** @param limit 0 for none */
function selectFrom(entries: readonly Entry[], start: number, limit: number, selection: Selection): Selected {
	if (selection.all) {
		const selected = entries.slice(start, limit === 0 ? undefined : start + limit);
		const remaining = entries.length - start - selected.length;
		return { selected, more: remaining > 0, remaining };
	}
	const selected: Entry[] = [];
	let index = start;
	for (; index < entries.length && (limit === 0 || selected.length < limit); index++) {
		const entry = entries[index];
		if (entry && selection.matches(entry)) selected.push(entry);
	}
	let remaining = 0;
	for (; index < entries.length; index++) {
		const entry = entries[index];
		if (!entry || !selection.matches(entry)) continue;
		remaining++;
		if (selection.selective) break;
	}
	return { selected, more: remaining > 0, remaining };
}

/** Finds the page that a request means. */
export function readPage(exchange: Exchange, type: ResourceType, selection: Selection): Page {
	const { searchParams } = exchange.url;
	const limit = wholeNumber(searchParams.get('limit'));
	const text = searchParams.get('continue') ?? '';
	const token = text === '' ? undefined : readToken(text);
	const { version, entries } = chooseSnapshot(exchange, type, token);
	const { selected, more, remaining } = selectFrom(
		entries,
		token ? firstAfter(entries, token.start) : 0,
		limit,
		selection,
	);
	return {
		version: String(version),
		slices: slicesOf(selected),
		count: selected.length,
		long: selected.length > longFrom,
		continueToken: more ? writeToken(version, selected.at(-1)?.key ?? '') : '',
		remaining: more && !selection.selective ? remaining : undefined,
	};
}

function metaOf(page: Page): JsonObject {
	return {
		...(page.version ? { resourceVersion: page.version } : {}),
		...(page.continueToken ? { continue: page.continueToken } : {}),
		...(page.remaining === undefined ? {} : { remainingItemCount: page.remaining }),
	};
}

async function* jsonParts(
	type: ResourceType,
	page: Page,
	form: Representation,
	include: IncludeObject,
	now: number,
): AsyncGenerator<Buffer> {
	const meta = JSON.stringify(metaOf(page));
	let head = `{"kind":"${type.kind}List","apiVersion":"${apiVersionOf(type)}","metadata":${meta},"items":[`;
	let item: (entry: Entry) => string = itemJson;
	if (form === 'metadata') {
		head = `{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":${meta},"items":[`;
		item = metadataJson;
	} else if (form === 'table') {
		const columns = JSON.stringify(columnDefinitions(type.table));
		head = `{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":${meta},"columnDefinitions":${columns},"rows":[`;
		item = (entry) => JSON.stringify(tableRow(type, entry.object(), include, now));
	}
	yield Buffer.from(head);
	let first = true;
	for await (const entries of page.slices) {
		if (entries.length === 0) continue;
		const text = entries.map(item).join(',');
		yield Buffer.from(first ? text : `,${text}`);
		first = false;
	}
	yield Buffer.from(']}\n');
}

async function* protobufParts(type: ResourceType, page: Page): AsyncGenerator<Buffer> {
	const status = messageType('ListMeta');
	const message = messageType(type.kind);
	if (!status || !message) throw new Error(`${type.kind} has no protobuf here`);
	// The length of everything comes first, so everything is made before anything is sent.
	const parts = [listMeta(encodeMessage(status, metaOf(page)))];
	for await (const entries of page.slices) {
		parts.push(
			encodeItems(
				message,
				entries.map((entry) => entry.message?.() ?? entry.object()),
			),
		);
	}
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	const { before, after } = envelope(apiVersionOf(type), `${type.kind}List`, length);
	yield before;
	yield* parts;
	yield after;
}

/** How a page is sent: everything that its bytes depend on besides the objects. */
export interface Rendering {
	type: ResourceType;
	form: Representation;
	include: IncludeObject;
}

function partsOf(page: Page, { type, form, include }: Rendering, now: number): AsyncGenerator<Buffer> {
	return form === 'protobuf' ? protobufParts(type, page) : jsonParts(type, page, form, include, now);
}

/** Sends a page in the form that was asked for. */
export async function sendPage(exchange: Exchange, page: Page, rendering: Rendering): Promise<void> {
	const contentType = contentTypes[rendering.form];
	const parts = partsOf(page, rendering, exchange.service.clock.now());
	if (page.long) {
		const packed = takesGzip(exchange);
		return sendParts(exchange, contentType, packed ? 'gzip' : 'identity', packed ? compressed(parts) : parts);
	}
	const bytes: Buffer[] = [];
	for await (const part of parts) bytes.push(part);
	let body = Buffer.concat(bytes);
	if (rendering.form !== 'protobuf' && isPretty(exchange)) {
		body = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 2));
	}
	await sendBytes(exchange, 200, contentType, body);
}

/** The compressed bytes of a page. */
export function packedPage(page: Page, rendering: Rendering, now: number): AsyncGenerator<Buffer> {
	return compressed(partsOf(page, rendering, now));
}
