import type { RequestOptions } from '../client.ts';

/** A request as it is sent, as often as it takes. */
export interface PreparedRequest {
	method: string;
	/** With the query, without the server's prefix. */
	path: string;
	/** JSON, undefined = none. */
	body: string | undefined;
	/** Its body has no end of its own, so that no time limit but that of silence holds. */
	watch: boolean;
	options: RequestOptions;
}

export function prepareRequest(path: string, options: RequestOptions): PreparedRequest {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(options.query ?? {})) {
		if (value !== undefined) {
			query.set(name, value);
		}
	}
	return {
		method: options.method ?? 'GET',
		path: query.size > 0 ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path,
		body: options.body === undefined ? undefined : JSON.stringify(options.body),
		watch: /^(?:1|true)$/.test(options.query?.['watch'] ?? ''),
		options,
	};
}
