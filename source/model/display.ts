/**
 * Numbers as the screen shows them: kubectl's units and rounding, in few and predictable cells.
 * What is not set or not known (NaN) is `–`, never 0; a zero is `0`.
 */
import { kubectlMebibytes, kubectlMillicores } from './quantity.ts';

export const unset = '–';

const mebibyte = 2 ** 20;
const gibibyte = 2 ** 30;

/** `cut` takes digits away without rounding up, so that nothing is shown as more than it is. */
function cut(value: number, decimals: 0 | 1): string {
	const scale = 10 ** decimals;
	return (Math.trunc(value * scale) / scale).toFixed(decimals);
}

/** One decimal below 100, none above: at most four cells as long as the value is below 10,000. */
function short(value: number): string {
	return cut(value, value < 100 ? 1 : 0);
}

/**
 * CPU of at most 6 cells: `412m` as kubectl rounds it (up to the next millicore) below 10 cores, from there on cores:
 * `12.3`, `640`. `–` for NaN.
 */
export function cpu(nanocores: number): string {
	if (Number.isNaN(nanocores)) {
		return unset;
	}
	if (nanocores === 0) {
		return '0';
	}
	const millicores = Math.ceil(nanocores / 1e6);
	if (millicores < 10_000) {
		return kubectlMillicores(nanocores);
	}
	const cores = millicores / 1000;
	return cores < 100_000 ? short(cores) : `${cut(cores / 1000, 0)}k`;
}

/**
 * Memory of at most 6 cells: `1880Mi` as kubectl rounds it (down) up to 9999Mi, from there on `9.8Gi`, `755Gi`,
 * `12.5Ti`. Less than one mebibyte, but not nothing, is `<1Mi`. `–` for NaN.
 */
export function memory(bytes: number): string {
	if (Number.isNaN(bytes)) {
		return unset;
	}
	if (bytes === 0) {
		return '0';
	}
	if (bytes < mebibyte) {
		return '<1Mi';
	}
	if (bytes < 10_000 * mebibyte) {
		return kubectlMebibytes(bytes);
	}
	let value = bytes / gibibyte;
	for (const unit of ['Gi', 'Ti', 'Pi']) {
		if (value < 10_000) {
			return `${short(value)}${unit}`;
		}
		value /= 1024;
	}
	return `${short(value)}Ei`;
}

/**
 * `used` in percent of a denominator, as a number: NaN where either is not known or the denominator is 0, because
 * there is no such percentage then.
 */
export function percentOf(used: number, denominator: number): number {
	return denominator > 0 ? (used / denominator) * 100 : Number.NaN;
}

/** A percentage without its sign: `93`, cut as kubectl cuts it, `–` for NaN. Above 9999 it is `>9999`. */
export function percent(value: number): string {
	if (Number.isNaN(value)) {
		return unset;
	}
	return value >= 10_000 ? '>9999' : cut(value, 0);
}

function units(count: number, unit: string, rest: number, restUnit: string): string {
	return rest === 0 ? `${count}${unit}` : `${count}${unit}${rest}${restUnit}`;
}

/**
 * An age as kubectl prints it: `HumanDuration` of k8s.io/apimachinery/pkg/util/duration, of milliseconds. `<unknown>`
 * for NaN, as kubectl prints an object without a creation time.
 */
export function age(milliseconds: number): string {
	if (Number.isNaN(milliseconds)) {
		return '<unknown>';
	}
	const seconds = Math.trunc(milliseconds / 1000);
	if (seconds < -1) {
		return '<invalid>';
	}
	if (seconds < 120) {
		return `${Math.max(0, seconds)}s`;
	}
	const minutes = Math.trunc(seconds / 60);
	if (minutes < 10) {
		return units(minutes, 'm', seconds % 60, 's');
	}
	if (minutes < 180) {
		return `${minutes}m`;
	}
	const hours = Math.trunc(minutes / 60);
	if (hours < 8) {
		return units(hours, 'h', minutes % 60, 'm');
	}
	if (hours < 48) {
		return `${hours}h`;
	}
	const days = Math.trunc(hours / 24);
	if (hours < 24 * 8) {
		return units(days, 'd', hours % 24, 'h');
	}
	if (hours < 24 * 365 * 2) {
		return `${days}d`;
	}
	const years = Math.trunc(days / 365);
	return hours < 24 * 365 * 8 ? units(years, 'y', days % 365, 'd') : `${years}y`;
}

/**
 * The age of a sample or the length of a window in at most 4 cells: `12s`, `4m`, `7h`, `364d`, `2y`; apimachinery's
 * `ShortHumanDuration`, except that a clock that runs ahead gives `0s`. `–` for NaN.
 */
export function shortDuration(milliseconds: number): string {
	if (Number.isNaN(milliseconds)) {
		return unset;
	}
	const seconds = Math.max(0, Math.trunc(milliseconds / 1000));
	if (seconds < 60) {
		return `${seconds}s`;
	}
	const minutes = Math.trunc(seconds / 60);
	if (minutes < 60) {
		return `${minutes}m`;
	}
	const hours = Math.trunc(minutes / 60);
	if (hours < 24) {
		return `${hours}h`;
	}
	const days = Math.trunc(hours / 24);
	return days < 365 ? `${days}d` : `${Math.trunc(days / 365)}y`;
}
