/** Opens the answers of kubelets and of cAdvisor: what is wrong with their bytes becomes a sentence. */
import { notJsonOf, notPrometheusText } from '../messages/en/kubelet.ts';
import { damage, damagedAnswer } from '../messages/en/sources.ts';
import { clean } from '../model/clean.ts';
import { isJson } from './accept.ts';
import { WireError } from './answer.ts';

/** `Accept` of the metrics endpoints: a server that knows OpenMetrics too must not choose it, its timestamps are seconds. */
export const acceptPrometheus = 'text/plain;version=0.0.4';

const prometheusType = /^\s*text\/plain\s*(?:;|$)/i;

/** @throws Error with a sentence */
export function readPrometheus<Result>(
	what: string,
	body: Buffer,
	contentType: string,
	read: (text: string) => Result,
): Result {
	if (!prometheusType.test(contentType)) {
		throw new Error(notPrometheusText(what, clean(contentType)));
	}
	return whole(what, 'Prometheus text', () => read(body.toString('utf8')));
}

/**
 * @param read gets whatever JSON it is: an object, a list …
 * @throws Error with a sentence
 */
export function readJson<Result>(
	what: string,
	body: Buffer,
	contentType: string,
	read: (value: unknown) => Result,
): Result {
	if (!isJson(contentType)) {
		throw new Error(notJsonOf(what, clean(contentType)));
	}
	return whole(what, 'JSON', () => read(parse(body)));
}

function parse(body: Buffer): unknown {
	try {
		return JSON.parse(body.toString('utf8'));
	} catch {
		// The engine's message quotes the text around the fault, which may be anything.
		throw new WireError(damage.notJson);
	}
}

function whole<Result>(what: string, format: string, read: () => Result): Result {
	try {
		return read();
	} catch (error) {
		if (error instanceof WireError) {
			throw new Error(damagedAnswer(what, format, error.message));
		}
		throw error;
	}
}
