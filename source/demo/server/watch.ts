import { once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Json, JsonObject } from '../formats/json.ts';
import { encodeMessage, watchFrame, wrap } from '../formats/protobuf/encode.ts';
import { messageType } from '../formats/protobuf/schema.ts';
import type { Change, ChangeType, Entry, Snapshot } from './collection.ts';
import type { Exchange, Service } from './context.ts';
import { apiVersionOf, encodeObject, type IncludeObject, itemProtobuf, table, tableRow, whole } from './encode.ts';
import { readVersion, slice } from './list.ts';
import type { Representation } from './representation.ts';
import type { ResourceType } from './resources.ts';
import type { Selection } from './select.ts';
import { beginStream } from './send.ts';
import { ApiError, expiredVersion, initialEventsWithoutMatch } from './status.ts';

/** A bookmark comes about once a minute. */
const bookmarkPeriod = 60_000;

/** Writes events in one form. */
class EventWriter {
	readonly #exchange: Exchange;
	readonly #type: ResourceType;
	readonly #form: Representation;
	readonly #include: IncludeObject;
	#columnsSent = false;

	constructor(exchange: Exchange, type: ResourceType, form: Representation, include: IncludeObject) {
		this.#exchange = exchange;
		this.#type = type;
		this.#form = form;
		this.#include = include;
	}

	#write(bytes: Buffer | string): void {
		const { response } = this.#exchange;
		if (!response.writableEnded && !response.destroyed) response.write(bytes);
	}

	#line(type: string, object: Json): void {
		this.#write(`${JSON.stringify({ type, object })}\n`);
	}

	/** The bytes of an event, in a form in which none depends on the events before it: not a table. */
	encoded(event: ChangeType, entry: Entry): Buffer {
		if (this.#form === 'protobuf') {
			return watchFrame(event, wrap(apiVersionOf(this.#type), this.#type.kind, itemProtobuf(this.#type, entry)));
		}
		const object = encodeObject(this.#type, entry, this.#form, this.#include, 0) as JsonObject;
		return Buffer.from(`${JSON.stringify({ type: event, object })}\n`);
	}

	object(event: ChangeType, entry: Entry): void {
		if (this.#form === 'table') {
			const object = entry.object();
			const row = tableRow(this.#type, object, this.#include, this.#exchange.service.clock.now());
			const { resourceVersion } = object.metadata;
			this.#line(event, table(this.#type, resourceVersion ? { resourceVersion } : {}, [row], !this.#columnsSent));
			this.#columnsSent = true;
			return;
		}
		this.#write(this.encoded(event, entry));
	}

	bookmark(version: number, initialEventsEnd: boolean): void {
		const annotations = initialEventsEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
		const object = { metadata: { name: '', resourceVersion: String(version), ...annotations } };
		if (this.#form === 'protobuf') {
			const message = messageType(this.#type.kind);
			if (message)
				this.#write(
					watchFrame('BOOKMARK', wrap(apiVersionOf(this.#type), this.#type.kind, encodeMessage(message, object))),
				);
			return;
		}
		const { name: _, ...metadata } = object.metadata;
		const plain = { metadata, ...(this.#type.kind === 'Pod' ? { spec: { containers: null }, status: {} } : {}) };
		if (this.#form === 'table') this.#line('BOOKMARK', table(this.#type, metadata, [], !this.#columnsSent));
		else if (this.#form === 'metadata')
			this.#line('BOOKMARK', { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata });
		else this.#line('BOOKMARK', whole(this.#type, plain as unknown as Parameters<typeof whole>[1]));
	}

	error(error: ApiError): void {
		const message = messageType('Status');
		if (this.#form === 'protobuf' && message) {
			this.#write(watchFrame('ERROR', wrap('v1', 'Status', encodeMessage(message, error.toStatus()))));
		} else {
			this.#line('ERROR', error.toStatus());
		}
	}
}

/** The event that a change is to somebody who sees only a part of the objects. */
function seenAs(change: Change, selection: Selection): { type: ChangeType; entry: Entry } | undefined {
	const sees = change.type !== 'DELETED' && selection.matches(change.entry);
	const saw = change.before !== undefined && selection.matches(change.before);
	if (sees) return { type: saw ? 'MODIFIED' : 'ADDED', entry: change.entry };
	return saw ? { type: 'DELETED', entry: change.entry } : undefined;
}

/** So many bytes of initial events are kept of one kind: a client that is measured must not wait for this server. */
const most = 2 ** 30;

/** The newest initial events of each kind in a large cluster, a slice of them at a time. */
const kept = new WeakMap<Service, Map<string, { version: number; parts: Buffer[]; size: number }>>();

function keptParts(service: Service, kind: string, version: number): { parts: Buffer[]; size: number } {
	const kinds = kept.get(service) ?? new Map<string, { version: number; parts: Buffer[]; size: number }>();
	kept.set(service, kinds);
	const known = kinds.get(kind);
	if (known?.version === version) return known;
	const empty = { version, parts: [], size: 0 };
	kinds.set(kind, empty);
	return empty;
}

/** Sends all objects as they are in a snapshot, as fast as they are taken; between slices others get their turn. */
async function sendInitialEvents(
	{ service, response }: Exchange,
	writer: EventWriter,
	{ entries, version }: Snapshot,
	selection: Selection,
	kind: string,
): Promise<void> {
	// Whoever has gone is not written to any more.
	const closed = once(response, 'close').catch(() => {});
	const keeping = service.cluster.world.large && selection.all ? keptParts(service, kind, version) : undefined;
	for (let start = 0; start < entries.length && !response.destroyed; start += slice) {
		const index = start / slice;
		let part = keeping?.parts[index];
		if (!part) {
			const selected = entries.slice(start, start + slice).filter((entry) => selection.matches(entry));
			part = Buffer.concat(selected.map((entry) => writer.encoded('ADDED', entry)));
			if (keeping && keeping.size + part.length <= most) {
				keeping.parts[index] = part;
				keeping.size += part.length;
			}
		}
		if (response.write(part)) await nextTurn();
		else await Promise.race([once(response, 'drain').catch(() => {}), closed]);
	}
}

/** Answers a watch: what has happened since a version, and then what happens, until its time is over. */
export async function serveWatch(
	exchange: Exchange,
	type: ResourceType,
	selection: Selection,
	form: Representation,
	include: IncludeObject,
): Promise<void> {
	const { service, response, url } = exchange;
	const { cluster, clock, behaviour } = service;
	const { searchParams } = url;
	const collection = cluster.collection(type);
	const since = readVersion(searchParams.get('resourceVersion'));
	const sendInitial = searchParams.get('sendInitialEvents');
	if (sendInitial !== null && searchParams.get('resourceVersionMatch') !== 'NotOlderThan') {
		throw initialEventsWithoutMatch();
	}
	const bookmarks =
		searchParams.get('allowWatchBookmarks') === 'true' || searchParams.get('allowWatchBookmarks') === '1';
	const seconds = Number(searchParams.get('timeoutSeconds') ?? '') || 1800 + (service.requests % 1800);
	beginStream(exchange, form === 'protobuf' ? 'application/vnd.kubernetes.protobuf;stream=watch' : 'application/json');
	const writer = new EventWriter(exchange, type, form, include);
	const show = (change: Change): void => {
		const seen = seenAs(change, selection);
		if (seen) writer.object(seen.type, seen.entry);
	};

	if (sendInitial === 'true' || (sendInitial === null && (since === undefined || since === 0))) {
		const snapshot = collection.snapshot(cluster.version, clock.now());
		if (form === 'table') {
			for (const entry of snapshot.entries) if (selection.matches(entry)) writer.object('ADDED', entry);
		} else {
			await sendInitialEvents(exchange, writer, snapshot, selection, `${type.group}/${type.name} ${form} ${include}`);
			if (response.destroyed) return;
		}
		for (const change of collection.changesSince(snapshot.version) ?? []) show(change);
		if (sendInitial === 'true' && bookmarks) writer.bookmark(cluster.version, true);
	} else if (since !== undefined && since !== 0) {
		const changes = collection.changesSince(since);
		if (!changes) {
			writer.error(expiredVersion(since, collection.oldest));
			response.end();
			return;
		}
		for (const change of changes) show(change);
	}

	const stopListening = collection.listen(show);
	const timers: NodeJS.Timeout[] = [];
	const finish = (): void => {
		stopListening();
		for (const timer of timers) clearTimeout(timer);
		if (!response.writableEnded) response.end();
	};
	if (bookmarks && !clock.frozen) {
		timers.push(setInterval(() => writer.bookmark(cluster.version, false), bookmarkPeriod));
	}
	timers.push(setTimeout(finish, seconds * 1000));
	if (behaviour.watchLife > 0) {
		const expire = (): void => {
			writer.error(new ApiError(410, 'Expired', 'The resourceVersion for the provided watch is too old.'));
			finish();
		};
		timers.push(setTimeout(expire, behaviour.watchLife));
	}
	response.once('close', finish);
}
