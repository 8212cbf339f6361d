/** Names that nobody chose: what the API server and the runtime call pods and containers, each made from its own number. */
import { hexadecimal, makeUid, mix } from './random.ts';

/** The name that the runtime gave one run of a container. */
export function runtimeId(key: number, run: number): string {
	return hexadecimal(mix(key, run + 5), 64);
}

/** A pod's uid follows from its own number. */
export function podUid(pod: { key: number }): string {
	return makeUid(mix(pod.key, 1));
}
