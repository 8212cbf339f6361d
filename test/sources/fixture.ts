import { readFileSync } from 'node:fs';

export const protobuf = 'application/vnd.kubernetes.protobuf';
export const json = 'application/json';

/** Captured bytes: see `fixtures/README.md`. */
export function readBytes(name: string): Buffer {
	return readFileSync(new URL(`fixtures/${name}`, import.meta.url));
}

/** A table as the API server prints it: cells by column, and when. */
export function readTable(name: string): { date: number; rows: Map<string, unknown>[] } {
	const { date, columns, rows } = JSON.parse(readBytes(name).toString()) as {
		date: string;
		columns: string[];
		rows: unknown[][];
	};
	return {
		date: Date.parse(date),
		rows: rows.map((cells) => new Map(columns.map((column, index) => [column, cells[index]]))),
	};
}

/** Calls a decoder and keeps copies of the records, because it fills the same one again and again. */
export function collect<Record, Meta>(
	decode: (body: Buffer, contentType: string, visit: (record: Record) => void) => Meta,
	body: Buffer,
	contentType: string,
): { meta: Meta; records: Record[] } {
	const records: Record[] = [];
	const meta = decode(body, contentType, (record) => records.push(structuredClone(record)));
	return { meta, records };
}

/** Splits a captured watch into frames, as the transport does. */
export function frames(stream: Buffer, contentType: string): Buffer[] {
	const result: Buffer[] = [];
	if (contentType === json) {
		for (const line of stream.toString().split('\n')) {
			if (line !== '') {
				result.push(Buffer.from(line));
			}
		}
		return result;
	}
	let position = 0;
	while (position < stream.length) {
		const length = stream.readUInt32BE(position);
		result.push(stream.subarray(position + 4, position + 4 + length));
		position += 4 + length;
	}
	return result;
}
