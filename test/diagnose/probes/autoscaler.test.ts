import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { causes } from '../../../source/diagnose/causes.ts';
import { conclude } from '../../../source/diagnose/conclude.ts';
import type { ProbeContext } from '../../../source/diagnose/probe.ts';
import { autoscaledPodsProbe } from '../../../source/diagnose/probes/autoscaled-pods.ts';
import { autoscalerProbe } from '../../../source/diagnose/probes/autoscaler.ts';
import { probes } from '../../../source/diagnose/probes.ts';
import type { KubeClient } from '../../../source/kube/client.ts';
import { KubeError } from '../../../source/kube/errors.ts';
import { evidenceOf, healthy } from '../evidence.ts';

const patient = { kind: 'hpa', namespace: 'web', name: 'api' } as const;

/** As the controller of Kubernetes 1.33 leaves it where a sidecar has no request. */
const autoscaler = {
	apiVersion: 'autoscaling/v2',
	kind: 'HorizontalPodAutoscaler',
	metadata: { name: 'api', namespace: 'web' },
	spec: {
		scaleTargetRef: { kind: 'Deployment', name: 'api', apiVersion: 'apps/v1' },
		minReplicas: 1,
		maxReplicas: 3,
		metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } }],
	},
	status: {
		currentReplicas: 1,
		desiredReplicas: 0,
		currentMetrics: null,
		conditions: [
			{ type: 'AbleToScale', status: 'True', reason: 'SucceededGetScale', message: 'able to get the scale' },
			{
				type: 'ScalingActive',
				status: 'False',
				reason: 'FailedGetResourceMetric',
				message:
					'the HPA was unable to compute the replica count: failed to get cpu utilization: missing request for cpu in container proxy of Pod api-5d7f9c6b8-x2k4p',
			},
		],
	},
};

const pod = {
	metadata: {
		name: 'api-5d7f9c6b8-x2k4p',
		ownerReferences: [{ kind: 'ReplicaSet', name: 'api-5d7f9c6b8', controller: true }],
	},
	spec: {
		initContainers: [
			{ name: 'migrate' },
			{ name: 'logs', restartPolicy: 'Always', resources: { requests: { cpu: '10m' } } },
		],
		containers: [
			{ name: 'app', resources: { limits: { cpu: '1', memory: '128Mi' } } },
			{ name: 'proxy', resources: { requests: { memory: '32Mi' } } },
		],
	},
	status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
};

/** A server that knows these paths; what else it is asked, it does not know as a version or as an object. */
function serving(answers: Readonly<Record<string, unknown>>, absent: string) {
	const asked: string[] = [];
	const client = {
		async read(path: string) {
			asked.push(path);
			if (!Object.hasOwn(answers, path)) {
				throw new KubeError('status', absent, { status: 404, body: absent });
			}
			return { body: Buffer.from(JSON.stringify(answers[path])), contentType: 'application/json', headers: {} };
		},
	};
	const context: ProbeContext = {
		reach: async () => client as unknown as KubeClient,
		signal: new AbortController().signal,
	};
	return { asked, context };
}

const path = (version: string) => `/apis/autoscaling/${version}/namespaces/web/horizontalpodautoscalers/api`;
const evidence = evidenceOf(healthy, { patient, namespace: 'web' });

describe('the autoscaler that was asked about', () => {
	test('is read with the pods that it counts, and the doctor says why it does not', async () => {
		const { asked, context } = serving(
			{
				[path('v2')]: autoscaler,
				'/apis/apps/v1/namespaces/web/deployments/api/scale': { status: { selector: 'app=api' } },
				'/api/v1/namespaces/web/pods': { items: [pod] },
			},
			'404 page not found',
		);
		const answer = await autoscalerProbe.ask(context, evidence);
		const known = { ...evidence, answers: { ...evidence.answers, autoscaler: answer } };
		assert.ok(autoscaledPodsProbe.when(known));
		const pods = await autoscaledPodsProbe.ask(context, known);
		assert.match(pods.request, /labelSelector=app=api$/);
		assert.equal(asked.length, 3);
		const [finding, ...others] = conclude(
			{ ...known, answers: { ...known.answers, 'autoscaled-pods': pods } },
			causes,
			probes,
		);
		assert.deepEqual(others, []);
		assert.equal(finding?.id, 'hpa-missing-request');
		assert.equal(finding.subject, 'hpa/web/api');
		// A limit stands for a request, and a container that has ended before needs none.
		assert.equal(finding.facts['container'], 'proxy');
	});

	test('is asked for by its beta where the server knows no other', async () => {
		const { asked, context } = serving({ [path('v2beta2')]: autoscaler }, '404 page not found');
		assert.equal((await autoscalerProbe.ask(context, evidence)).value?.target, 'Deployment/api');
		assert.deepEqual(asked, [path('v2'), path('v2beta2')]);
	});

	test('is asked for once where there is none', async () => {
		const absent = 'horizontalpodautoscalers.autoscaling "api" not found';
		const { asked, context } = serving({}, absent);
		const answer = await autoscalerProbe.ask(context, evidence);
		assert.equal(answer.status, 404);
		assert.deepEqual(asked, [path('v2')]);
	});

	test('is not asked for by whoever asks for something else', () => {
		assert.equal(autoscalerProbe.when(evidenceOf(healthy)), false);
	});

	test('has no pods that can be found where its target is of a kind of somebody else', async () => {
		const reference = { kind: 'Rollout', name: 'api', apiVersion: 'argoproj.io/v1alpha1' };
		const other = { ...autoscaler, spec: { ...autoscaler.spec, scaleTargetRef: reference } };
		const { context } = serving({ [path('v2')]: other }, '404 page not found');
		const answer = await autoscalerProbe.ask(context, evidence);
		const known = { ...evidence, answers: { ...evidence.answers, autoscaler: answer } };
		assert.equal(autoscaledPodsProbe.when(known), false);
		assert.deepEqual(
			conclude(known, causes, probes).map(({ certainty, id }) => `${certainty} ${id}`),
			['proved hpa-missing-request'],
		);
	});
});
