/** What is wrong with a filter that was typed after `/`. */

export function notARegularExpression(pattern: string, reason: string): string {
	return `“${pattern}” is not a regular expression (${reason}): searching for it as plain text`;
}

export function noSuchField(field: string, known: readonly string[]): string {
	return `there is no field “${field}”: the fields are ${known.join(', ')}`;
}

export function noValue(comparison: string): string {
	return `“${comparison}” lacks a value`;
}

export function notANumber(value: string, field: string, examples: string): string {
	return `“${value}” does not fit ${field}: write ${examples}`;
}

export function millibytes(value: string): string {
	return `“${value}” of memory is thousandths of a byte: write ${value.slice(0, -1)}Mi`;
}

export function wordsHaveNoOrder(field: string, operator: string): string {
	return `${field} is text, “${operator}” compares numbers: write ${field}=… or ${field}~…`;
}

export function numbersHaveNoPattern(field: string, operator: string): string {
	return `${field} is a number, “${operator}” searches text: write ${field}>… or ${field}<…`;
}

export function nothingAfter(flag: string): string {
	return `nothing stands after ${flag}`;
}

export function notALabelSelector(text: string): string {
	return `“${text}” is not a label selector: write -l app=web or -l tier in (a, b)`;
}

/** Values as one would type them, per kind of field. */
export const valueExamples = {
	cpu: '500m or 1.5',
	memory: '500Mi or 1Gi',
	percent: '80',
	count: '5',
	age: '30s, 10m, 2h or 3d',
} as const;

export const labelsSelectPods = '-l selects pods and their containers only';
