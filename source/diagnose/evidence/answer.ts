/** One question that was put, and what came back: pure data, so that a cause, a report and a test read the same. */

/**
 * - `answered`: there is an answer, whatever it says: 404 and 503 are answers.
 * - `forbidden`: whoever asks may not (403), which is an answer too.
 * - `timed-out`, `failed`: nothing came; `error` says what happened instead.
 * - `not-asked`: nothing that was known made it worth asking, or time was up.
 */
export type Outcome = 'answered' | 'forbidden' | 'timed-out' | 'failed' | 'not-asked';

export interface Reply {
	/** As it can be asked again: `GET /apis/metrics.k8s.io`, `read /home/me/.kube/config`. */
	request: string;
	outcome: Outcome;
	/** HTTP status, 0 where there is none. */
	status: number;
	contentType: string;
	/** Only those that a cause reads, named in lower case. */
	headers: Readonly<Record<string, string>>;
	/** Beginning of the body: control characters and secrets removed. Of a long success it is left out. */
	body: string;
	/** Milliseconds. */
	took: number;
	/** What went wrong in words, one line, '' if nothing did. */
	error: string;
	/** Id of what went wrong as the connection knows it: `api-refused`, `kubeconfig-absent`; '' if it has none. */
	errorId: string;
	/** Code of the system's or the TLS library's error: `ECONNREFUSED`; '' if there was none. */
	code: string;
}

/** A reply with what was read from it; null if it holds nothing of the kind that was asked for. */
export interface Answer<Value> extends Reply {
	value: Value | null;
}

export const emptyReply: Reply = {
	request: '',
	outcome: 'not-asked',
	status: 0,
	contentType: '',
	headers: {},
	body: '',
	took: 0,
	error: '',
	errorId: '',
	code: '',
};
