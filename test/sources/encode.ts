/** As much of protobuf's wire format as tests need to write by hand. */

export function varint(value: bigint): Buffer {
	let rest = BigInt.asUintN(64, value);
	const result: number[] = [];
	do {
		const more = rest >= 128n;
		result.push(Number(rest & 127n) | (more ? 128 : 0));
		rest >>= 7n;
	} while (rest > 0n);
	return Buffer.from(result);
}

export function integer(field: number, value: bigint): Buffer {
	return Buffer.concat([varint(BigInt(field * 8)), varint(value)]);
}

/** A message or bytes. */
export function bytes(field: number, ...parts: readonly Buffer[]): Buffer {
	const content = Buffer.concat(parts);
	return Buffer.concat([varint(BigInt(field * 8 + 2)), varint(BigInt(content.length)), content]);
}

export function text(field: number, value: string): Buffer {
	return bytes(field, Buffer.from(value));
}

/** An answer as an API server sends it. */
export function answer(kind: string, ...parts: readonly Buffer[]): Buffer {
	return Buffer.concat([Buffer.from('k8s\0'), bytes(1, text(1, 'v1'), text(2, kind)), bytes(2, ...parts)]);
}
