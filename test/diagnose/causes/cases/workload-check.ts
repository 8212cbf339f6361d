/** Evidence of a metrics-server that is asked, or asks, in the wrong way. */
import type { ContainerFacts } from '../../../../source/diagnose/evidence/objects.ts';
import {
	condition,
	container,
	endpoint,
	evidenceOf,
	log,
	node,
	now,
	read,
	refused,
	seconds,
	workloadPod,
} from '../../evidence.ts';
import type { Case } from '../case.ts';

type Answers = Parameters<typeof evidenceOf>[0];

/** It runs and the kubelet does not find it ready. */
function unready(facts: Partial<ContainerFacts>, more: Answers = {}) {
	return evidenceOf({
		...condition(
			'MissingEndpoints',
			'endpointslices for service/metrics-server in "kube-system" have no addresses with port name "https"',
		),
		endpoints: read([endpoint({ ready: false })]),
		readiness: refused(503, 'no endpoints available for service "metrics-server"'),
		'workload-pods': read([workloadPod({ ready: false, containers: [container({ ready: false, ...facts })] })]),
		...more,
	});
}

const probeFails = (why: string) =>
	read([
		{
			about: 'Pod/metrics-server-1',
			type: 'Warning',
			reason: 'Unhealthy',
			message: `Readiness probe failed: ${why}`,
			count: 12,
			at: now - seconds(8),
		},
	]);
const isReady = read({ ready: true, failing: [] });
const check = (change: Partial<NonNullable<ContainerFacts['readinessCheck']>>) => ({
	readinessCheck: { path: '/readyz', port: 'https', scheme: 'HTTPS', ...change },
});

export const workloadCheckCases: readonly Case[] = [
	{
		proves: 'ms-readiness-probe-wrong',
		evidence: unready(check({ path: '/ready' }), {
			events: probeFails('HTTP probe failed with statuscode: 404'),
			readiness: isReady,
		}),
	},
	{
		proves: 'ms-readiness-probe-wrong',
		title: 'eleven seconds after its start',
		evidence: unready(
			{ ...check({ path: '/ready' }), startedAt: now - seconds(11) },
			{ events: probeFails('HTTP probe failed with statuscode: 404') },
		),
	},
	{
		proves: 'ms-readiness-probe-wrong',
		title: 'without TLS',
		evidence: unready(check({ scheme: 'HTTP' }), { events: probeFails('HTTP probe failed with statuscode: 400') }),
	},
	{
		proves: 'ms-readiness-probe-wrong',
		title: 'at the port of an older manifest, which its Service does not lead to',
		evidence: unready(check({ port: '4443' }), {
			events: probeFails('Get "https://10.244.1.7:4443/readyz": dial tcp 10.244.1.7:4443: connect: connection refused'),
		}),
	},
	{
		proves: 'ms-readiness-probe-wrong',
		title: 'the check of a newer manifest with an image of 0.3',
		evidence: unready(
			{ image: 'k8s.gcr.io/metrics-server-amd64:v0.3.6' },
			{
				version: read({ gitVersion: 'v1.21.14', minor: 21 }),
				events: probeFails('HTTP probe failed with statuscode: 404'),
			},
		),
	},
	{
		proves: 'ms-readiness-probe-wrong',
		title: 'where neither the kubelet nor it itself says so',
		certainty: 'likely',
		evidence: unready(check({ path: '/ready' })),
	},
	{
		proves: 'ms-pod-proxy-env',
		title: 'whose proxy refuses',
		evidence: unready(
			{ environment: ['HTTPS_PROXY', 'NO_PROXY'] },
			{
				nodes: read([node('n1')]),
				log: log(
					'E1128 11:59:50.600000       1 scraper.go:149] "Failed to scrape node" err="Get \\"https://10.0.0.5:10250/metrics/resource\\": Forbidden" node="n1"',
				),
			},
		),
	},
	{
		proves: 'ms-clock-skew',
		title: 'so that it cannot even begin',
		evidence: unready(
			{ state: 'waiting', reason: 'CrashLoopBackOff', restarts: 7, lastReason: 'Error', lastExitCode: 2 },
			{
				log: log(),
				'previous-log': log(
					'panic: unable to load configmap based request-header-client-ca-file: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time 2026-01-01T00:12:31Z is before 2026-05-02T09:14:00Z',
				),
			},
		),
	},
];
