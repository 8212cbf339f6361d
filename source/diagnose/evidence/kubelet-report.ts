/** What a kubelet itself reports, where it was asked. Pure. */
import type { Observation } from '../../model/diagnosis.ts';
import { type Evidence, factsOf } from './evidence.ts';
import type { KubeletFacts } from './scraping.ts';

/** The answer of a node's kubelet; undefined if it was not asked or did not answer. */
export function reportOfKubelet(evidence: Evidence, node: string): KubeletFacts | undefined {
	return factsOf(evidence, 'kubelets')?.find((facts) => facts.node === node && facts.status === 200);
}

export function seenAtKubelet({ request, status }: KubeletFacts, quote: string): Observation {
	return { request, status, quote };
}

/** A value as it is quoted. */
export function seriesWord(value: number): string {
	return Number.isNaN(value) ? 'missing' : String(value);
}

/** `major.minor` of `docker://19.3.1`, `containerd://1.3.2`, `v1.18.4+k3s1` as a number that can be compared: 19.03. */
export function versionNumber(text: string): number {
	const [, major = '', minor = ''] = /(\d+)\.(\d+)/.exec(text) ?? [];
	return major === '' ? Number.NaN : Number(major) + Number(minor) / 100;
}
