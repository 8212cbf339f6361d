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

/** The path with parameters; those that are undefined are left out, a list is one parameter several times. */
export function withQuery(
	path: string,
	parameters: Record<string, string | readonly string[] | undefined> = {},
): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(parameters)) {
		for (const each of [value ?? []].flat()) {
			query.append(name, each);
		}
	}
	return query.size > 0 ? `${path}${path.includes('?') ? '&' : '?'}${query}` : path;
}

export function prepareRequest(path: string, options: RequestOptions): PreparedRequest {
	return {
		method: options.method ?? 'GET',
		path: withQuery(path, options.query),
		body: options.body === undefined ? undefined : JSON.stringify(options.body),
		watch: /^(?:1|true)$/.test(options.query?.['watch'] ?? ''),
		options,
	};
}
