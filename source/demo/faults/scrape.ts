/** Kubelets that metrics-server cannot scrape: what it writes of them, and what is missing then. */
import { part } from '../formats/table.ts';
import type { NodeModel } from '../model/node.ts';
import type { World } from '../model/world.ts';
import type { Behaviour, RawAnswer, Release } from '../server/behaviour.ts';
import { brokenNode, editObjects, textAnswer } from './changes.ts';
import type { Fault, FaultName } from './fault.ts';
import { type Failure, type OldRelease, ofRelease, scrapeLines } from './versions.ts';
import { hasNoMetrics } from './workload-changes.ts';

export interface Scrape {
	/** Why it fails; without it, nothing is written. @param url that is asked for @param now ms since 1970 */
	failure?: (node: NodeModel, url: string, now: number) => Failure;
	/** metrics-server is of this release. */
	release?: OldRelease;
	/** It fails at all nodes, not only at one. */
	everywhere?: boolean;
	/** What the kubelet answers to the API server, where it is not what it always does. */
	answer?: RawAnswer;
	/** Only at this path. */
	answerAt?: string;
	more?: (behaviour: Behaviour) => void;
}

/** Machines that have a kubelet of their own. */
export function realNodes({ nodes }: Pick<World, 'nodes'>): readonly NodeModel[] {
	return nodes.filter(({ role }) => role !== 'virtual');
}

/** An error of Go's client. */
export const get =
	(reason: string) =>
	(_node: NodeModel, url: string): Failure => ({ error: `Get "${url}": ${reason}` });
export const untrusted = (reason: string): ReturnType<typeof get> =>
	get(`tls: failed to verify certificate: ${reason}`);
/** What the kubelet answers to metrics-server. */
export const status =
	(line: string, body = '') =>
	(): Failure => ({ status: line, body });
/** As the API server's node proxy tells it. */
export const unreached = (reason: string): RawAnswer => textAnswer(502, `error trying to reach service: ${reason}`);

/** Name of {@link brokenNode} in a cluster of the usual size and larger. */
export const broken = 'worker-03';

/** Changes what the broken node's status says. */
export function editNode(behaviour: Behaviour, change: (status: ReturnType<typeof part>) => ReturnType<typeof part>) {
	editObjects(behaviour, 'nodes', (object, world) =>
		object.metadata.name === brokenNode(world)?.name ? { ...object, status: change(part(object['status'])) } : object,
	);
}

/** Nobody can scrape the kubelet of the broken node, or that of any: no samples, and lines that say why. */
export function scrapeFault(name: FaultName, scrape: Scrape): Fault {
	return {
		name,
		change(behaviour) {
			const { answer, answerAt, everywhere = false, failure, more, release } = scrape;
			const failing = (world: World): readonly NodeModel[] => {
				const node = brokenNode(world);
				return everywhere ? realNodes(world) : node ? [node] : [];
			};
			if (release) ofRelease(behaviour, release);
			behaviour.samples.push((world) => {
				const nodes = new Set(failing(world));
				return { node: (each) => nodes.has(each) };
			});
			if (failure) {
				behaviour.logs.push((world, now) => ({
					previous: false,
					lines: inOrder(failing(world).flatMap((node) => linesOf(release ?? '0.9.0', node, failure, now, everywhere))),
				}));
			}
			if (answer) {
				behaviour.kubelets.push((node, world, path) =>
					failing(world).includes(node) && (answerAt === undefined || answerAt === path) ? answer : undefined,
				);
			}
			if (everywhere) hasNoMetrics(behaviour, release);
			more?.(behaviour);
		},
	};
}

function linesOf(
	release: Release,
	node: NodeModel,
	failure: NonNullable<Scrape['failure']>,
	now: number,
	everywhere: boolean,
): string[] {
	const url = `https://${node.address}:10250/metrics/resource`;
	return scrapeLines(release, node, failure(node, url, now), now, everywhere ? 10 : 20);
}

/** Lines of klog by the time of their heads. */
export function inOrder(lines: readonly string[]): string[] {
	return lines.toSorted((one, other) => one.slice(1, 21).localeCompare(other.slice(1, 21)));
}
