import { type JsonObject, numberField, objectField, textField, timeField } from '../../../sources/json/fields.ts';
import type { EventFacts } from '../../evidence/objects.ts';

export function readEvent(object: JsonObject): EventFacts {
	const about = objectField(object, 'involvedObject');
	const series = objectField(object, 'series');
	const times = [
		timeField(object, 'lastTimestamp'),
		timeField(series, 'lastObservedTime'),
		timeField(object, 'eventTime'),
	];
	return {
		about: `${textField(about, 'kind')}/${textField(about, 'name')}`,
		type: textField(object, 'type'),
		reason: textField(object, 'reason'),
		message: textField(object, 'message'),
		count: numberField(object, 'count', numberField(series, 'count', 1)),
		at: times.find((time) => !Number.isNaN(time)) ?? Number.NaN,
	};
}
