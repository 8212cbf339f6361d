/** A duration in ms as Go's `time.Duration.String` writes it: `22h29m51.3s`, `350ms`, `0s`. */
export function goDuration(milliseconds: number): string {
	const rounded = Math.round(Math.abs(milliseconds));
	const sign = milliseconds < 0 && rounded > 0 ? '-' : '';
	if (rounded > 0 && rounded < 1000) {
		return `${sign}${rounded}ms`;
	}
	const seconds = `${(rounded % 60_000) / 1000}s`;
	const minutes = Math.floor(rounded / 60_000);
	if (minutes === 0) {
		return sign + seconds;
	}
	const hours = Math.floor(minutes / 60);
	return `${sign}${hours === 0 ? '' : `${hours}h`}${minutes % 60}m${seconds}`;
}
