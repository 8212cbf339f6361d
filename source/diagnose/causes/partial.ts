/** The pipeline works, and something has no number: too new, restarting, or dropped whole. */
import { age } from '../../model/display.ts';
import { type Cause, likely, provedOf, ruledOut, undecided } from '../cause.ts';
import { answerOf, type Evidence, factsOf, namesOf, seen } from '../evidence/evidence.ts';
import {
	ageOf,
	isRestarting,
	isYoung,
	nodesWithoutSamples,
	podsWithoutSamples,
	samplesAreEmpty,
	silentNodes,
	unexplainedPods,
	waitForFirstSample,
} from '../evidence/missing.ts';
import type { ListedPod } from '../evidence/objects.ts';
import { everyScrapeFails } from '../evidence/scrape-log.ts';
import type { KubeletContainer } from '../evidence/scraping.ts';
import { emptyAnswer, metricsNotAvailableForPod, metricsNotAvailableYet, symptom } from '../symptom.ts';

const subjectOfPod = ({ name, namespace }: ListedPod): string => `pod/${namespace}/${name}`;

/** What the kubelet reports of a pod's containers; null if it was not asked or does not know the pod. */
function reportedBy(evidence: Evidence, pod: ListedPod): readonly KubeletContainer[] | null {
	const kubelet = factsOf(evidence, 'kubelets')?.find(({ node, status }) => node === pod.node && status === 200);
	const containers = kubelet?.containers.filter((container) => container.pod === `${pod.namespace}/${pod.name}`);
	return containers === undefined || containers.length === 0 ? null : containers;
}

const isZero = ({ cpu, memory }: KubeletContainer): boolean => !(cpu > 0) || !(memory > 0);

const ofPods: Pick<Cause, 'family' | 'terminal' | 'explains'> = {
	family: 'partial',
	terminal: false,
	explains: ['pods-missing'],
};

export const partialCauses: readonly Cause[] = [
	{
		id: 'pod-too-young',
		...ofPods,
		severity: 'info',
		needs: ['metrics-pods', 'pods'],
		rulesOut: ['container-restarting', 'one-container-lacks-sample'],
		symptoms: [metricsNotAvailableYet],
		judge(evidence) {
			const young = podsWithoutSamples(evidence).filter((pod) => isYoung(pod, evidence));
			const [first] = young;
			if (first === undefined) {
				return ruledOut;
			}
			const seconds = Math.round(Math.max(0, ageOf(first, evidence.now)) / 1_000);
			const wait = Math.round(waitForFirstSample(evidence) / 1_000);
			return provedOf(young.map(subjectOfPod), { seconds, wait }, [
				seen(answerOf(evidence, 'pods'), `${first.namespace}/${first.name} runs since ${seconds} s, without a restart`),
				seen(answerOf(evidence, 'metrics-pods'), `no item of ${first.namespace}/${first.name}`),
			]);
		},
	},
	{
		id: 'node-too-young',
		family: 'partial',
		severity: 'info',
		explains: ['nodes-missing'],
		terminal: false,
		needs: ['metrics-nodes', 'nodes'],
		rulesOut: ['node-not-ready'],
		symptoms: [symptom('kubectl top node', /<unknown>/, 'n05    <unknown>   <unknown>   <unknown>   <unknown>')],
		judge(evidence) {
			const wait = waitForFirstSample(evidence);
			const young = nodesWithoutSamples(evidence).filter(
				({ createdAt, ready }) => ready === 'True' && evidence.now - createdAt < wait,
			);
			const [first] = young;
			if (first === undefined) {
				// Its pods are old enough to have a sample, so it is as well.
				return ruledOut;
			}
			const seconds = Math.round(Math.max(0, evidence.now - first.createdAt) / 1_000);
			return provedOf(
				young.map(({ name }) => `node/${name}`),
				{ seconds, wait: Math.round(wait / 1_000) },
				[seen(answerOf(evidence, 'nodes'), `${first.name}: metadata.creationTimestamp is ${seconds} s ago`)],
			);
		},
	},
	{
		id: 'container-restarting',
		...ofPods,
		severity: 'info',
		needs: ['metrics-pods', 'pods'],
		rulesOut: ['pod-too-young', 'one-container-lacks-sample'],
		symptoms: [metricsNotAvailableForPod],
		judge(evidence) {
			const restarting = podsWithoutSamples(evidence).filter((pod) => isRestarting(pod, evidence));
			const [first] = restarting;
			if (first === undefined) {
				return ruledOut;
			}
			const container = first.containers.toSorted((one, other) => other.restarts - one.restarts)[0];
			const name = container?.name ?? '';
			const restarts = container?.restarts ?? 0;
			return provedOf(
				restarting.map(subjectOfPod),
				{ container: name, restarts, state: container?.state ?? '' },
				[
					seen(
						answerOf(evidence, 'pods'),
						`${first.namespace}/${first.name}: container ${name} restarted ${restarts} times, ${container?.state ?? ''}`,
					),
				],
				// Of a whole cluster it is everyday life; of the pod that was asked about it is the answer.
				evidence.patient.kind === 'pod' ? 'warning' : 'info',
			);
		},
	},
	{
		id: 'one-container-lacks-sample',
		...ofPods,
		severity: 'warning',
		needs: ['metrics-pods', 'pods', 'kubelets'],
		rulesOut: ['pod-too-young', 'container-restarting'],
		symptoms: [metricsNotAvailableForPod],
		judge(evidence) {
			const pods = unexplainedPods(evidence);
			const [first] = pods;
			if (first === undefined) {
				return ruledOut;
			}
			const shown = pods.filter((pod) => {
				const reported = reportedBy(evidence, pod);
				return reported?.some(isZero) === true && !reported.every(isZero);
			});
			const [proof] = shown;
			if (proof !== undefined) {
				const lacking = reportedBy(evidence, proof)?.find(isZero);
				const kubelet = factsOf(evidence, 'kubelets')?.find(({ node }) => node === proof.node);
				return provedOf(shown.map(subjectOfPod), { container: lacking?.container ?? '', node: proof.node }, [
					{
						request: kubelet?.request ?? '',
						status: kubelet?.status ?? 0,
						quote: `container ${lacking?.container} of ${proof.namespace}/${proof.name}: ${series(lacking)}`,
					},
				]);
			}
			const silent = silentNodes(evidence);
			const several = pods.filter(({ containers, node }) => containers.length > 1 && !silent.has(node));
			const [one] = several;
			// Where no pod at all has a sample it is no pod's own fault.
			if (one === undefined || factsOf(evidence, 'metrics-pods')?.samples.size === 0) {
				return undecided('kubelets');
			}
			return likely(
				provedOf(several.map(subjectOfPod), { container: '', node: one.node }, [
					seen(answerOf(evidence, 'metrics-pods'), `no item of ${one.namespace}/${one.name}`),
					seen(
						answerOf(evidence, 'pods'),
						`it runs since ${age(ageOf(one, evidence.now))}, with ${one.containers.length} containers`,
					),
				]),
			);
		},
	},
	{
		id: 'idle-container-zero-cpu',
		...ofPods,
		severity: 'info',
		needs: ['metrics-pods', 'pods', 'kubelets'],
		rulesOut: ['one-container-lacks-sample', 'pod-too-young'],
		symptoms: [metricsNotAvailableForPod],
		judge(evidence) {
			const pods = unexplainedPods(evidence);
			if (pods.length === 0) {
				return ruledOut;
			}
			const idle = pods.filter((pod) => {
				const reported = reportedBy(evidence, pod);
				return reported?.every(({ cpu, memory }) => cpu === 0 && memory > 0) === true;
			});
			const [first] = idle;
			if (first === undefined) {
				return factsOf(evidence, 'kubelets') === null ? undecided('kubelets') : ruledOut;
			}
			const kubelet = factsOf(evidence, 'kubelets')?.find(({ node }) => node === first.node);
			return provedOf(idle.map(subjectOfPod), { node: first.node }, [
				{
					request: kubelet?.request ?? '',
					status: kubelet?.status ?? 0,
					quote: `container_cpu_usage_seconds_total of ${first.namespace}/${first.name} is 0`,
				},
			]);
		},
	},
	{
		id: 'only-completed-pods',
		family: 'partial',
		severity: 'info',
		explains: [],
		terminal: false,
		needs: ['metrics-pods', 'pods'],
		rulesOut: ['one-container-lacks-sample', 'kubelet-scrape-error'],
		symptoms: [metricsNotAvailableForPod],
		judge(evidence) {
			const pods = asked(evidence);
			return pods.length === 0 || pods.some(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed')
				? ruledOut
				: provedOf(pods.map(subjectOfPod), { phase: pods[0]?.phase ?? '' }, [
						seen(answerOf(evidence, 'pods'), `status.phase: ${pods[0]?.phase}`),
					]);
		},
	},
	{
		id: 'pod-pending-or-init',
		family: 'partial',
		severity: 'info',
		explains: [],
		terminal: false,
		needs: ['pods'],
		rulesOut: ['one-container-lacks-sample'],
		symptoms: [metricsNotAvailableForPod],
		judge(evidence) {
			const pending = asked(evidence).filter(({ phase }) => phase === 'Pending');
			const [first] = pending;
			return first === undefined || evidence.patient.kind !== 'pod'
				? ruledOut
				: provedOf(pending.map(subjectOfPod), { status: first.status }, [
						seen(answerOf(evidence, 'pods'), `status.phase: Pending (${first.status})`),
					]);
		},
	},
	{
		id: 'ms-just-started',
		family: 'partial',
		severity: 'info',
		explains: ['empty', 'pods-missing'],
		// Its log may know by now that it would not pass.
		terminal: false,
		needs: ['metrics-nodes', 'metrics-pods', 'workload-pods', 'log', 'nodes'],
		rulesOut: ['kubelet-cert-unknown-ca', 'kubelet-401', 'kubelet-timeout', 'one-container-lacks-sample'],
		symptoms: emptyAnswer,
		judge(evidence) {
			const empty = samplesAreEmpty(evidence);
			// Containers are measured at times of their own: the first samples do not come all at once.
			const lacking = unexplainedPods(evidence).map(subjectOfPod);
			if ((!empty && lacking.length === 0) || (empty && everyScrapeFails(evidence))) {
				return ruledOut;
			}
			const pods = factsOf(evidence, 'workload-pods');
			// Where it runs beside the cluster, nothing tells when it started.
			if (pods === null || pods.length === 0) {
				return undecided('workload-pods');
			}
			const started = pods.flatMap(({ containers }) => containers.map(({ startedAt }) => startedAt));
			const newest = Math.max(...started.filter((time) => !Number.isNaN(time)));
			const seconds = Math.round((evidence.now - newest) / 1_000);
			return Number.isFinite(newest) && seconds * 1_000 < waitForFirstSample(evidence)
				? provedOf(
						empty ? ['cluster'] : lacking,
						{ seconds, pod: pods[0]?.name ?? '' },
						[
							empty
								? seen(answerOf(evidence, 'metrics-nodes'), 'items: []')
								: seen(answerOf(evidence, 'metrics-pods'), `no item of ${namesOf(lacking).names}`),
							seen(answerOf(evidence, 'workload-pods'), `${pods[0]?.name} runs since ${seconds} s`),
						],
						// It passes by itself, but while there is nothing at all kubectl top fails.
						empty ? 'warning' : 'info',
					)
				: ruledOut;
		},
	},
];

/** The pods that are asked about: the one, or those of the namespace. */
function asked({ answers, namespace, patient }: Evidence): readonly ListedPod[] {
	const pods = answers.pods?.value ?? [];
	return patient.kind === 'pod'
		? pods.filter((pod) => pod.name === patient.name && pod.namespace === patient.namespace)
		: namespace === null
			? []
			: pods.filter((pod) => pod.namespace === namespace);
}

function series(container: KubeletContainer | undefined): string {
	if (container === undefined) {
		return '';
	}
	const word = (value: number) => (Number.isNaN(value) ? 'missing' : String(value));
	return `container_cpu_usage_seconds_total ${word(container.cpu)}, container_memory_working_set_bytes ${word(container.memory)}`;
}
