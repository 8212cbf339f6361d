import { badRequest } from './status.ts';

/** Tells whether a set of labels is selected. */
export type LabelPredicate = (labels: Readonly<Record<string, string>>) => boolean;

/** One word or sign of a selector and where the scan goes on. */
function* tokens(text: string): Generator<string> {
	const pattern = /\s*(==|!=|=|!|,|\(|\)|[^\s=!,()<>]+|[<>])/gy;
	while (pattern.lastIndex < text.trimEnd().length) {
		const found = pattern.exec(text);
		if (!found?.[1]) throw badRequest(`unable to parse requirement: found '${text}', expected: identifier`);
		yield found[1];
	}
}

const isWord = (token: string | undefined): token is string =>
	token !== undefined && !/^(==|!=|=|!|,|\(|\)|<|>)$/.test(token);

/** Reads a label selector: `a=b`, `a!=b`, `a in (b,c)`, `a notin (b)`, `a`, `!a`, joined by commas. */
export function parseLabelSelector(text: string): LabelPredicate {
	const list = [...tokens(text)];
	const predicates: LabelPredicate[] = [];
	let position = 0;
	const next = (): string | undefined => list[position++];
	const word = (expected = 'identifier'): string => {
		const token = next();
		if (!isWord(token)) throw badRequest(`unable to parse requirement: found '${token ?? ''}', expected: ${expected}`);
		return token;
	};
	const values = (): Set<string> => {
		const found = new Set<string>();
		const open = next();
		if (open !== '(') throw badRequest(`unable to parse requirement: found '${open ?? ''}' expected: '('`);
		for (;;) {
			const token = next();
			if (token === ')') return found;
			if (token === ',') continue;
			if (!isWord(token))
				throw badRequest(`unable to parse requirement: found '${token ?? ''}', expected: ',', ')' or identifier`);
			found.add(token);
		}
	};
	/** A value may be empty: `a=`. */
	const value = (): string =>
		isWord(list[position]) ? word() : list[position] === undefined || list[position] === ',' ? '' : word();
	while (position < list.length) {
		if (list[position] === '!') {
			position++;
			const key = word();
			predicates.push((labels) => !(key in labels));
		} else {
			const key = word();
			const operator = list[position];
			if (operator === undefined || operator === ',') {
				predicates.push((labels) => key in labels);
			} else {
				position++;
				if (operator === '=' || operator === '==') {
					const wanted = value();
					predicates.push((labels) => labels[key] === wanted);
				} else if (operator === '!=') {
					const unwanted = value();
					predicates.push((labels) => labels[key] !== unwanted);
				} else if (operator === 'in' || operator === 'notin') {
					const set = values();
					const wanted = operator === 'in';
					predicates.push((labels) => {
						const found = labels[key];
						return found === undefined ? !wanted : set.has(found) === wanted;
					});
				} else {
					throw badRequest(`unable to parse requirement: found '${operator}', expected: in, notin, =, ==, !=, gt, lt`);
				}
			}
		}
		const separator = next();
		if (separator !== undefined && separator !== ',') {
			throw badRequest(`unable to parse requirement: found '${separator}', expected: ',' or 'end of string'`);
		}
	}
	return (labels) => predicates.every((predicate) => predicate(labels));
}

export interface FieldRequirement {
	field: string;
	value: string;
	equal: boolean;
}

/** Reads a field selector: `a=b`, `a==b`, `a!=b`, joined by commas; a backslash takes the next character as it is. */
export function parseFieldSelector(text: string): FieldRequirement[] {
	if (text === '') return [];
	return text.split(/(?<!\\),/).map((term) => {
		const found = /^([^=!]*)(!=|==|=)(.*)$/.exec(term);
		if (!found) throw badRequest(`invalid selector: '${text}'; can't understand '${term}'`);
		const [, field = '', operator, value = ''] = found;
		return { field, value: value.replace(/\\(.)/g, '$1'), equal: operator !== '!=' };
	});
}
