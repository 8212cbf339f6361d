import { damage } from '../messages/en/sources.ts';
import type { WatchEventType } from '../model/records.ts';
import { WireError } from './answer.ts';

/** Annotation of the bookmark that ends the initial events of a watch (KEP-3157). */
export const initialEventsEndAnnotation = 'k8s.io/initial-events-end';

/** The type of a watch event, or a `WireError`. */
export function watchEventType(text: string): WatchEventType {
	switch (text) {
		case 'ADDED':
		case 'MODIFIED':
		case 'DELETED':
		case 'BOOKMARK':
		case 'ERROR':
			return text;
		default:
			throw new WireError(damage.eventType(text));
	}
}
