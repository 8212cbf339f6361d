/** One GET to the API server as an answer: whatever comes back is kept, nothing is repeated, nothing is thrown. */
import type { IncomingHttpHeaders } from 'node:http';
import type { RequestOptions } from '../../kube/client.ts';
import { KubeError } from '../../kube/errors.ts';
import { presentable } from '../../kube/redact.ts';
import { noAnswerInTime } from '../../messages/en/doctor/probes.ts';
import { type Answer, emptyReply, type Reply } from '../evidence/answer.ts';
import type { ProbeContext } from '../probe.ts';

/** Headers that a cause may read. */
const keptHeaders = ['date', 'server', 'via', 'retry-after', 'x-kubernetes-pf-flowschema-uid', 'location'] as const;

const keptBody = 4096;

export interface Received {
	body: Buffer;
	contentType: string;
}

/**
 * @param read what is wanted of a success; null if it holds nothing of the kind. What it throws counts as that too.
 */
export async function ask<Value>(
	{ reach, signal }: ProbeContext,
	path: string,
	read: (received: Received) => Value | null,
	options: RequestOptions = {},
): Promise<Answer<Value>> {
	const request = `${options.method ?? 'GET'} ${path}${queryOf(options.query)}`;
	const startedAt = performance.now();
	const reply = (more: Partial<Reply>): Reply => ({
		...emptyReply,
		request,
		took: performance.now() - startedAt,
		...more,
	});
	try {
		const client = await reach();
		const { body, contentType, headers } = await client.read(path, { ...options, signal, retries: 0 });
		const text = presentable(body.subarray(0, keptBody * 2).toString('utf8'), keptBody);
		const answered = reply({ outcome: 'answered', status: 200, contentType, headers: kept(headers), body: text });
		try {
			return { ...answered, value: read({ body, contentType }) };
		} catch {
			return { ...answered, value: null };
		}
	} catch (error) {
		return { ...reply(failureOf(error, signal)), value: null };
	}
}

/** The rest of a request that did not bring a success. */
export function failureOf(error: unknown, signal: AbortSignal): Partial<Reply> {
	if (error instanceof KubeError) {
		const { body, code, headers, id: errorId, status } = error;
		const outcome =
			status === 403 ? 'forbidden' : status > 0 ? 'answered' : error.kind === 'timeout' ? 'timed-out' : 'failed';
		const contentType = headers['content-type'] ?? '';
		return { outcome, status, contentType, headers: kept(headers), body, error: error.message, errorId, code };
	}
	if (signal.aborted) {
		return { outcome: 'timed-out', error: noAnswerInTime };
	}
	const message = error instanceof Error ? error.message : String(error);
	return { outcome: 'failed', error: presentable(message, 300) };
}

function queryOf(query: RequestOptions['query'] = {}): string {
	const given = Object.entries(query).filter(([, value]) => value !== undefined);
	return given.length === 0 ? '' : `?${given.map(([name, value]) => `${name}=${value}`).join('&')}`;
}

function kept(headers: IncomingHttpHeaders): Record<string, string> {
	return Object.fromEntries(
		keptHeaders.flatMap((name) => {
			const value = headers[name];
			return typeof value === 'string' ? [[name, presentable(value.replace(/[?#].*$/, ''), 200)]] : [];
		}),
	);
}
