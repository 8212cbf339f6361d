/** The pods of metrics-server have no node, or one that is down. */
import { type Cause, proved, provedOf, ruledOut } from '../cause.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { PodFacts } from '../evidence/objects.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { byPods, ofWorkload, podFacts, seenPod } from './workload-state.ts';

/** The scheduler's own words, without what it says of preemption, which repeats them; or the kubelet's, if it turned it away. */
function wordsOf({ message, phase, reason, unscheduled }: PodFacts): string {
	return phase === 'Failed' ? `${reason}: ${message}` : unscheduled.replace(/\.? ?preemption:.*$/s, '');
}

/**
 * A cause that the scheduler's words prove. It counts the nodes by what keeps the pod from each, so several can be
 * true side by side: each is a reason, and to mend one of them is enough.
 */
function unschedulable(
	id: string,
	pattern: RegExp,
	sample: string,
	is: (words: string) => boolean = () => true,
): Cause {
	return {
		id,
		...ofWorkload,
		needs: ['metrics-version', 'workload-pods'],
		rulesOut: ['ms-replicas-zero', 'ms-image-pull', 'service-selector-mismatch'],
		symptoms: [symptom('the events of its pod', pattern, sample), ...brokenBackend],
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const pod = pods.find((one) => pattern.test(wordsOf(one)) && is(wordsOf(one)));
				if (pod === undefined) {
					return ruledOut;
				}
				const what = pattern.exec(wordsOf(pod))?.[1] ?? '';
				const selector = Object.entries(pod.nodeSelector).map(([label, value]) => `${label}=${value}`);
				return proved({ ...podFacts(pod), what, selector: selector.join(', ') }, [
					seenPod(evidence, pod, `${pod.phase === 'Failed' ? 'Failed' : 'PodScheduled=False'}: ${wordsOf(pod)}`),
				]);
			}),
	};
}

const otherReasons = /Insufficient |Too many pods|didn't (?:match|satisfy|have) /;

export const workloadSchedulingCauses: readonly Cause[] = [
	unschedulable(
		'ms-unschedulable-taints',
		/had (?:untolerated )?taint(?:\(s\)|s)? ?(?:\{([^:}]*))?/,
		'0/3 nodes are available: 3 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }.',
		// Beside other reasons a taint only keeps off what it is meant to, unless it says that a node is not well.
		(words) => !otherReasons.test(words) || /taint \{node\.[a-z.]*kubernetes\.io\//.test(words),
	),
	unschedulable(
		'ms-unschedulable-selector',
		/didn't match (?:Pod's node affinity|node selector)/,
		"0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector.",
	),
	unschedulable(
		'ms-unschedulable-resources',
		/Insufficient ([a-z-]+)|Too many pods/,
		'0/3 nodes are available: 3 Insufficient cpu.',
	),
	unschedulable(
		'ms-hostport-conflict',
		/didn't have free ports for the requested pod ports/,
		"0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
	),
	{
		id: 'ms-unschedulable-antiaffinity',
		...ofWorkload,
		// Another of its pods runs there: why that one is not ready is another question.
		severity: 'warning',
		explains: [],
		terminal: false,
		entails: [],
		needs: ['workload-pods'],
		symptoms: [
			symptom(
				'the events of its pod',
				/didn't (?:match|satisfy) (?:existing pods |pod )?(?:affinity\/)?anti-affinity rules/,
				"0/1 nodes are available: 1 node(s) didn't match pod anti-affinity rules.",
			),
		],
		judge(evidence) {
			const pods = factsOf(evidence, 'workload-pods') ?? [];
			const pod = pods.find(({ unscheduled }) =>
				/didn't (?:match|satisfy) .*anti-affinity rules/.test(unscheduled.replace(/preemption:.*$/s, '')),
			);
			return pod === undefined || pods.length < 2
				? ruledOut
				: proved(podFacts(pod), [seenPod(evidence, pod, `PodScheduled=False: ${wordsOf(pod)}`)]);
		},
	},
	{
		id: 'ms-node-not-ready',
		...ofWorkload,
		needs: ['metrics-version', 'workload-pods', 'nodes'],
		rulesOut: ['ms-not-ready-no-metrics', 'network-blocked-apiserver-to-ms'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const nodes = factsOf(evidence, 'nodes') ?? [];
				const down = nodes.find(({ name, ready }) => ready !== 'True' && pods.some(({ node }) => node === name));
				const pod = pods.find(({ node }) => node === down?.name);
				// One that waits on a sound node has a reason of its own.
				const others = pods.some(({ deletedAt, node }) => Number.isNaN(deletedAt) && node !== down?.name);
				return down === undefined || pod === undefined || others
					? ruledOut
					: provedOf([`node/${down.name}`], { ...podFacts(pod), node: down.name, reason: down.readyReason }, [
							seenPod(evidence, pod, `not ready, on ${down.name}`),
							{
								request: evidence.answers.nodes?.request ?? '',
								status: 200,
								quote: `${down.name}: Ready=${down.ready}, ${down.readyReason}: ${down.readyMessage}`,
							},
						]);
			}),
	},
];
