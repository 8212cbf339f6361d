/** A path of the API that names objects: `/apis/GROUP/VERSION/[namespaces/NS/]RESOURCE[/NAME[/SUBRESOURCE[/…]]]`. */
export interface ResourcePath {
	group: string;
	version: string;
	namespace: string;
	resource: string;
	name: string;
	subresource: string;
	/** What follows a subresource that passes it on, as `proxy` does. */
	rest: readonly string[];
}

/** Reads a path by its segments; undefined if it names no objects. */
export function readPath(segments: readonly string[]): ResourcePath | undefined {
	const core = segments[0] === 'api';
	const group = core ? '' : (segments[1] ?? '');
	const version = segments[core ? 1 : 2] ?? '';
	const rest = segments.slice(core ? 2 : 3);
	if (rest.length === 0) return undefined;
	let namespace = '';
	// `namespaces/NAME` alone is the namespace itself; with more behind it, what is in it.
	if (rest[0] === 'namespaces' && rest.length >= 3 && rest[2] !== 'status') {
		namespace = rest[1] ?? '';
		rest.splice(0, 2);
	}
	const [resource = '', name = '', subresource = '', ...further] = rest;
	return { group, version, namespace, resource, name, subresource, rest: further };
}
