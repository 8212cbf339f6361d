/** A node's readings from whichever of its sources answer. */
import type { KubeClient } from '../kube/client.ts';
import type { MetricsVersion } from '../kube/discovery.ts';
import * as text from '../messages/en/gather.ts';
import { type Reading, Readings, type SourceId, type Versions } from '../model/reading.ts';
import type { NodeRecord } from '../model/records.ts';
import { type NodeSubject, type Subject, subjectKey } from '../model/subject.ts';
import type { SourceAnswer, SourceNote } from '../sources/subject-readings.ts';
import { decodeNodeUsage } from '../sources/usage-readings.ts';
import { isProblem, readNodeStatus, readUsage } from './api.ts';
import { clusterVersions } from './cluster-versions.ts';
import { type AskOptions, askKubelet, type Kubelet, type KubeletAsk, kubeletOf } from './kubelet.ts';
import type { SourceProblem } from './problem.ts';

/** `status` is the API server's node object, `metrics` the metrics API; the others are the kubelet's. */
export type NodeAsk = 'status' | 'metrics' | KubeletAsk;

export interface ReadNodeOptions extends AskOptions {
	/** All, if it is not given. */
	asks?: readonly NodeAsk[];
	/** A kubelet that is asked directly (`kubeletAt`); through the API server without it. */
	kubelet?: Kubelet;
	metricsVersion?: MetricsVersion;
}

export interface NodeReadings {
	subject: NodeSubject;
	/**
	 * Of the node as a whole; with `part`, of its pods' cgroups (`pod/NAMESPACE/NAME`) and the kubelet's own groups
	 * (`system/pods`, `system/kubelet` …).
	 */
	readings: Readings;
	versions: Versions;
	/** null if it was not asked for, or could not be read. */
	record: NodeRecord | null;
	/** Of this run of its machine, '' if it is not known. */
	bootId: string;
	/** What the kubelet's sources answered, about all of its subjects. */
	answers: ReadonlyMap<SourceId, SourceAnswer>;
	notes: readonly SourceNote[];
	problems: readonly SourceProblem[];
}

const everything: readonly NodeAsk[] = ['status', 'metrics', 'summary', 'resource', 'cadvisor'];

function isKubeletAsk(ask: NodeAsk): ask is KubeletAsk {
	return ask !== 'status' && ask !== 'metrics';
}

/**
 * Reads a node from all its sources at once. A source that fails is a problem beside the answers of the others.
 *
 * @throws the reason of the caller's own signal, and nothing else
 */
export async function readNode(client: KubeClient, name: string, options: ReadNodeOptions = {}): Promise<NodeReadings> {
	const { asks = everything, kubelet = kubeletOf(client, name) } = options;
	const path = `nodes/${encodeURIComponent(name)}`;
	const [status, usage, answered] = await Promise.all([
		asks.includes('status') ? readNodeStatus(client, name, options) : null,
		asks.includes('metrics') ? readUsage(client, path, name, decodeNodeUsage, options.metricsVersion, options) : null,
		askKubelet(kubelet, asks.filter(isKubeletAsk), options),
	]);
	const problems: SourceProblem[] = [];
	const readings: Reading[] = [];
	let record: NodeRecord | null = null;
	let bootId = '';
	if (status !== null) {
		if (isProblem(status)) {
			problems.push(status);
		} else {
			({ record, bootId } = status);
			readings.push(...status.readings);
		}
	}
	if (usage !== null) {
		if (isProblem(usage)) {
			problems.push(usage);
		} else {
			readings.push(...usage.subjects.flatMap((list) => list.readings));
		}
	}
	problems.push(...answered.problems);
	const answers = new Map(answered.answers);
	const other = [...answers.values()].find(({ nodeName }) => nodeName !== '' && nodeName !== name)?.nodeName;
	if (other !== undefined) {
		// Only one that is asked directly can be another one's; its numbers must not pass for this node's.
		for (const source of answers.keys()) {
			const sentence = text.otherNode(kubelet.address, other, name);
			problems.push({ source, id: 'other-node', path: '', status: 0, sentence });
		}
		answers.clear();
	}
	for (const answer of answers.values()) {
		readings.push(...partsOfNode(answer));
	}
	return {
		subject: { kind: 'node', name },
		readings: new Readings(readings),
		versions: clusterVersions(record, answers.values()),
		record,
		bootId,
		answers,
		notes: notesOf(answers.values()),
		problems,
	};
}

export function notesOf(answers: Iterable<SourceAnswer>): readonly SourceNote[] {
	return [...new Set([...answers].flatMap(({ notes }) => notes))];
}

/** The part of a node that a subject is: '' for the node itself, undefined for what is no part of a node's ledger. */
function partOf(subject: Subject): string | undefined {
	switch (subject.kind) {
		case 'node':
			return '';
		case 'system':
			return subjectKey(subject);
		case 'pod':
			return subject.name === '' ? undefined : subjectKey(subject);
		default:
			return undefined;
	}
}

function partsOfNode({ subjects }: SourceAnswer): Reading[] {
	const found: Reading[] = [];
	for (const { subject, readings } of subjects) {
		const part = partOf(subject);
		if (part === '') {
			found.push(...readings);
		} else if (part !== undefined) {
			found.push(...readings.map((reading) => ({ ...reading, part })));
		}
	}
	return found;
}
