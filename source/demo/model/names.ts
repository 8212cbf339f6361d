/** Names that nobody chose: what the API server and the runtime call pods and containers, each made from its own number. */
import { hexadecimal, makeUid, mix, mixText } from './random.ts';

/** What tells a pod from all others: of its number alone, 150,000 pods have some twice. */
export interface PodName {
	name: string;
	namespace: string;
	key: number;
}

/** The number of a pod, which follows from that of its place. */
export function podKey(slot: number, generation: number): number {
	return mix(slot, generation + 3);
}

/** A pod's uid follows from all that it is called. */
export function uidOfPod({ key, name, namespace }: PodName): string {
	return makeUid(mix(key, 1), mixText(key, `${namespace}/${name}`));
}

/**
 * The name that the runtime gave one run of a container.
 * @param name as its pod calls it
 */
export function runtimeId(key: number, name: string, run: number): string {
	return `${hexadecimal(mix(key, run + 5), 32)}${hexadecimal(mixText(key, name), 32)}`;
}
