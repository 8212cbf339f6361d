/**
 * What metrics-server's log says of kubelets that it could not scrape: one and the same failure in the dialects of its
 * releases. Pure.
 */
import { type Evidence, factsOf } from './evidence.ts';
import { isVirtual, samplesAreEmpty } from './missing.ts';

export interface ScrapeFailure {
	node: string;
	/** What went wrong, in its own words. */
	tail: string;
	line: string;
	/** The log that it stands in, as it can be asked again. */
	request: string;
}

/** 0.5 and newer: klog's structured lines. */
const structured =
	/"Failed to scrape node(?:, timeout to access kubelet)?" (?:err|error)="((?:[^"\\]|\\.)*)".*?\bnode="([^"]*)"/;
/** 0.4: several of them can stand in one line. */
const ofNode = /unable to fully scrape metrics from node ([^:\s]+): ((?:(?!, unable to fully scrape).)+)/g;
/** 0.3 */
const ofSource =
	/unable to fully scrape metrics from source kubelet_summary:([^:\s]+): ((?:(?!, unable to fully scrape).)+)/g;
/** 0.1 and 0.2 */
const ofSummary = /error while getting metrics summary from Kubelet ([^(\s]+)\([^)]*\): (.+)/g;

/** The failures of one line, none if it is about something else. */
export function readScrapeFailures(line: string): readonly { node: string; tail: string }[] {
	const match = structured.exec(line);
	if (match?.[1] !== undefined && match[2] !== undefined) {
		const timeout = line.includes('timeout to access kubelet') ? ' (timeout to access kubelet)' : '';
		return [{ node: match[2], tail: match[1].replaceAll('\\"', '"').replaceAll('\\\\', '\\') + timeout }];
	}
	for (const dialect of [ofSource, ofNode, ofSummary]) {
		const found = [...line.matchAll(dialect)].map(([, node = '', tail = '']) => ({
			node,
			tail: tail.replace(/\]$/, ''),
		}));
		if (found.length > 0) {
			return found;
		}
	}
	return [];
}

/** The newest failure of each node that has no sample now; of all nodes, where nobody knows which have. */
export function scrapeFailures(evidence: Evidence): readonly ScrapeFailure[] {
	const newest = new Map<string, ScrapeFailure>();
	for (const { lines, request } of factsOf(evidence, 'log') ?? []) {
		for (const line of lines) {
			for (const { node, tail } of readScrapeFailures(line)) {
				newest.set(node, { node, tail, line, request });
			}
		}
	}
	const samples = samplesAreEmpty(evidence) ? undefined : factsOf(evidence, 'metrics-nodes')?.samples;
	return [...newest.values()].filter(({ node }) => samples === undefined || !samples.has(node));
}

/** Its log tells of every node that it asks how that failed: what is missing is not only young. */
export function everyScrapeFails(evidence: Evidence): boolean {
	const failing = new Set(scrapeFailures(evidence).map(({ node }) => node));
	const nodes = (factsOf(evidence, 'nodes') ?? []).filter((node) => node.ready === 'True' && !isVirtual(node));
	return failing.size > 0 && nodes.every(({ name }) => failing.has(name));
}

/**
 * Of what went wrong: it went through a proxy of the pod's environment, and the kubelet has no part in it. Of one that
 * refuses, Go's client gives the bare text of the status.
 */
export const byProxy =
	/proxyconnect tcp|Proxy Authentication Required|^Get "[^"]*": (?:Forbidden|Bad Gateway|Service Unavailable|Gateway Timeout)$/;
