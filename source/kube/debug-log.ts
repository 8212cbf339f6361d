import { redact } from './redact.ts';

/** Where `--debug FILE` goes: one line at a time, without the line end. */
export type DebugSink = (line: string) => void;

export interface DebugEntry {
	method: string;
	/** Path with query, as sent. */
	path: string;
	/** HTTP status, 0 if there was none. */
	status: number;
	/** Milliseconds since the request began. */
	duration: number;
	/** Bytes of the body received so far, as they came over the wire. */
	bytes: number;
	/** How often this request had been sent before. */
	retries: number;
	/** What happened: `answered`, `ended`, `failed` and why. */
	event: string;
}

const secretParameters = /^(?:access_token|token|id_token|refresh_token|password|secret|code)$/i;

/** The path as it may be written down: query parameters that carry secrets hidden, long ones cut. */
export function loggablePath(path: string): string {
	const [pathname = '', query] = path.split('?', 2);
	if (query === undefined) {
		return redact(pathname);
	}
	const parameters = query.split('&').map((parameter) => {
		const [name = '', value = ''] = parameter.split('=', 2);
		if (secretParameters.test(decodeLoosely(name))) {
			return `${name}=[hidden]`;
		}
		// A continue token says nothing to people, and is long.
		return name === 'continue' || value.length > 200 ? `${name}=…` : parameter;
	});
	return redact(`${pathname}?${parameters.join('&')}`);
}

function decodeLoosely(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** One line of the debug log: time, request, status, duration, bytes, repetitions, event. Headers are never in it. */
export function debugLine(entry: DebugEntry, now = new Date()): string {
	const event = redact(entry.event.replaceAll(/\s+/g, ' '));
	return [
		now.toISOString(),
		entry.method,
		loggablePath(entry.path),
		entry.status === 0 ? '-' : entry.status,
		`${Math.round(entry.duration)}ms`,
		`${entry.bytes}B`,
		`retries=${entry.retries}`,
		event,
	].join(' ');
}
