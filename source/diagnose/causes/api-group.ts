/** The API group metrics.k8s.io and its versions: absent, another one, or without a backend. */
import { type Cause, proved, ruledOut, undecided } from '../cause.ts';
import { distributionOf } from '../distribution.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import { metricsApiNotAvailable, symptom } from '../symptom.ts';

/** The group is not registered, by the API server's own word and not by what kubectl prints of it. */
function groupIsAbsent(evidence: Evidence): boolean {
	const answer = answerOf(evidence, 'metrics-group');
	const discovery = factsOf(evidence, 'discovery');
	return answer.status === 404 && discovery?.listed !== true;
}

const absent: Pick<Cause, 'family' | 'severity' | 'explains'> = {
	family: 'registration',
	severity: 'error',
	explains: ['group-absent'],
};

export const groupCauses: readonly Cause[] = [
	{
		id: 'api-group-absent',
		...absent,
		terminal: true,
		needs: ['metrics-group', 'discovery', 'heapster', 'deployments'],
		rulesOut: ['apiservice-stale-after-uninstall', 'apiservice-missing-endpoints', 'ms-pod-not-listening'],
		symptoms: [
			metricsApiNotAvailable,
			symptom(
				'the horizontal pod autoscaler',
				/the server could not find the requested resource \(get (?:pods|nodes)\.metrics\.k8s\.io\)/,
				'unable to fetch metrics from resource metrics API: the server could not find the requested resource (get pods.metrics.k8s.io)',
			),
		],
		judge(evidence) {
			if (!groupIsAbsent(evidence) || heapsterOf(evidence) !== undefined || lacksAggregator(evidence)) {
				return ruledOut;
			}
			const deployments = factsOf(evidence, 'deployments') ?? [];
			const left = deployments.find(({ images, name }) => /metrics-server/.test([name, ...images].join(' ')));
			return proved(
				{
					distribution: distributionOf(evidence),
					version: factsOf(evidence, 'version')?.gitVersion ?? '',
					deployment: left === undefined ? '' : `${left.namespace}/${left.name}`,
				},
				[
					seen(answerOf(evidence, 'metrics-group')),
					...(factsOf(evidence, 'discovery') === null
						? []
						: [seen(answerOf(evidence, 'discovery'), 'metrics.k8s.io is not among the groups')]),
					...(left === undefined
						? []
						: [seen(answerOf(evidence, 'deployments'), `Deployment ${left.namespace}/${left.name} is there`)]),
				],
			);
		},
	},
	{
		id: 'heapster-only',
		...absent,
		terminal: true,
		needs: ['metrics-group', 'heapster'],
		// The group is absent there too; who may read Services is told of Heapster instead.
		entails: ['api-group-absent'],
		symptoms: [
			metricsApiNotAvailable,
			symptom(
				'kubectl 1.10 to 1.18',
				/services? "?(?:https?:)?heapster|get services https?:heapster/,
				'Error from server (NotFound): the server could not find the requested resource (get services http:heapster:)',
			),
		],
		judge(evidence) {
			if (!groupIsAbsent(evidence)) {
				return ruledOut;
			}
			const heapster = heapsterOf(evidence);
			if (answerOf(evidence, 'heapster').outcome === 'forbidden') {
				return undecided('heapster');
			}
			return heapster === undefined
				? ruledOut
				: proved({ namespace: heapster.namespace, distribution: distributionOf(evidence) }, [
						seen(answerOf(evidence, 'metrics-group')),
						seen(answerOf(evidence, 'heapster'), `Service ${heapster.namespace}/${heapster.name}`),
					]);
		},
	},
	{
		id: 'apiserver-no-aggregator',
		...absent,
		family: 'aggregation',
		terminal: true,
		needs: ['metrics-group', 'discovery'],
		rulesOut: ['api-group-absent'],
		symptoms: [metricsApiNotAvailable],
		judge: (evidence) =>
			groupIsAbsent(evidence) && lacksAggregator(evidence)
				? proved({}, [
						seen(answerOf(evidence, 'discovery'), 'apiregistration.k8s.io is not among the groups'),
						seen(answerOf(evidence, 'metrics-group')),
					])
				: ruledOut,
	},
	{
		id: 'apiservice-wrong-version',
		family: 'registration',
		severity: 'error',
		explains: ['version-absent'],
		terminal: true,
		needs: ['metrics-group'],
		rulesOut: ['api-group-absent'],
		symptoms: [metricsApiNotAvailable],
		judge(evidence) {
			const group = factsOf(evidence, 'metrics-group');
			return group === null || group.versions.some((version) => version === 'v1beta1' || version === 'v1')
				? ruledOut
				: proved({ versions: group.versions.join(', ') }, [
						seen(answerOf(evidence, 'metrics-group'), `versions: ${group.versions.join(', ')}`),
					]);
		},
	},
	{
		id: 'apiservice-local-bogus',
		family: 'registration',
		severity: 'error',
		explains: ['version-absent'],
		terminal: true,
		needs: ['metrics-version', 'apiservice'],
		rulesOut: ['apiservice-wrong-backend'],
		symptoms: [
			metricsApiNotAvailable,
			symptom(
				'kubectl, where discovery lists the group all the same',
				/\(NotFound\): the server could not find the requested resource \(get (?:nodes|pods)\.metrics\.k8s\.io\)/,
				'Error from server (NotFound): the server could not find the requested resource (get nodes.metrics.k8s.io)',
			),
		],
		judge(evidence) {
			if (answerOf(evidence, 'metrics-version').status !== 404) {
				return ruledOut;
			}
			const apiService = factsOf(evidence, 'apiservice');
			if (apiService === null) {
				return undecided('apiservice');
			}
			return apiService.service !== null
				? ruledOut
				: proved({ apiservice: apiService.name }, [
						seen(answerOf(evidence, 'metrics-version')),
						seen(answerOf(evidence, 'apiservice'), `spec.service is not set; ${apiService.reason}`),
					]);
		},
	},
];

function heapsterOf(evidence: Evidence) {
	return factsOf(evidence, 'heapster')?.find(({ name }) => name === 'heapster');
}

function lacksAggregator(evidence: Evidence): boolean {
	const discovery = factsOf(evidence, 'discovery');
	return discovery !== null && discovery.groups.length > 0 && !discovery.groups.includes('apiregistration.k8s.io');
}
