/** The APIService and the Service that it names: gone, elsewhere, without ports or endpoints. */
import { type Cause, proved, ruledOut, undecided } from '../cause.ts';
import { distributionOf } from '../distribution.ts';
import { answerOf, type Evidence, factsOf, isAnswered, seen } from '../evidence/evidence.ts';
import type { ApiServiceFacts } from '../evidence/objects.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { backendFacts, byReason, condition, judgeApiService, ofApiService } from './api-service-condition.ts';

export const apiServiceCauses: readonly Cause[] = [
	{
		id: 'apiservice-stale-after-uninstall',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice', 'deployments', 'workload-pods', 'services'],
		rulesOut: [
			'api-group-absent',
			'apiservice-wrong-namespace',
			'apiservice-service-gone',
			'apiservice-missing-endpoints',
		],
		symptoms: [
			...brokenBackend,
			symptom(
				'kubectl get all, and others that read all of discovery',
				/couldn't get resource list for metrics\.k8s\.io/,
				"couldn't get resource list for metrics.k8s.io/v1beta1: the server is currently unable to handle the request",
			),
			symptom(
				'a namespace that stays Terminating',
				/NamespaceDeletionDiscoveryFailure|Discovery failed for some groups/,
				'Discovery failed for some groups, 1 failing: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery: metrics.k8s.io/v1beta1',
			),
		],
		judge: (evidence) =>
			byReason(evidence, 'ServiceNotFound', (apiService) => {
				const elsewhere = serviceElsewhere(evidence, apiService);
				if (elsewhere !== undefined) {
					return ruledOut;
				}
				const deployments = factsOf(evidence, 'deployments');
				if (deployments === null) {
					return undecided('deployments');
				}
				return deployments.length > 0
					? ruledOut
					: proved(
							{ apiservice: apiService.name, ...backendFacts(apiService), distribution: distributionOf(evidence) },
							[
								condition(evidence, apiService),
								seen(answerOf(evidence, 'deployments'), 'no Deployment of metrics-server anywhere'),
							],
						);
			}),
	},
	{
		id: 'apiservice-wrong-namespace',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice', 'services', 'deployments'],
		rulesOut: ['apiservice-stale-after-uninstall', 'apiservice-service-gone'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byReason(evidence, 'ServiceNotFound', (apiService) => {
				const service = serviceElsewhere(evidence, apiService);
				const deployment = factsOf(evidence, 'deployments')?.[0];
				if (service !== undefined) {
					return proved(
						{ apiservice: apiService.name, ...backendFacts(apiService), found: `${service.namespace}/${service.name}` },
						[
							condition(evidence, apiService),
							seen(answerOf(evidence, 'services'), `Service ${service.namespace}/${service.name}`),
						],
					);
				}
				if (deployment !== undefined && deployment.namespace !== apiService.service?.namespace) {
					return proved(
						{
							apiservice: apiService.name,
							...backendFacts(apiService),
							found: `${deployment.namespace}/${deployment.name}`,
						},
						[
							condition(evidence, apiService),
							seen(answerOf(evidence, 'deployments'), `Deployment ${deployment.namespace}/${deployment.name}`),
						],
					);
				}
				return isAnswered(evidence, 'services') || isAnswered(evidence, 'deployments')
					? ruledOut
					: undecided('services', 'deployments');
			}),
	},
	{
		id: 'apiservice-service-gone',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice', 'services', 'deployments'],
		rulesOut: ['apiservice-stale-after-uninstall', 'apiservice-wrong-namespace'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byReason(evidence, 'ServiceNotFound', (apiService) => {
				if (serviceElsewhere(evidence, apiService) !== undefined) {
					return ruledOut;
				}
				const deployments = factsOf(evidence, 'deployments');
				if (deployments === null) {
					return undecided('deployments');
				}
				const deployment = deployments.find(({ namespace }) => namespace === apiService.service?.namespace);
				return deployment === undefined
					? ruledOut
					: proved(
							{
								apiservice: apiService.name,
								...backendFacts(apiService),
								deployment: `${deployment.namespace}/${deployment.name}`,
							},
							[
								condition(evidence, apiService),
								seen(answerOf(evidence, 'deployments'), `Deployment ${deployment.namespace}/${deployment.name}`),
							],
						);
			}),
	},
	{
		id: 'apiservice-service-access-error',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice'],
		symptoms: brokenBackend,
		judge(evidence) {
			const first = byReason(evidence, 'ServiceAccessError', (apiService) =>
				proved({ apiservice: apiService.name, ...backendFacts(apiService) }, [condition(evidence, apiService)]),
			);
			return first.verdict === 'ruled-out'
				? byReason(evidence, 'EndpointsAccessError', (apiService) =>
						proved({ apiservice: apiService.name, ...backendFacts(apiService) }, [condition(evidence, apiService)]),
					)
				: first;
		},
	},
	{
		id: 'apiservice-port-mismatch',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice', 'service'],
		rulesOut: ['service-port-name-mismatch'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byReason(evidence, 'ServicePortError', (apiService) => {
				const ports =
					factsOf(evidence, 'service')
						?.ports.map(({ port }) => port)
						.join(', ') ?? '';
				return proved({ apiservice: apiService.name, ...backendFacts(apiService), ports }, [
					condition(evidence, apiService),
					...(ports === '' ? [] : [seen(answerOf(evidence, 'service'), `spec.ports: ${ports}`)]),
				]);
			}),
	},
	{
		id: 'apiservice-endpoints-not-found',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice', 'service'],
		rulesOut: ['apiservice-missing-endpoints'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byReason(evidence, 'EndpointsNotFound', (apiService) =>
				proved(
					{
						apiservice: apiService.name,
						...backendFacts(apiService),
						selector: factsOf(evidence, 'service')?.selector === null ? 'none' : '',
					},
					[condition(evidence, apiService)],
				),
			),
	},
	{
		id: 'apiservice-missing-endpoints',
		...ofApiService,
		explains: ['unavailable'],
		// What is behind it is one step further.
		terminal: false,
		needs: ['metrics-version', 'apiservice', 'service', 'endpoints'],
		rulesOut: ['api-group-absent', 'apiservice-stale-after-uninstall', 'apiservice-cabundle-wrong'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byReason(evidence, 'MissingEndpoints', (apiService) => {
				const endpoints = factsOf(evidence, 'endpoints');
				const states = endpoints?.map(({ pod, ready }) => `${pod}: ${ready ? 'ready' : 'not ready'}`).join(', ');
				return proved({ apiservice: apiService.name, ...backendFacts(apiService), endpoints: states ?? '' }, [
					condition(evidence, apiService),
					...(states === undefined ? [] : [seen(answerOf(evidence, 'endpoints'), states || 'no address')]),
				]);
			}),
	},
	{
		id: 'apiservice-wrong-backend',
		...ofApiService,
		explains: ['version-absent', 'unavailable', 'backend-error', 'dial-failed', 'no-answer', 'empty'],
		needs: ['metrics-version', 'apiservice'],
		rulesOut: ['apiservice-local-bogus'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			judgeApiService(evidence, (apiService) => {
				const { service } = apiService;
				return service === null || /metrics-server|prometheus-adapter/.test(service.name)
					? ruledOut
					: /bad status from [^ ]+: 404/.test(apiService.message) ||
							answerOf(evidence, 'metrics-version').status === 404
						? proved({ apiservice: apiService.name, ...backendFacts(apiService) }, [
								seen(answerOf(evidence, 'apiservice'), `spec.service: ${service.namespace}/${service.name}`),
								condition(evidence, apiService),
							])
						: ruledOut;
			}),
	},
];

/** A Service of metrics-server at another place than the APIService names. */
function serviceElsewhere(evidence: Evidence, { service }: ApiServiceFacts) {
	return factsOf(evidence, 'services')?.find(
		({ name, namespace }) =>
			/metrics-server|prometheus-adapter/.test(name) && (name !== service?.name || namespace !== service?.namespace),
	);
}
