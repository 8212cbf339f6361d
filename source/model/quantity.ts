/**
 * Kubernetes quantities (`250m`, `1.5Gi`, `12e6`) as plain numbers, parsed as `resource.ParseQuantity` of
 * k8s.io/apimachinery parses them (pkg/api/resource/quantity.go and suffix.go), and rounded as its `ScaledValue` does.
 *
 * Results are doubles: exact up to 2^53, which is 9 million cores in nanocores and 8 PiB in bytes. Beyond that they
 * are the nearest double. What Go caps or lets overflow (more than 2^63−1 units) is capped at 2^63−1 units here.
 */

/** Suffix → [base, exponent], as in suffix.go. */
const suffixes: Readonly<Record<string, readonly [base: 2 | 10, exponent: number]>> = {
	n: [10, -9],
	u: [10, -6],
	m: [10, -3],
	'': [10, 0],
	k: [10, 3],
	M: [10, 6],
	G: [10, 9],
	T: [10, 12],
	P: [10, 15],
	E: [10, 18],
	Ki: [2, 10],
	Mi: [2, 20],
	Gi: [2, 30],
	Ti: [2, 40],
	Pi: [2, 50],
	Ei: [2, 60],
};

/**
 * Go's scanner accepts a number without digits and takes it as 0: `.`, `+`, `m`, `Ki` are all zero, only the empty
 * string is not. So no digit is demanded here either.
 */
const pattern = /^([+-]?)(\d*)(?:\.(\d*))?([numkMGTP]|[KMGTPE]i|E|[eE][+-]?\d+)?$/;

const largest = 2n ** 63n - 1n;

/** No real quantity has more: beyond them, powers of ten and long numbers would only burn time. */
const largestExponent = 100;
const longestText = 500;

/** Number of `10^-scale` units in a quantity, a fraction rounded away from zero; NaN if it is not a quantity. */
function parse(text: string, scale: 0 | 9): number {
	const match = text === '' || text.length > longestText ? null : pattern.exec(text);
	if (match === null) {
		return Number.NaN;
	}
	const [, sign, whole = '', fraction = '', suffix = ''] = match;
	const digits = BigInt(`${whole}${fraction}` || '0');
	if (digits === 0n) {
		return 0;
	}
	const [base, exponent] = suffixes[suffix] ?? [10, Number(suffix.slice(1))];
	const power = scale - fraction.length + (base === 10 ? exponent : 0);
	const binary = base === 2 ? 2n ** BigInt(exponent) : 1n;
	const cap = largest * 10n ** BigInt(scale);
	let value: bigint;
	if (power >= 0) {
		value = power > largestExponent ? cap : digits * binary * 10n ** BigInt(power);
	} else if (-power > largestExponent + text.length) {
		value = 1n;
	} else {
		const divisor = 10n ** BigInt(-power);
		value = (digits * binary + divisor - 1n) / divisor;
	}
	const result = Number(value > cap ? cap : value);
	return sign === '-' ? -result : result;
}

/** The caps as doubles. */
const mostBytes = Number(largest);
const mostNanocores = Number(largest * 10n ** 9n);

const noSuffix = -1;

/** Decimal digits that fit into a double without loss; a longer number takes the slow way. */
const exactDigits = 15;

/** Nanocores of one unit with a suffix that specs and metrics really use, by its byte; 0 means: take the slow way. */
function cpuFactor(first: number): number {
	switch (first) {
		case noSuffix:
			return 1e9;
		case 0x6d: // m
			return 1e6;
		case 0x75: // u
			return 1e3;
		case 0x6e: // n
			return 1;
		default:
			return 0;
	}
}

/** Bytes of one unit with a binary suffix, by its first byte; 0 means: take the slow way. */
function binaryFactor(first: number): number {
	switch (first) {
		case 0x4b: // Ki
			return 2 ** 10;
		case 0x4d: // Mi
			return 2 ** 20;
		case 0x47: // Gi
			return 2 ** 30;
		default:
			return 0;
	}
}

/** Bytes of one unit with a decimal suffix or none, by its byte; 0 means: take the slow way. */
function decimalFactor(first: number): number {
	switch (first) {
		case noSuffix:
			return 1;
		case 0x6b: // k
			return 1e3;
		case 0x4d: // M
			return 1e6;
		case 0x47: // G
			return 1e9;
		default:
			return 0;
	}
}

/** What one unit is worth with a suffix of this length and these characters; 0 means: take the slow way. */
function commonFactor(unit: 'cpu' | 'bytes', length: number, first: number, second: number): number {
	if (unit === 'cpu') {
		return length <= 1 ? cpuFactor(first) : 0;
	}
	if (length <= 1) {
		return decimalFactor(first);
	}
	return length === 2 && second === 0x69 ? binaryFactor(first) : 0;
}

/** {@link parse} with a short cut for what is usual. */
function parseText(text: string, unit: 'cpu' | 'bytes'): number {
	const end = text.length;
	let position = 0;
	let value = 0;
	while (position < end) {
		const digit = text.charCodeAt(position) - 0x30;
		if (digit < 0 || digit > 9) {
			break;
		}
		value = value * 10 + digit;
		position++;
	}
	if (position > 0 && position <= exactDigits) {
		const left = end - position;
		const first = left === 0 ? noSuffix : text.charCodeAt(position);
		const factor = commonFactor(unit, left, first, left > 1 ? text.charCodeAt(position + 1) : 0);
		if (factor !== 0) {
			return Math.min(value * factor, unit === 'cpu' ? mostNanocores : mostBytes);
		}
	}
	return parse(text, unit === 'cpu' ? 9 : 0);
}

/** A CPU quantity in nanocores, rounded up where it is finer than one; NaN if the text is not a quantity. */
export function parseCpu(text: string): number {
	return parseText(text, 'cpu');
}

/** A quantity of bytes (or of pods), rounded up to whole ones as Go's `Value()` does; NaN if it is not a quantity. */
export function parseBytes(text: string): number {
	return parseText(text, 'bytes');
}

/**
 * {@link parseCpu} or {@link parseBytes} of the ASCII text in `bytes[start, end)`: the same numbers, and no string made
 * for what the API server usually writes (digits and one of the common suffixes).
 */
export function parseQuantityBytes(bytes: Buffer, start: number, end: number, unit: 'cpu' | 'bytes'): number {
	let position = start;
	let value = 0;
	while (position < end) {
		const digit = (bytes[position] as number) - 0x30;
		if (digit < 0 || digit > 9) {
			break;
		}
		value = value * 10 + digit;
		position++;
	}
	const digits = position - start;
	if (digits > 0 && digits <= exactDigits) {
		const left = end - position;
		const first = left === 0 ? noSuffix : (bytes[position] as number);
		const factor = commonFactor(unit, left, first, left > 1 ? (bytes[position + 1] as number) : 0);
		if (factor !== 0) {
			return Math.min(value * factor, unit === 'cpu' ? mostNanocores : mostBytes);
		}
	}
	return parse(bytes.toString('latin1', start, end), unit === 'cpu' ? 9 : 0);
}

/** Nanocores as kubectl top prints them: `MilliValue()`, rounded up to the next millicore. */
export function kubectlMillicores(nanocores: number): string {
	return `${Math.ceil(nanocores / 1e6)}m`;
}

/** Bytes as kubectl top prints them: whole mebibytes, rounded down. */
export function kubectlMebibytes(bytes: number): string {
	return `${Math.trunc(bytes / 2 ** 20)}Mi`;
}

/**
 * The percentage that kubectl top prints for CPU (kubectl's metricsutil/metrics_printer.go): of millicores rounded up,
 * cut to a whole number; 0 of nothing is 0.
 */
export function kubectlCpuPercent(used: number, available: number): number {
	return kubectlPercent(Math.ceil(used / 1e6), Math.ceil(available / 1e6));
}

/** The percentage that kubectl top prints for memory and swap, in bytes. */
export function kubectlBytesPercent(used: number, available: number): number {
	return kubectlPercent(used, available);
}

function kubectlPercent(used: number, available: number): number {
	return available === 0 ? 0 : Math.trunc((used / available) * 100);
}
