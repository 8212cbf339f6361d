/** Writes items as JSON, YAML or CSV, piece by piece: the list of a large cluster is never one string. */
import type { UsageSum } from './items.ts';
import type { DocumentOutput } from './request.ts';

export interface ItemList {
	kind: 'NodeUsageList' | 'PodUsageList' | 'ContainerUsageList';
	/** The server's clock when it was read, RFC 3339. */
	serverTime: string | null;
	sum: UsageSum | null;
	/** Names of the fields, for the header of an empty CSV too. */
	fields: readonly string[];
	items: readonly Item[];
}

export type Item = Readonly<Record<string, string | number | null>>;

type Out = (text: string) => void;

export const documentVersion = 'whytop/v1';

/** Characters that are written at once. */
const chunkLength = 65_536;

export async function writeDocument(list: ItemList, output: DocumentOutput, headers: boolean, out: Out): Promise<void> {
	let chunk = '';
	const gather = (text: string): void => {
		chunk += text;
		if (chunk.length > chunkLength) {
			out(chunk);
			chunk = '';
		}
	};
	switch (output) {
		case 'json':
			writeJson(list, gather);
			break;
		case 'yaml':
			await writeYaml(list, gather);
			break;
		case 'csv':
			writeCsv(list, headers, gather);
			break;
	}
	out(chunk);
}

function head({ kind, serverTime, sum }: ItemList): Record<string, unknown> {
	return { apiVersion: documentVersion, kind, metadata: { serverTime }, ...(sum === null ? {} : { sum }) };
}

function writeJson(list: ItemList, out: Out): void {
	const indented = (value: unknown): string => JSON.stringify(value, null, 2);
	out(`${indented(head(list)).slice(0, -2)},\n  "items": [`);
	for (const [index, item] of list.items.entries()) {
		out(`${index === 0 ? '' : ','}\n${indented(item).replaceAll(/^/gm, '    ')}`);
	}
	out(list.items.length === 0 ? ']\n}\n' : '\n  ]\n}\n');
}

async function writeYaml(list: ItemList, out: Out): Promise<void> {
	const { yaml } = await import('./yaml.ts');
	out(yaml(head(list)));
	out(list.items.length === 0 ? 'items: []\n' : 'items:\n');
	for (const item of list.items) {
		out(yaml([item]));
	}
}

function writeCsv({ fields, items }: ItemList, headers: boolean, out: Out): void {
	if (headers) {
		out(csvLine(fields));
	}
	for (const item of items) {
		out(csvLine(fields.map((field) => item[field] ?? '')));
	}
}

/** A record of RFC 4180, with its line end. */
function csvLine(values: readonly (string | number)[]): string {
	const cells = values.map((value) => {
		const text = String(value);
		return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
	});
	return `${cells.join(',')}\r\n`;
}
