/** What people read about the answers of kubelets and of cAdvisor. */

/** @param what what was asked for: `the kubelet's summary` … */
export function notPrometheusText(what: string, contentType: string): string {
	const got = contentType === '' ? 'something without a content type' : contentType;
	return `The answer to the request for ${what} is ${got}, not the text format of Prometheus: what answers is probably not a kubelet. Check the address.`;
}

export function notJsonOf(what: string, contentType: string): string {
	const got = contentType === '' ? 'something without a content type' : contentType;
	return `The answer to the request for ${what} is ${got}, not JSON: something else answers at this address.`;
}

/** Names of what is asked for, as they stand in sentences. */
export const asked = {
	summary: "the kubelet's summary",
	resource: "the kubelet's resource metrics",
	cadvisor: "the kubelet's cAdvisor metrics",
	standalone: "cAdvisor's statistics",
	pod: 'the pod',
	node: 'the node',
	usage: 'the metrics API',
} as const;

/** Reasons inside the sentence of a damaged answer. */
export const kubeletDamage = {
	noNode: 'it has no node',
	noContainers: 'it holds no containers',
} as const;
