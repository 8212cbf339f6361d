/** The Service of metrics-server and its pods do not fit together. */
import { type Cause, proved, ruledOut, undecided } from '../cause.ts';
import { answerOf, factsOf, seen } from '../evidence/evidence.ts';
import { brokenBackend } from '../symptom.ts';
import { backendFacts, byReason, condition, ofApiService } from './api-service-condition.ts';

export const serviceCauses: readonly Cause[] = [
	{
		id: 'service-selector-mismatch',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice', 'service', 'workload-pods'],
		entails: ['apiservice-missing-endpoints'],
		rulesOut: ['ms-replicas-zero', 'ms-not-ready-no-metrics'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byReason(evidence, 'MissingEndpoints', (apiService) => {
				const selector = factsOf(evidence, 'service')?.selector;
				const pods = factsOf(evidence, 'workload-pods');
				if (selector === undefined || pods === null) {
					return undecided('service', 'workload-pods');
				}
				const [pod] = pods;
				if (selector === null || pod === undefined) {
					return ruledOut;
				}
				const missed = Object.entries(selector).find(([name, value]) => pod.labels[name] !== value);
				return missed === undefined
					? ruledOut
					: proved(
							{
								...backendFacts(apiService),
								selector: missed.join('='),
								pod: pod.name,
								label: pod.labels[missed[0]] === undefined ? '' : `${missed[0]}=${pod.labels[missed[0]]}`,
							},
							[
								condition(evidence, apiService),
								seen(answerOf(evidence, 'service'), `spec.selector: ${missed.join('=')}`),
								seen(
									answerOf(evidence, 'workload-pods'),
									`pod ${pod.name} has ${pod.labels[missed[0]] === undefined ? `no label ${missed[0]}` : `${missed[0]}=${pod.labels[missed[0]]}`}`,
								),
							],
						);
			}),
	},
	{
		id: 'service-port-name-mismatch',
		...ofApiService,
		explains: ['unavailable'],
		needs: ['metrics-version', 'apiservice', 'service', 'endpoints'],
		entails: ['apiservice-missing-endpoints'],
		rulesOut: ['ms-not-ready-no-metrics', 'service-selector-mismatch'],
		symptoms: brokenBackend,
		judge: (evidence) =>
			byReason(evidence, 'MissingEndpoints', (apiService) => {
				const service = factsOf(evidence, 'service');
				const endpoints = factsOf(evidence, 'endpoints');
				if (service === null || endpoints === null) {
					return undecided('service', 'endpoints');
				}
				const wanted = service.ports.find(({ port }) => port === apiService.service?.port)?.name ?? '';
				const ready = endpoints.filter(({ addresses, ready: is }) => is && addresses.length > 0);
				const names = new Set(ready.flatMap(({ ports }) => ports.map(({ name }) => name)));
				return ready.length === 0 || names.has(wanted)
					? ruledOut
					: proved({ ...backendFacts(apiService), wanted, names: [...names].join(', ') }, [
							condition(evidence, apiService),
							seen(answerOf(evidence, 'endpoints'), `ready addresses, with the ports "${[...names].join('", "')}"`),
						]);
			}),
	},
];
