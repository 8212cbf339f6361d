/**
 * Changes of single values in a kubeconfig's text that leave every other byte as it is: comments, order, quotes and
 * indentation belong to whoever wrote the file. (A module of its own, as yaml.ts is: it brings the YAML parser.)
 */
import { isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';

/** `users[name].user.auth-provider.config` with these values; null where the text has no such entry, or is no YAML. */
export function withProviderConfig(
	source: string,
	user: string,
	values: Readonly<Record<string, string>>,
): string | null {
	const document = parseDocument(source, { logLevel: 'silent' });
	const users = document.errors.length === 0 ? document.get('users') : null;
	const entry = isSeq(users) ? users.items.find((item) => isMap(item) && item.get('name') === user) : undefined;
	const config = isMap(entry) ? entry.getIn(['user', 'auth-provider', 'config']) : undefined;
	if (!isMap(config)) {
		return null;
	}
	const edits: Edit[] = [];
	for (const [name, value] of Object.entries(values)) {
		const edit = editOf(source, config, name, value);
		if (!edit) {
			return null;
		}
		edits.push(edit);
	}
	// From the end, so that the places before stay where they are.
	return edits
		.toSorted((one, other) => other.start - one.start)
		.reduce((text, { start, end, replacement }) => text.slice(0, start) + replacement + text.slice(end), source);
}

interface Edit {
	start: number;
	end: number;
	replacement: string;
}

function editOf(source: string, config: YAMLMap, name: string, value: string): Edit | null {
	const pairs = config.items as Pair[];
	const pair = pairs.find(({ key }) => isScalar(key) && key.value === name);
	if (pair) {
		const range = isScalar(pair.value) && !pair.value.anchor ? pair.value.range : null;
		if (!range || !isScalar(pair.value)) {
			return null;
		}
		const [start, end] = range;
		// A value that is left out has no place of its own: it stands between its colon and, perhaps, a comment.
		const before = start === end && !/\s/.test(source[start - 1] ?? '') ? ' ' : '';
		const after = start === end && source[end] === '#' ? ' ' : '';
		return { start, end: trimmedEnd(source, start, end), replacement: before + written(value, pair.value) + after };
	}
	const first = pairs[0]?.key;
	if (!isScalar(first) || !first.range) {
		return null;
	}
	const [start] = first.range;
	const line = source.slice(source.lastIndexOf('\n', start - 1) + 1, start);
	const inFlow = config.flow === true;
	const between = inFlow ? ', ' : `\n${line.replaceAll(/\S/g, ' ')}`;
	return {
		start,
		end: start,
		replacement: `${inFlow ? JSON.stringify(name) : name}: ${written(value, first, inFlow)}${between}`,
	};
}

/** Block scalars reach to the line after them. */
function trimmedEnd(source: string, start: number, end: number): number {
	const text = source.slice(start, end);
	return start + text.length - (/\s*$/.exec(text)?.[0].length ?? 0);
}

/** The value as a scalar like the one that stood there. */
function written(value: string, like: Scalar, quoted = like.type === 'QUOTE_DOUBLE'): string {
	return !quoted && /^[A-Za-z][\w./+-]*={0,2}$/.test(value) && !/^(?:true|false|yes|no|on|off|null|[yn])$/i.test(value)
		? value
		: JSON.stringify(value);
}
