/** The fields that a filter can compare, the names that people type for them, and how their values are written. */
import { millibytes, notANumber, valueExamples } from '../messages/en/filter.ts';
import { parseBytes, parseCpu } from '../model/quantity.ts';

export type FieldKind = 'cpu' | 'memory' | 'percent' | 'count' | 'age' | 'word';

export interface FilterField {
	kind: FieldKind;
	/** Ids of the columns it reads, as in `columns.ts`: of the first that the list has. */
	columns: readonly string[];
}

/** What is typed, in lower case → field. The first name of each line is the one to show. */
const table: readonly (readonly [names: string, kind: FieldKind, ...columns: string[]])[] = [
	['cpu', 'cpu', 'cpu'],
	['mem memory', 'memory', 'memory'],
	['cpu%r %cpu/r cpu%request', 'percent', 'cpuRequest%', 'cpuRequested%'],
	['cpu%l %cpu/l cpu%limit', 'percent', 'cpuLimit%', 'cpuLimited%'],
	['cpu%a %cpu/a cpu%allocatable', 'percent', 'cpuAllocatable%'],
	['mem%r %mem/r memory%r mem%request', 'percent', 'memoryRequest%', 'memoryRequested%'],
	['mem%l %mem/l memory%l mem%limit', 'percent', 'memoryLimit%', 'memoryLimited%'],
	['mem%a %mem/a memory%a mem%allocatable', 'percent', 'memoryAllocatable%'],
	['cpureq cpu-req cpurequest', 'cpu', 'cpuRequest'],
	['cpulim cpu-lim cpulimit', 'cpu', 'cpuLimit'],
	['memreq mem-req memoryrequest', 'memory', 'memoryRequest'],
	['memlim mem-lim memorylimit', 'memory', 'memoryLimit'],
	['ready', 'count', 'ready'],
	['restarts', 'count', 'restarts'],
	['age', 'age', 'age'],
	['sample sampleage', 'age', 'sampleAge'],
	['pods', 'count', 'pods'],
	['status', 'word', 'status', 'state'],
	['state', 'word', 'state', 'status'],
	['node', 'word', 'node'],
	['ns namespace', 'word', 'namespace'],
	['name', 'word', 'name'],
	['pod', 'word', 'pod'],
	['owner', 'word', 'owner'],
	['qos', 'word', 'qos'],
	['kind', 'word', 'kind'],
	['image', 'word', 'image'],
	['last', 'word', 'lastTermination'],
	['ip', 'word', 'ip'],
	['roles role', 'word', 'roles'],
	['version', 'word', 'version'],
	['os', 'word', 'os'],
	['kernel', 'word', 'kernel'],
	['runtime', 'word', 'runtime'],
	['arch', 'word', 'arch'],
	['id', 'word', 'id'],
	['subject', 'word', 'subject'],
];

const fields = new Map<string, FilterField>(
	table.flatMap(([names, kind, ...columns]) => names.split(' ').map((name) => [name, { kind, columns }] as const)),
);

/** The names to show in help and completion, one a field. */
export const filterFieldNames: readonly string[] = table.map(([names]) => names.split(' ')[0] as string);

/** The field that a name stands for, in any case; undefined if it names none. */
export function filterField(name: string): FilterField | undefined {
	return fields.get(name.toLowerCase());
}

const agePattern = /^(?:\d+(?:\.\d+)?[smhdwy])+$/i;
const ageUnits: Readonly<Record<string, number>> = {
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
	w: 7 * 86_400_000,
	y: 365 * 86_400_000,
};

function parseAge(text: string): number {
	if (!agePattern.test(text)) {
		return Number.NaN;
	}
	let age = 0;
	for (const [, amount, unit = ''] of text.toLowerCase().matchAll(/([\d.]+)([smhdwy])/g)) {
		age += Number(amount) * (ageUnits[unit] as number);
	}
	return age;
}

/** `1gi` is typed faster than `1Gi`: where only one suffix can be meant, case does not matter. */
function withSuffixCase(text: string): string {
	return text.replace(
		/([kmgtpe])(i?)$/i,
		(_, letter: string, i: string) =>
			`${letter.toLowerCase() === 'k' && i === '' ? 'k' : letter.toUpperCase()}${i && 'i'}`,
	);
}

function parsePlain(text: string): number {
	return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function parseKind(kind: Exclude<FieldKind, 'word'>, text: string): number {
	switch (kind) {
		case 'cpu':
			return parseCpu(text);
		case 'memory':
			return parseBytes(withSuffixCase(text));
		case 'percent':
			return parsePlain(text.endsWith('%') ? text.slice(0, -1) : text);
		case 'count':
			return parsePlain(text);
		case 'age':
			return parseAge(text);
	}
}

/** A value in the unit of the field's columns (nanocores, bytes, percent, a count, ms), or what is wrong with it. */
export function parseFieldValue(
	name: string,
	kind: Exclude<FieldKind, 'word'>,
	text: string,
): { value: number } | { error: string } {
	if (kind === 'memory' && /\dm$/.test(text)) {
		return { error: millibytes(text) };
	}
	const value = parseKind(kind, text);
	return Number.isNaN(value) ? { error: notANumber(text, name, valueExamples[kind]) } : { value };
}
