/** A pod's readings from whichever sources answer, joined by container. */
import type { KubeClient } from '../kube/client.ts';
import type { MetricsVersion } from '../kube/discovery.ts';
import * as text from '../messages/en/gather.ts';
import { type Reading, Readings, type SourceId, type Versions } from '../model/reading.ts';
import type { ContainerKind } from '../model/records.ts';
import type { ContainerSubject, PodSubject } from '../model/subject.ts';
import { decodePodObject, type PodObject } from '../sources/pod-object.ts';
import type { SourceAnswer, SourceNote } from '../sources/subject-readings.ts';
import { decodePodUsage } from '../sources/usage-readings.ts';
import { isProblem, readUsage } from './api.ts';
import { clusterVersions } from './cluster-versions.ts';
import { joinPod } from './join.ts';
import { type AskOptions, defaultTimeout, type Kubelet, type KubeletAsk, withTimeout } from './kubelet.ts';
import { type NodeReadings, notesOf, readNode } from './node.ts';
import type { SourceProblem } from './problem.ts';

export interface ReadPodOptions extends AskOptions {
	/** All, if it is not given. `metrics` is the metrics API, `status` the node's versions. */
	asks?: readonly ('status' | 'metrics' | KubeletAsk)[];
	/** A kubelet that is asked directly (`kubeletAt`); the pod's node through the API server without it. */
	kubelet?: Kubelet;
	metricsVersion?: MetricsVersion;
}

export interface ContainerReadings {
	subject: ContainerSubject;
	kind: ContainerKind;
	/** As kubectl describes it: `Running`, `CrashLoopBackOff` … */
	state: string;
	restarts: number;
	/** When the running state began; NaN if it does not run. */
	startedAt: number;
	readings: Readings;
}

export interface PodReadings {
	subject: PodSubject;
	/**
	 * Of the pod as a whole: of its own cgroup from the kubelet, kubectl's sum from the metrics API. With `part`, of its
	 * containers (`container/NAME`) and of `pause`.
	 */
	readings: Readings;
	/** In the order of the spec. */
	containers: readonly ContainerReadings[];
	versions: Versions;
	/** '' while it is not scheduled. */
	node: string;
	qosClass: string;
	/** The STATUS column of kubectl. */
	status: string;
	notes: readonly SourceNote[];
	problems: readonly SourceProblem[];
}

const everything = ['status', 'metrics', 'summary', 'resource', 'cadvisor'] as const;

/**
 * Reads a pod from all sources that know of it. A source that fails is a problem beside the answers of the others.
 *
 * @throws KubeError if the pod itself cannot be read; Error with a sentence if it is damaged; the reason of the caller's
 * own signal
 */
export async function readPod(
	client: KubeClient,
	namespace: string,
	name: string,
	options: ReadPodOptions = {},
): Promise<PodReadings> {
	const { asks = everything, signal, timeout = defaultTimeout } = options;
	const path = `namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(name)}`;
	const [pod, usage] = await Promise.all([
		readPodObject(client, `/api/v1/${path}`, withTimeout(signal, timeout)),
		asks.includes('metrics') ? readUsage(client, path, name, decodePodUsage, options.metricsVersion, options) : null,
	]);
	const nodeAsks = asks.filter((ask) => ask !== 'metrics');
	const node =
		pod.node === '' || nodeAsks.length === 0 ? null : await readNode(client, pod.node, { ...options, asks: nodeAsks });
	return joinAll(pod, usage, node);
}

async function readPodObject(client: KubeClient, path: string, signal: AbortSignal): Promise<PodObject> {
	const { body, contentType } = await client.read(path, { signal });
	return decodePodObject(body, contentType, client.serverTime());
}

function joinAll(pod: PodObject, usage: SourceAnswer | SourceProblem | null, node: NodeReadings | null): PodReadings {
	const problems: SourceProblem[] = [];
	const answers = new Map<SourceId, SourceAnswer>();
	if (usage !== null) {
		if (isProblem(usage)) {
			problems.push(usage);
		} else {
			answers.set('metrics-api', usage);
		}
	}
	if (node === null && pod.node === '') {
		problems.push(problemOf('kubelet-summary', 'not-scheduled', text.notScheduled));
	}
	problems.push(...(node?.problems ?? []));
	for (const [source, answer] of node?.answers ?? []) {
		answers.set(source, answer);
	}
	const whole: Reading[] = [...pod.readings];
	const parts: Reading[] = [];
	const found = new Map<string, Reading[]>(
		pod.containers.map(({ subject, readings }) => [subject.container, [...readings]]),
	);
	for (const [source, answer] of answers) {
		const joined = joinPod(source, answer, pod.subject, pod.containers);
		problems.push(...joined.problems);
		if (joined.pod.length === 0 && joined.containers.size === 0) {
			const sentence = text.podNotOnNode(text.sourceNames[source], pod.subject.name);
			problems.push(problemOf(source, 'no-sample', sentence));
		}
		whole.push(...joined.pod);
		parts.push(...joined.pause.map((reading) => ({ ...reading, part: 'pause' })));
		for (const [container, readings] of joined.containers) {
			found.get(container)?.push(...readings);
		}
	}
	for (const [container, readings] of found) {
		parts.push(...readings.map((reading) => ({ ...reading, part: `container/${container}` })));
	}
	return {
		subject: pod.subject,
		readings: new Readings([...whole, ...parts]),
		containers: pod.containers.map(({ readings: _allotted, ...container }) => ({
			...container,
			readings: new Readings(found.get(container.subject.container) ?? []),
		})),
		versions: node?.versions ?? clusterVersions(null, answers.values()),
		node: pod.node,
		qosClass: pod.qosClass,
		status: pod.status,
		notes: notesOf(answers.values()),
		problems,
	};
}

function problemOf(source: SourceId, id: 'not-scheduled' | 'no-sample', sentence: string): SourceProblem {
	return { source, id, path: '', status: 0, sentence };
}

/** The container of that name, and undefined if the pod has none. */
export function containerOf(pod: PodReadings, name: string): ContainerReadings | undefined {
	return pod.containers.find(({ subject }) => subject.container === name);
}
