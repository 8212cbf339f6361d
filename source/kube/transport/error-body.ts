/**
 * An error's body as text. Who asks for protobuf gets errors in protobuf too: their metav1.Status is turned into the
 * JSON that it would have been, so that the rest of us needs to know one form only.
 *
 * Fields by k8s.io/apimachinery: runtime.Unknown { typeMeta = 1, raw = 2 }, metav1.Status { message = 3, reason = 4,
 * details = 5, code = 6 }, metav1.StatusDetails { retryAfterSeconds = 5 }.
 */
const magic = Buffer.from('k8s\0', 'latin1');

/** Of a body that may have been cut off; '' where there is nothing to read. */
export function errorText(body: Buffer): string {
	if (!body.subarray(0, magic.length).equals(magic)) {
		return body.toString('utf8');
	}
	const status = fieldsOf(bytesOf(fieldsOf(body.subarray(magic.length)), 2));
	const retryAfterSeconds = numberOf(fieldsOf(bytesOf(status, 5)), 5);
	return JSON.stringify({
		kind: 'Status',
		message: bytesOf(status, 3).toString('utf8'),
		reason: bytesOf(status, 4).toString('utf8'),
		code: numberOf(status, 6),
		...(retryAfterSeconds > 0 ? { details: { retryAfterSeconds } } : {}),
	});
}

const limit = 64 * 1024;

/** Enough of an error's body to say what it says; whatever goes wrong with it does not matter any more. */
export async function beginningOf(body: AsyncIterable<Buffer>): Promise<string> {
	const chunks: Buffer[] = [];
	let length = 0;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			length += chunk.length;
			if (length >= limit) {
				break;
			}
		}
	} catch {
		// What came is what there is.
	}
	return errorText(Buffer.concat(chunks).subarray(0, limit));
}

type Fields = ReadonlyMap<number, Buffer | number>;

function bytesOf(fields: Fields, field: number): Buffer {
	const value = fields.get(field);
	return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
}

function numberOf(fields: Fields, field: number): number {
	const value = fields.get(field);
	return typeof value === 'number' ? value : 0;
}

/** The last value of each field, as far as the message can be read. A Status has no fixed-size fields. */
function fieldsOf(message: Buffer): Fields {
	const fields = new Map<number, Buffer | number>();
	let position = 0;
	const varint = (): number => {
		let value = 0;
		for (let weight = 1; position < message.length; weight *= 128) {
			const byte = message[position++] ?? 0;
			value += (byte & 0x7f) * weight;
			if (byte < 0x80) {
				break;
			}
		}
		return value;
	};
	while (position < message.length) {
		const tag = varint();
		const number = Math.floor(tag / 8);
		if (tag % 8 === 0) {
			fields.set(number, varint());
		} else if (tag % 8 === 2) {
			const length = varint();
			fields.set(number, message.subarray(position, position + length));
			position += length;
		} else {
			break;
		}
	}
	return fields;
}
