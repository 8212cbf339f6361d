/** A list of whole objects as an answer: in pages, of which only what was read is kept. */
import { listPages } from '../../kube/list.ts';
import { objectField, objectsField, parseJson, textField } from '../../sources/json/fields.ts';
import { type Answer, emptyReply } from '../evidence/answer.ts';
import type { ProbeContext } from '../probe.ts';
import { failureOf } from './ask.ts';

/** Objects of a page: of nodes and pods, some hundred kilobytes. */
const pageSize = 200;

type JsonObject = Parameters<typeof objectField>[0];

/** @param read what is wanted of an object; null to pass it over */
export async function askPages<Item>(
	{ reach, signal }: ProbeContext,
	path: string,
	read: (object: JsonObject) => Item | null,
): Promise<Answer<readonly Item[]>> {
	const startedAt = performance.now();
	const reply = { ...emptyReply, request: `GET ${path}` };
	const items: Item[] = [];
	try {
		const options = { signal, pageSize, onRestart: () => items.splice(0) };
		await listPages(await reach(), path, options, (body) => {
			const answer = parseJson(body);
			for (const object of objectsField(answer, 'items')) {
				const item = read(object);
				if (item !== null) {
					items.push(item);
				}
			}
			const continueToken = textField(objectField(answer, 'metadata'), 'continue');
			return { resourceVersion: '', continueToken, remainingItemCount: Number.NaN };
		});
		return { ...reply, outcome: 'answered', status: 200, took: performance.now() - startedAt, value: items };
	} catch (error) {
		return { ...reply, took: performance.now() - startedAt, ...failureOf(error, signal), value: null };
	}
}
