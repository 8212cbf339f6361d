/** Takes chunks of a watch's body in, gives whole frames out. */
export interface FrameSplitter {
	/** Frames are views of the chunks: whoever keeps one copies it. */
	push(chunk: Buffer, onFrame: (frame: Buffer) => void): void;
	/** Bytes of a frame that has not ended yet. */
	readonly pending: number;
}

/** No object in etcd is larger than 1.5 MiB; what claims to be this large is no frame. */
const longestFrame = 64 * 1024 * 1024;

/** A length before a frame that cannot be one: the stream is not what its type says. */
export class FrameTooLong extends Error {}

/** How a watch's body is cut into frames, by its content type. */
export function frameSplitter(contentType: string): FrameSplitter {
	return /protobuf/i.test(contentType) ? new LengthPrefixedFrames() : new LineFrames();
}

/** JSON: one document a line. */
class LineFrames implements FrameSplitter {
	#parts: Buffer[] = [];
	#pending = 0;

	get pending(): number {
		return this.#pending;
	}

	push(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
		let start = 0;
		for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
			const line = this.#take(chunk.subarray(start, end));
			start = end + 1;
			if (line.length > 0 && !(line.length === 1 && line[0] === 0x0d)) {
				onFrame(line);
			}
		}
		if (start < chunk.length) {
			this.#parts.push(chunk.subarray(start));
			this.#pending += chunk.length - start;
			if (this.#pending > longestFrame) {
				throw new FrameTooLong();
			}
		}
	}

	#take(last: Buffer): Buffer {
		if (this.#parts.length === 0) {
			return last;
		}
		const whole = Buffer.concat([...this.#parts, last]);
		this.#parts = [];
		this.#pending = 0;
		return whole;
	}
}

/** Protobuf: four bytes of length, big-endian, before each frame (apimachinery's `LengthDelimitedFramer`). */
class LengthPrefixedFrames implements FrameSplitter {
	#parts: Buffer[] = [];
	#pending = 0;
	/** Bytes of the frame with its prefix, 0 while that is not known. */
	#wanted = 0;

	get pending(): number {
		return this.#pending;
	}

	push(chunk: Buffer, onFrame: (frame: Buffer) => void): void {
		this.#parts.push(chunk);
		this.#pending += chunk.length;
		// Nothing is joined before it is enough: a large frame comes in many chunks.
		while (this.#pending >= (this.#wanted || 4)) {
			const whole = this.#parts.length === 1 && this.#parts[0] ? this.#parts[0] : Buffer.concat(this.#parts);
			let offset = 0;
			this.#wanted = 0;
			while (whole.length - offset >= 4) {
				const length = whole.readUInt32BE(offset);
				if (length > longestFrame) {
					throw new FrameTooLong();
				}
				if (whole.length - offset < 4 + length) {
					this.#wanted = 4 + length;
					break;
				}
				onFrame(whole.subarray(offset + 4, offset + 4 + length));
				offset += 4 + length;
			}
			this.#parts = offset < whole.length ? [whole.subarray(offset)] : [];
			this.#pending = whole.length - offset;
		}
	}
}
