/** Times to the millisecond, as samples carry them; the objects of the API have whole seconds. */
import { damage } from '../../messages/en/sources.ts';
import { parseTime } from '../../model/time.ts';
import { WireError } from '../answer.ts';
import { type JsonObject, textField } from './fields.ts';

/** A time in ms since 1970, cut to whole ones; NaN if there is none. */
export function momentField(parent: JsonObject, name: string): number {
	const text = textField(parent, name);
	const time = text === '' ? Number.NaN : parseTime(text);
	if (text !== '' && Number.isNaN(time) && !text.startsWith('0001-')) {
		throw new WireError(damage.notOfType(name, 'a time'));
	}
	return time;
}
