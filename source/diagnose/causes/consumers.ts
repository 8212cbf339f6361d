/** A HorizontalPodAutoscaler that cannot count, by the words of its own condition. */
import { type Cause, provedOf, ruledOut, undecided, type Verdict } from '../cause.ts';
import { inactiveCondition, subjectOfAutoscaler } from '../evidence/autoscaler-condition.ts';
import type { AutoscaledPod, AutoscalerFacts } from '../evidence/autoscaling.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { symptom } from '../symptom.ts';

const ofAutoscalers: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal' | 'needs'> = {
	family: 'consumers',
	severity: 'error',
	explains: ['scaling-inactive'],
	terminal: false,
	needs: ['autoscaler'],
};

const printedBy = 'kubectl describe hpa, its conditions and events';
const facts = ({ name, namespace, target }: AutoscalerFacts) => ({ autoscaler: name, namespace, target });

/** Judges the words of the condition that says that it does not scale. */
function byWords(
	evidence: Evidence,
	judge: (
		words: string,
		prove: (more?: Readonly<Record<string, string | number>>, quote?: string) => Verdict,
	) => Verdict,
): Verdict {
	const autoscaler = factsOf(evidence, 'autoscaler');
	const condition = autoscaler === null ? null : inactiveCondition(autoscaler);
	if (autoscaler === null || condition === null) {
		return ruledOut;
	}
	const prove = (more: Readonly<Record<string, string | number>> = {}, quote?: string) =>
		provedOf([subjectOfAutoscaler(autoscaler)], { ...facts(autoscaler), ...more }, [
			seen(
				answerOf(evidence, 'autoscaler'),
				`${condition.type}=${condition.status}, ${condition.reason}: ${condition.message}`,
			),
			...(quote === undefined ? [] : [seen(answerOf(evidence, 'autoscaled-pods'), quote)]),
		]);
	return judge(condition.message, prove);
}

/** A cause that those words alone prove. */
function worded(id: string, pattern: RegExp, sample: string, rulesOut: readonly string[], except?: RegExp): Cause {
	return {
		id,
		...ofAutoscalers,
		rulesOut,
		symptoms: [symptom(printedBy, pattern, sample)],
		judge: (evidence) =>
			byWords(evidence, (words, prove) => {
				const match = pattern.exec(words);
				return match === null || except?.test(words) === true ? ruledOut : prove({ what: match[1] ?? '' });
			}),
	};
}

const missingRequest = /missing request for (\w+)(?: in container (\S+) of Pod (\S+))?/;
const notReady =
	/no metrics returned from resource metrics API|did not receive metrics for (?:any ready|targeted) pods/;

/** So say older controllers; that of 1.36 passes over such pods, and has none left ({@link notReady}). */
const withoutContainer = /container (\S+) not present in metrics for pod/;

/** Pods of the selector that are not the target's. */
function strangers(evidence: Evidence): readonly AutoscaledPod[] {
	const [kind = '', name = ''] = factsOf(evidence, 'autoscaler')?.target.split('/') ?? [];
	const owner = kind === 'Deployment' ? new RegExp(`^ReplicaSet/${escaped(name)}-[a-z0-9]+$`) : null;
	return (factsOf(evidence, 'autoscaled-pods') ?? []).filter((pod) =>
		owner === null ? pod.owner !== `${kind}/${name}` : !owner.test(pod.owner),
	);
}

interface AbsentContainer {
	container: string;
	/** A pod, and the containers that it has. */
	pod: string;
	containers: string;
}

/** A container that it counts by itself, and no pod of its target has; undefined if the pods are not known. */
function absentContainer(evidence: Evidence): AbsentContainer | null | undefined {
	const { aimedAt = [] } = factsOf(evidence, 'autoscaler') ?? {};
	const pods = factsOf(evidence, 'autoscaled-pods');
	if (aimedAt.length > 0 && pods === null) {
		return undefined;
	}
	const foreign = strangers(evidence);
	const own = (pods ?? []).filter((pod) => !foreign.includes(pod));
	const container = aimedAt.find((name) => !own.some(({ containers }) => containers.includes(name)));
	const [first] = own;
	return container === undefined || first === undefined
		? null
		: { container, pod: first.name, containers: first.containers.join(', ') };
}

function escaped(name: string): string {
	return name.replaceAll('.', '\\.');
}

const withoutRequest = (pod: AutoscaledPod, resource: string): readonly string[] =>
	resource === 'memory' ? pod.withoutMemory : pod.withoutCpu;

export const consumersCauses: readonly Cause[] = [
	{
		id: 'hpa-missing-request',
		...ofAutoscalers,
		needs: ['autoscaler', 'autoscaled-pods'],
		rulesOut: ['hpa-metrics-api-missing', 'hpa-no-metrics-returned', 'hpa-selector-overlap'],
		symptoms: [
			symptom(
				printedBy,
				missingRequest,
				'failed to get cpu utilization: missing request for cpu in container app of Pod web-5d7f9c6b8-x2k4p',
			),
		],
		judge: (evidence) =>
			byWords(evidence, (words, prove) => {
				const [, resource = 'cpu', container = '', named = ''] = missingRequest.exec(words) ?? [];
				if (!missingRequest.test(words)) {
					return ruledOut;
				}
				const foreign = new Set(strangers(evidence).map(({ name }) => name));
				const lacking = (factsOf(evidence, 'autoscaled-pods') ?? []).filter(
					(pod) => withoutRequest(pod, resource).length > 0,
				);
				if (lacking.length > 0 && lacking.every(({ name }) => foreign.has(name))) {
					return ruledOut;
				}
				const [own] = lacking.filter(({ name }) => !foreign.has(name));
				const names = own === undefined ? container : withoutRequest(own, resource).join(', ');
				return prove(
					{ resource, container: names, pod: own?.name ?? named },
					own === undefined ? undefined : `${own.name}: no resources.requests.${resource} in ${names}`,
				);
			}),
	},
	{
		id: 'hpa-selector-overlap',
		...ofAutoscalers,
		severity: 'warning',
		needs: ['autoscaler', 'autoscaled-pods'],
		rulesOut: ['hpa-missing-request'],
		symptoms: [
			symptom(printedBy, missingRequest, 'missing request for cpu in container job of Pod report-29931408-l84c8'),
		],
		judge(evidence) {
			const autoscaler = factsOf(evidence, 'autoscaler');
			if (autoscaler === null || autoscaler.scalePath === '') {
				return ruledOut;
			}
			const asksForRequests = missingRequest.test(inactiveCondition(autoscaler)?.message ?? '');
			if (factsOf(evidence, 'autoscaled-pods') === null) {
				return asksForRequests ? undecided('autoscaled-pods') : ruledOut;
			}
			const foreign = strangers(evidence);
			const [first] = foreign;
			return first === undefined
				? ruledOut
				: provedOf(
						[subjectOfAutoscaler(autoscaler)],
						{ ...facts(autoscaler), pods: foreign.length, pod: first.name, owner: first.owner },
						[
							seen(
								answerOf(evidence, 'autoscaled-pods'),
								`${first.name} is ${first.owner === '' ? 'nobody’s' : `of ${first.owner}`}, not of ${autoscaler.target}`,
							),
						],
					);
		},
	},
	worded(
		'hpa-metrics-api-missing',
		/unable to fetch metrics from resource metrics API: (.+)/,
		'failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
		['hpa-missing-request', 'hpa-no-metrics-returned', 'hpa-controller-rbac'],
		/is forbidden/,
	),
	worded(
		'hpa-controller-rbac',
		/unable to fetch metrics from \w+ metrics API: .*is forbidden: User \\?"([^"\\]+)/,
		'unable to fetch metrics from resource metrics API: pods.metrics.k8s.io is forbidden: User "system:serviceaccount:kube-system:horizontal-pod-autoscaler" cannot list resource "pods" in API group "metrics.k8s.io" in the namespace "web"',
		['hpa-metrics-api-missing', 'hpa-missing-request'],
	),
	{
		id: 'hpa-no-metrics-returned',
		...ofAutoscalers,
		severity: 'warning',
		needs: ['autoscaler', 'autoscaled-pods'],
		rulesOut: ['hpa-metrics-api-missing', 'hpa-missing-request'],
		symptoms: [
			symptom(
				printedBy,
				notReady,
				'failed to get cpu utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
			),
		],
		judge: (evidence) =>
			byWords(evidence, (words, prove) => {
				if (!notReady.test(words) || absentContainer(evidence)) {
					return ruledOut;
				}
				const pods = factsOf(evidence, 'autoscaled-pods');
				if (pods === null) {
					return prove();
				}
				const ready = pods.filter((pod) => pod.ready).length;
				return prove({ pods: pods.length, ready }, `${pods.length} pods, ${ready} of them ready`);
			}),
	},
	worded(
		'hpa-custom-missing',
		/(?:no metrics returned from|unable to fetch metrics from) (custom|external) metrics API/,
		'unable to get metric http_requests: unable to fetch metrics from custom metrics API: the server could not find the metric http_requests for pods',
		['hpa-metrics-api-missing', 'hpa-missing-request'],
		/is forbidden/,
	),
	{
		id: 'hpa-container-missing',
		...ofAutoscalers,
		needs: ['autoscaler', 'autoscaled-pods'],
		rulesOut: ['hpa-metrics-api-missing', 'hpa-missing-request', 'hpa-no-metrics-returned'],
		symptoms: [
			symptom(
				printedBy,
				withoutContainer,
				'failed to get cpu container metric value: container app not present in metrics for pod web/web-5d7f9c6b8-x2k4p',
			),
		],
		judge: (evidence) =>
			byWords(evidence, (words, prove) => {
				const match = withoutContainer.exec(words);
				if (match !== null) {
					return prove({ what: match[1] ?? '' });
				}
				const absent = notReady.test(words) ? absentContainer(evidence) : null;
				if (absent === undefined) {
					return undecided('autoscaled-pods');
				}
				return absent === null
					? ruledOut
					: prove({ what: absent.container }, `${absent.pod} has ${absent.containers}, and no ${absent.container}`);
			}),
	},
];
