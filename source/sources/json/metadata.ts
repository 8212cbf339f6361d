/** What every JSON answer and watch frame has. */
import { damage, refusedInstead } from '../../messages/en/sources.ts';
import type { ListMeta, WatchEventMeta } from '../../model/records.ts';
import { WireError } from '../answer.ts';
import { words } from '../strings.ts';
import { initialEventsEndAnnotation, watchEventType } from '../watch-event.ts';
import {
	flagField,
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	parseJson,
	textField,
	wordField,
} from './fields.ts';

/** Opens an answer that should hold an object of this kind. An error of the API server is thrown in its words. */
function openAnswer(body: Buffer, kind: string, what: string): JsonObject {
	const answer = parseJson(body);
	const actual = wordField(answer, 'kind');
	if (actual === 'Status') {
		throw new Error(refusedInstead(what, textField(answer, 'message')));
	}
	if (actual !== kind) {
		throw new WireError(damage.kind(actual));
	}
	return answer;
}

/** Reads a list of this kind, each item handed to `readItem`. */
export function readList(body: Buffer, kind: string, what: string, readItem: (item: JsonObject) => void): ListMeta {
	const list = openAnswer(body, kind, what);
	const meta = readListMeta(list);
	for (const item of objectsField(list, 'items')) {
		readItem(item);
	}
	return meta;
}

export function readListMeta(list: JsonObject): ListMeta {
	const metadata = objectField(list, 'metadata');
	return {
		resourceVersion: textField(metadata, 'resourceVersion'),
		continueToken: textField(metadata, 'continue'),
		remainingItemCount: numberField(metadata, 'remainingItemCount', Number.NaN),
	};
}

/** Reads a frame of a watch; an object of this kind in it is handed to `readObject`. */
export function readWatchEvent(frame: Buffer, kind: string, readObject: (item: JsonObject) => void): WatchEventMeta {
	const event = parseJson(frame);
	const type = watchEventType(wordField(event, 'type'));
	const object = objectField(event, 'object');
	if (type === 'ERROR') {
		const code = numberField(object, 'code', 0);
		return { type, resourceVersion: '', initialEventsEnd: false, code, message: textField(object, 'message') };
	}
	const actual = wordField(object, 'kind');
	if (actual !== kind) {
		throw new WireError(damage.kind(actual));
	}
	const metadata = objectField(object, 'metadata');
	if (type !== 'BOOKMARK') {
		readObject(object);
	}
	return {
		type,
		resourceVersion: textField(metadata, 'resourceVersion'),
		initialEventsEnd:
			type === 'BOOKMARK' && objectField(metadata, 'annotations')[initialEventsEndAnnotation] === 'true',
		code: 0,
		message: '',
	};
}

/** `kind/name` of the controlling owner, '' if there is none. */
export function controllingOwner(metadata: JsonObject): string {
	for (const owner of objectsField(metadata, 'ownerReferences')) {
		if (flagField(owner, 'controller')) {
			return words.pair(wordField(owner, 'kind'), wordField(owner, 'name'));
		}
	}
	return '';
}
