/** Evidence in the words of older releases of metrics-server and of Kubernetes, and what their versions decide. */

import type { KubeletFacts } from '../../../../source/diagnose/evidence/scraping.ts';
import {
	condition,
	container,
	deployment,
	endpoint,
	evidenceOf,
	log,
	node,
	now,
	read,
	scrapeFailing,
	seconds,
	workloadPod,
} from '../../evidence.ts';
import type { Case } from '../case.ts';

const badStatus = 'bad status from https://10.96.71.18:443/apis/metrics.k8s.io/v1beta1: 500';
const oldest = container({ image: 'k8s.gcr.io/metrics-server-amd64:v0.3.6', args: [], ports: [] });

const before06 = container({ image: 'k8s.gcr.io/metrics-server/metrics-server:v0.5.2' });
const noAddresses =
	'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"';

const cannotAsk = (subresource: string): string =>
	`Authorization error (user=system:serviceaccount:kube-system:metrics-server, verb=get, resource=nodes, subresource=${subresource})`;
const failed500 =
	'E1128 11:59:50.600000       1 scraper.go:149] "Failed to scrape node" err="request failed, status: \\"500 Internal Server Error\\"" node="n2"';
const failed500OfSummary =
	'E1128 11:59:50.600000       1 scraper.go:139] "Failed to scrape node" err="GET \\"https://10.0.0.6:10250/stats/summary?only_cpu_and_memory=true\\": bad status code \\"500 Internal Server Error\\"" node="n2"';
const untrusted = (name: string): string =>
	`E1128 11:59:50.600000       1 scraper.go:149] "Failed to scrape node" err="Get \\"https://10.0.0.6:10250/metrics/resource\\": tls: failed to verify certificate: x509: certificate signed by unknown authority" node="${name}"`;

/** What the kubelet of n2 answered to the API server. */
const kubelet = (words: string, more: Partial<KubeletFacts> = {}) =>
	read([
		{
			node: 'n2',
			request: 'GET /api/v1/nodes/n2/proxy/metrics/resource',
			status: 500,
			words,
			took: 12,
			timestamp: Number.NaN,
			nodeCpu: Number.NaN,
			nodeMemory: Number.NaN,
			scrapeError: false,
			containers: [],
			...more,
		},
	]);

export const releaseCases: readonly Case[] = [
	{
		proves: 'ms-version-too-old-for-server',
		evidence: evidenceOf({
			...condition('FailedDiscoveryCheck', badStatus),
			'workload-pods': read([workloadPod({ containers: [oldest] })]),
			log: log(
				'E1128 11:59:50.600000       1 webhook.go:196] Failed to make webhook authorizer request: the server could not find the requested resource',
				'E1128 11:59:50.600000       1 errors.go:77] the server could not find the requested resource',
			),
		}),
	},
	{
		proves: 'ms-psp',
		title: 'in the words of 1.20 to 1.24',
		evidence: evidenceOf({
			...condition(
				'MissingEndpoints',
				'endpoints for service/metrics-server in "kube-system" have no addresses with port name "https"',
			),
			version: read({ gitVersion: 'v1.24.17', minor: 24 }),
			'workload-pods': read([]),
			deployments: read([
				deployment({
					existing: 0,
					readyReplicas: 0,
					failure: 'pods "metrics-server-6f9b7c5d88-" is forbidden: PodSecurityPolicy: unable to admit pod: []',
				}),
			]),
		}),
	},
	{
		proves: 'kubelet-authz-webhook-error',
		title: 'in the kubelet’s words, as 0.3 writes them',
		evidence: evidenceOf({
			...scrapeFailing(
				`E1128 11:59:50.600000       1 manager.go:111] unable to fully collect metrics: unable to fully scrape metrics from source kubelet_summary:n2: unable to fetch metrics from Kubelet n2 (10.0.0.6): request failed - "500 Internal Server Error", response: "${cannotAsk('stats')}"`,
			),
			'workload-pods': read([workloadPod({ containers: [oldest] })]),
		}),
	},
	{
		proves: 'kubelet-authz-webhook-error',
		title: 'in the kubelet’s words, as the API server is told',
		evidence: evidenceOf({ ...scrapeFailing(failed500), kubelets: kubelet(cannotAsk('metrics')) }),
	},
	{
		proves: 'kubelet-authz-webhook-error',
		title: 'by the release alone: the kubelet says of a failing runtime in another way',
		certainty: 'likely',
		evidence: evidenceOf(scrapeFailing(failed500)),
	},
	{
		proves: 'kubelet-500-stats',
		evidence: evidenceOf({
			...scrapeFailing(failed500OfSummary),
			'workload-pods': read([workloadPod({ containers: [before06] })]),
			kubelets: kubelet('Internal Error: failed to list pod stats: rpc error: code = Unknown desc = timeout'),
		}),
	},
	{
		proves: 'kubelet-500-stats',
		title: 'where nobody may ask the kubelet',
		certainty: 'likely',
		evidence: evidenceOf({
			...scrapeFailing(failed500OfSummary),
			'workload-pods': read([workloadPod({ containers: [before06] })]),
		}),
	},
	{
		proves: 'kubelet-slow',
		title: 'that answers the API server not within our patience',
		evidence: evidenceOf({
			...scrapeFailing(
				'E1128 11:59:50.600000       1 scraper.go:147] "Failed to scrape node, timeout to access kubelet" err="Get \\"https://10.0.0.6:10250/metrics/resource\\": context deadline exceeded" node="n2" timeout="10s"',
			),
			kubelets: kubelet('', { status: 0, took: 5_500 }),
		}),
	},
	{
		proves: 'kubelet-cert-unknown-ca',
		title: 'that its log knows of eleven seconds after its start',
		evidence: evidenceOf({
			...condition('MissingEndpoints', noAddresses),
			nodes: read([node('n1'), node('n2')]),
			endpoints: read([endpoint({ ready: false })]),
			'workload-pods': read([
				workloadPod({ ready: false, containers: [container({ ready: false, startedAt: now - seconds(11) })] }),
			]),
			log: log(untrusted('n1'), untrusted('n2')),
		}),
	},
	{
		proves: 'ms-not-ready-just-started',
		title: 'with one kubelet of two that cannot be scraped',
		also: { 'kubelet-cert-unknown-ca': 'That kubelet has no samples when the others have theirs.' },
		evidence: evidenceOf({
			...condition('MissingEndpoints', noAddresses),
			nodes: read([node('n1'), node('n2')]),
			endpoints: read([endpoint({ ready: false })]),
			'workload-pods': read([
				workloadPod({ ready: false, containers: [container({ ready: false, startedAt: now - seconds(11) })] }),
			]),
			log: log(untrusted('n2')),
		}),
	},
];
