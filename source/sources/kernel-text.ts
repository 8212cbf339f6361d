/**
 * The forms that the kernel's files have. A line that lacks its end was cut off, and is left out: half a number looks
 * like a number. So texts have to come as the kernel wrote them, untrimmed.
 */

/** No amount of memory or time is as large: what is, was a negative number, or says that there is no limit. */
const impossible = 2 ** 62;

/** A count or an amount in digits; NaN if it is none, negative, or too large to be true. */
export function amount(digits: string | undefined): number {
	const value = digits !== undefined && /^\d{1,20}$/.test(digits) ? Number(digits) : Number.NaN;
	return value < impossible ? value : Number.NaN;
}

/** Lines that have their end. */
export function wholeLines(text: string): readonly string[] {
	return text.split('\n').slice(0, -1);
}

/** The first line; undefined if it was cut off or there is none. */
export function firstLine(text: string | undefined): string | undefined {
	return text === undefined ? undefined : wholeLines(text)[0];
}

/** A file that is one number. */
export function single(text: string | undefined): number {
	return amount(firstLine(text)?.trim());
}

/** `key value`, a line each: memory.stat, cpu.stat, memory.events. Lines of another form are left out. */
export function keyed(text: string | undefined): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	for (const line of wholeLines(text ?? '')) {
		const [key, digits, more] = line.split(' ');
		const value = amount(digits);
		if (key !== undefined && key !== '' && more === undefined && !Number.isNaN(value)) {
			values.set(key, value);
		}
	}
	return values;
}

/** One value of such a file, without taking the rest apart; NaN if it is not there or cut off. */
export function keyedValue(text: string | undefined, key: string): number {
	const start = text?.startsWith(`${key} `) ? 0 : (text ?? '').indexOf(`\n${key} `) + 1;
	const from = start + key.length + 1;
	const end = (text ?? '').indexOf('\n', from);
	if (text === undefined || !text.startsWith(`${key} `, start) || end < 0) {
		return Number.NaN;
	}
	return amount(text.slice(from, end));
}

/** `Key:   123 kB`, a line each, in bytes: meminfo, status, smaps_rollup. Lines of another form are left out. */
export function kibibytes(text: string | undefined): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	for (const line of wholeLines(text ?? '')) {
		const match = /^([^:]+):\s*(\d+) kB$/.exec(line);
		const value = amount(match?.[2]) * 1024;
		if (match?.[1] !== undefined && !Number.isNaN(value)) {
			values.set(match[1], value);
		}
	}
	return values;
}

/** An average of PSI in percent (Documentation/accounting/psi.rst): `some avg10=1.53 avg60=…`; NaN if it is not there. */
export function pressure(text: string | undefined, line: 'some' | 'full', average: 'avg10'): number {
	for (const each of wholeLines(text ?? '')) {
		const [kind, ...fields] = each.split(' ');
		const field = fields.find((candidate) => candidate.startsWith(`${average}=`));
		if (kind === line && field !== undefined && /=\d+(?:\.\d+)?$/.test(field)) {
			return Number(field.slice(average.length + 1));
		}
	}
	return Number.NaN;
}
