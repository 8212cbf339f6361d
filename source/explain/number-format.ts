/**
 * Numbers in the units and the rounding of the tools. C and Go round the exact value of a double, ties to even;
 * JavaScript rounds ties up, which shows in multiples of a power of two.
 */

/** printf's `%.Nf`. */
export function fixed(value: number, decimals: number): string {
	const sign = value < 0 ? '-' : '';
	const [whole = '0', fraction = ''] = Math.abs(value).toFixed(100).split('.');
	const rest = fraction.slice(decimals);
	let digits = BigInt(whole + fraction.slice(0, decimals));
	const half = `5${'0'.repeat(rest.length - 1)}`;
	if (rest > half || (rest === half && digits % 2n === 1n)) {
		digits += 1n;
	}
	const text = digits.toString().padStart(decimals + 1, '0');
	return decimals === 0 ? `${sign}${text}` : `${sign}${text.slice(0, -decimals)}.${text.slice(-decimals)}`;
}

/** printf's `%.4g` of a number from 0 to 9999: four significant digits without trailing zeros. */
function fourDigits(value: number): string {
	if (value === 0) {
		return '0';
	}
	let whole = Math.floor(Math.log10(value)) + 1;
	whole = Math.max(-3, whole);
	const text = fixed(value, Math.max(0, 4 - whole));
	return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function scaled(bytes: number, base: number, units: readonly string[]): string {
	let value = bytes;
	let index = 0;
	while (value >= base && index < units.length - 1) {
		value /= base;
		index++;
	}
	return `${fourDigits(value)}${units[index]}`;
}

/** go-units' `HumanSize`: `16.23MB`. */
export function decimalSize(bytes: number): string {
	return scaled(bytes, 1000, ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']);
}

/** go-units' `BytesSize`: `73.47MiB`. */
export function binarySize(bytes: number): string {
	return scaled(bytes, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']);
}

/**
 * top's column of six cells (`scale_mem` of procps-ng src/top/top.c): KiB as long as they fit, then `976.6m`, `1.5g`; procps 4.0.
 */
export function topSize(bytes: number, width = 6): string {
	// top computes in single precision.
	let value = Math.fround(bytes / 1024);
	for (const suffix of ['', 'm', 'g', 't', 'p']) {
		const text = `${fixed(value, suffix === '' ? 0 : 1)}${suffix}`;
		if (text.length <= width) {
			return text;
		}
		value /= 1024;
	}
	return '?';
}

/** free -h (`scale_size` of procps-ng src/free.c): at most five cells, `1.9Gi`, `172Mi`, `0B`. */
export function freeSize(bytes: number): string {
	if (`${bytes}B`.length <= 4) {
		return `${bytes}B`;
	}
	let value = bytes;
	for (const unit of ['Ki', 'Mi', 'Gi', 'Ti', 'Pi']) {
		value /= 1024;
		// free computes in single precision.
		const single = Math.fround(value);
		for (const text of [`${fixed(single, 1)}${unit}`, `${Math.trunc(value)}${unit}`]) {
			if (text.length <= 5) {
				return text;
			}
		}
	}
	return '?';
}
