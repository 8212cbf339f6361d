/** Times and durations of the Kubernetes wire formats, in milliseconds. */

/** Go's zero time, which stands for "not set". */
const zeroTime = '0001-01-01T00:00:00Z';

const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function twoDigits(text: string, at: number): number {
	const tens = text.charCodeAt(at) - 0x30;
	const ones = text.charCodeAt(at + 1) - 0x30;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function daysOfMonth(year: number, month: number): number {
	if (month === 2) {
		return isLeap(year) ? 29 : 28;
	}
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isLeap(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days between 1970-01-01 and a day of the Gregorian calendar, which RFC 3339 uses for all years. */
function daysSince1970(year: number, month: number, day: number): number {
	const before = year - 1;
	const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
	const leapDay = month > 2 && isLeap(year) ? 1 : 0;
	return before * 365 + leapDays + (daysBeforeMonth[month - 1] as number) + leapDay + day - 1 - 719_162;
}

/**
 * An RFC 3339 time (`2026-07-28T12:00:00Z`, with a fraction as in MicroTime, with `Z` or `±hh:mm`) in milliseconds
 * since 1970, cut to whole ones. NaN if it is none, or Go's zero time.
 */
export function parseTime(text: string): number {
	const length = text.length;
	if (
		length < 20 ||
		text.charCodeAt(4) !== 0x2d ||
		text.charCodeAt(7) !== 0x2d ||
		(text.charCodeAt(10) | 0x20) !== 0x74 ||
		text.charCodeAt(13) !== 0x3a ||
		text.charCodeAt(16) !== 0x3a ||
		text === zeroTime
	) {
		return Number.NaN;
	}
	const century = twoDigits(text, 0);
	const ofCentury = twoDigits(text, 2);
	const year = century * 100 + ofCentury;
	const month = twoDigits(text, 5);
	const day = twoDigits(text, 8);
	const hour = twoDigits(text, 11);
	const minute = twoDigits(text, 14);
	const second = twoDigits(text, 17);
	if (
		century < 0 ||
		ofCentury < 0 ||
		month < 1 ||
		month > 12 ||
		day < 1 ||
		day > daysOfMonth(year, month) ||
		hour < 0 ||
		hour > 23 ||
		minute < 0 ||
		minute > 59 ||
		second < 0 ||
		second > 59
	) {
		return Number.NaN;
	}
	let position = 19;
	let milliseconds = 0;
	if (text.charCodeAt(position) === 0x2e) {
		let weight = 100;
		const first = ++position;
		for (; position < length; position++) {
			const digit = text.charCodeAt(position) - 0x30;
			if (digit < 0 || digit > 9) {
				break;
			}
			milliseconds += digit * Math.trunc(weight);
			weight /= 10;
		}
		if (position === first) {
			return Number.NaN;
		}
	}
	const offset = zoneOffset(text, position);
	return ((daysSince1970(year, month, day) * 24 + hour) * 60 + minute - offset) * 60_000 + second * 1000 + milliseconds;
}

/** Minutes east of Greenwich, from `Z` or `±hh:mm` at the end of the text; NaN if it is neither. */
function zoneOffset(text: string, position: number): number {
	const sign = text.charCodeAt(position);
	if ((sign | 0x20) === 0x7a && position === text.length - 1) {
		return 0;
	}
	const hours = twoDigits(text, position + 1);
	const minutes = twoDigits(text, position + 4);
	const fits = position + 6 === text.length && text.charCodeAt(position + 3) === 0x3a;
	if ((sign !== 0x2b && sign !== 0x2d) || !fits || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
		return Number.NaN;
	}
	return (sign === 0x2d ? -1 : 1) * (hours * 60 + minutes);
}

const nanosecondsOf: Readonly<Record<string, number>> = {
	ns: 1,
	us: 1e3,
	µs: 1e3,
	μs: 1e3,
	ms: 1e6,
	s: 1e9,
	m: 60e9,
	h: 3600e9,
};

const durationPattern = /^([+-]?)((?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/;
const durationTerm = /(\d*)\.?(\d*)(ns|us|µs|μs|ms|s|m|h)/g;

/** A Go duration (`15.001s`, `1m0.5s`, as in the `window` of a sample) in milliseconds; NaN if it is none. */
export function parseDuration(text: string): number {
	if (text === '0') {
		return 0;
	}
	const match = durationPattern.exec(text);
	if (match === null) {
		return Number.NaN;
	}
	let nanoseconds = 0;
	for (const [, whole = '', fraction = '', unit = ''] of text.matchAll(durationTerm)) {
		const scale = nanosecondsOf[unit] as number;
		nanoseconds += Number(whole) * scale;
		if (fraction !== '') {
			// Digits first, then one division: 0.076 s are 76,000,000 ns and not a little more.
			nanoseconds += Math.trunc((Number(fraction) * scale) / 10 ** fraction.length);
		}
	}
	return (match[1] === '-' ? -nanoseconds : nanoseconds) / 1e6;
}
