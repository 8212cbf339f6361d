/** The image of metrics-server cannot be pulled, or is made for another machine. */
import { type Cause, ruledOut, type Verdict } from '../cause.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import { newestLine } from '../evidence/log-line.ts';
import type { ContainerFacts, PodFacts } from '../evidence/objects.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { byPods, eventOf, findServer, isCrashing, ofWorkload, provedByPod, seenEvent } from './workload-state.ts';

const pullReasons: ReadonlySet<string> = new Set([
	'ImagePullBackOff',
	'ErrImagePull',
	'ErrImageNeverPull',
	'InvalidImageName',
	'ImageInspectError',
	'RegistryUnavailable',
]);

interface FailedPull {
	pod: PodFacts;
	container: ContainerFacts;
	/** Why, in the runtime's words: the container's own say only that it waits. */
	words: string;
}

/** Judges by the pull that fails. */
function byPull(evidence: Evidence, judge: (pull: FailedPull, prove: () => Verdict) => Verdict): Verdict {
	return byPods(evidence, (pods) => {
		const waiting = findServer(pods, ({ reason, state }) => state === 'waiting' && pullReasons.has(reason));
		if (waiting === undefined) {
			return ruledOut;
		}
		const { container, pod } = waiting;
		const event = eventOf(evidence, [pod], /Failed to pull image|ErrImageNeverPull/);
		const words = `${container.message} ${event?.message ?? ''}`;
		const host = /^([^/]+\.[^/]+|localhost(?::\d+)?)\//.exec(container.image)?.[1] ?? 'docker.io';
		const prove = () =>
			provedByPod(
				evidence,
				pod,
				`${container.reason}: ${container.message || container.image}`,
				{ image: container.image, host, node: pod.node, words: whyOf(words) },
				...(event === undefined ? [] : [seenEvent(evidence, event)]),
			);
		return judge({ pod, container, words }, prove);
	});
}

/** The end of the chain of errors says it. */
function whyOf(words: string): string {
	return (
		/toomanyrequests|unauthorized|denied|manifest unknown|not found|no such host|i\/o timeout|connection refused|x509[^"]*/i.exec(
			words,
		)?.[0] ?? ''
	);
}

const offline = /i\/o timeout|no such host|network is unreachable|no route to host|TLS handshake timeout|dial tcp/;
const otherMachine = /no matching manifest for|no match for platform in manifest|exec format error/;
const ofGoogleContainers = /^(?:k8s\.)?gcr\.io\/google[_-]containers\//;
const isFrozen = (image: string) => image.startsWith('k8s.gcr.io/') && !ofGoogleContainers.test(image);

const ofImage: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal' | 'entails' | 'needs'> = {
	...ofWorkload,
	entails: [...(ofWorkload.entails ?? []), 'ms-image-pull'],
	needs: ['metrics-version', 'workload-pods', 'events'],
};

function pull(id: string, pattern: RegExp, sample: string, is: (pull: FailedPull) => boolean): Cause {
	return {
		id,
		...ofImage,
		entails: ofImage.entails?.filter((other) => other !== id) ?? [],
		rulesOut: ['ms-replicas-zero', 'ms-unschedulable-resources', 'ms-oomkilled'],
		symptoms: [symptom('the events of its pod', pattern, sample), ...brokenBackend],
		judge: (evidence) => byPull(evidence, (failed, prove) => (is(failed) ? prove() : ruledOut)),
	};
}

export const workloadImageCauses: readonly Cause[] = [
	pull(
		'ms-image-k8s-gcr-io',
		/k8s\.gcr\.io/,
		'Failed to pull image "k8s.gcr.io/metrics-server/metrics-server:v0.6.3": rpc error: code = NotFound',
		({ container }) => isFrozen(container.image),
	),
	pull(
		'ms-image-gcr-google-containers',
		/gcr\.io\/google[_-]containers/,
		'Failed to pull image "gcr.io/google_containers/metrics-server-amd64:v0.2.1": rpc error: code = Unknown',
		({ container }) => ofGoogleContainers.test(container.image),
	),
	pull(
		'ms-image-airgap',
		/Failed to pull image.*(?:i\/o timeout|no such host|network is unreachable|no route to host|TLS handshake timeout)/,
		'Failed to pull image "registry.k8s.io/metrics-server/metrics-server:v0.9.0": dial tcp: lookup registry.k8s.io: no such host',
		({ container, words }) =>
			offline.test(words) && !isFrozen(container.image) && !ofGoogleContainers.test(container.image),
	),
	{
		id: 'ms-image-arch',
		...ofImage,
		needs: [...ofImage.needs, 'log', 'previous-log', 'nodes'],
		rulesOut: ['ms-image-airgap', 'ms-oomkilled'],
		symptoms: [
			symptom(
				'the log of metrics-server, or the events of its pod',
				otherMachine,
				'exec /metrics-server: exec format error',
			),
			...brokenBackend,
		],
		judge(evidence) {
			const pulling = byPull(evidence, ({ words }, prove) => (otherMachine.test(words) ? prove() : ruledOut));
			if (pulling.verdict === 'proved' || pulling.verdict === 'undecided') {
				return pulling;
			}
			return byPods(evidence, (pods) => {
				const crashing = findServer(pods, isCrashing);
				if (crashing === undefined) {
					return ruledOut;
				}
				const { container, pod } = crashing;
				const line = newestLine(evidence, /exec format error/);
				const machine = factsOf(evidence, 'nodes')?.find(({ name }) => name === pod.node)?.architecture ?? '';
				const isAmd64Only = /metrics-server-amd64/.test(container.image) && machine !== '' && machine !== 'amd64';
				return line !== null || isAmd64Only
					? provedByPod(
							evidence,
							pod,
							`${container.image} on ${machine || 'a node of another kind'}`,
							{ image: container.image, machine, node: pod.node },
							...(line === null ? [] : [line]),
						)
					: ruledOut;
			});
		},
	},
	pull(
		'ms-image-pull',
		/ImagePullBackOff|ErrImagePull|Failed to pull image/,
		'Failed to pull image "registry.k8s.io/metrics-server/metrics-server:v0.99.0": not found',
		() => true,
	),
];
