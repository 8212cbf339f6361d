/** Autoscalers that cannot count: what is wrong is in their own words, as the controller manager writes them. */
import { apply, kubectl, nodeName } from '../rig.ts';
import { type Fault, without } from './fault.ts';

const name = 'scaled';
const namespace = 'web';
const labels = { app: name };
const patient = { words: [`hpa/${name}`, '-n', namespace] };

function template(requests: object): object {
	const container = { name: 'app', image: 'localhost/load:1', imagePullPolicy: 'Never', resources: { requests } };
	return {
		metadata: { labels },
		spec: {
			nodeName,
			hostNetwork: true,
			automountServiceAccountToken: false,
			terminationGracePeriodSeconds: 1,
			containers: [{ ...container, args: ['burn', '1', '1', '600', '4'] }],
		},
	};
}

function deployment(requests: object): object {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: { name, namespace },
		spec: { replicas: 1, selector: { matchLabels: labels }, template: template(requests) },
	};
}

const half = { type: 'Utilization', averageUtilization: 50 };

function autoscaler(metric: object): object {
	return {
		apiVersion: 'autoscaling/v2',
		kind: 'HorizontalPodAutoscaler',
		metadata: { name, namespace },
		spec: {
			minReplicas: 1,
			maxReplicas: 2,
			scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
			metrics: [metric],
		},
	};
}

const ofCpu = autoscaler({ type: 'Resource', resource: { name: 'cpu', target: half } });

async function remove(): Promise<void> {
	for (const kind of ['hpa', 'deployment', 'pod']) {
		await kubectl('delete', kind, name, '-n', namespace, '--ignore-not-found');
	}
}

const requested = { cpu: '100m' };

/** A Deployment and its autoscaler that are there only for this. */
function scaled(scaler: object, requests: object = requested, ...others: readonly object[]) {
	return { patient, break: () => apply(deployment(requests), ...others, scaler), mend: remove };
}

/** A pod of nobody that the Deployment's selector selects too. */
const stranger = { apiVersion: 'v1', kind: 'Pod', ...template({}), metadata: { name, namespace, labels } };

const registration = without('apiservice', 'v1beta1.metrics.k8s.io');

export const autoscalerFaults: readonly Fault[] = [
	{ title: 'an autoscaler of pods without a request', finds: 'hpa-missing-request', ...scaled(ofCpu, {}) },
	{
		title: 'an autoscaler whose selector selects a pod of nobody, without a request',
		finds: 'hpa-selector-overlap',
		...scaled(ofCpu, requested, stranger),
	},
	{
		title: 'an autoscaler that counts a container which is not there',
		finds: 'hpa-container-missing',
		...scaled(
			autoscaler({
				type: 'ContainerResource',
				containerResource: { name: 'cpu', container: 'sidecar', target: half },
			}),
		),
	},
	{
		title: 'an autoscaler of a metric that nobody serves',
		finds: 'hpa-custom-missing',
		...scaled(
			autoscaler({
				type: 'Pods',
				pods: { metric: { name: 'requests_per_second' }, target: { type: 'AverageValue', averageValue: '10' } },
			}),
		),
	},
	{
		title: 'an autoscaler without a metrics API',
		finds: 'api-group-absent',
		patient,
		async break() {
			await apply(deployment(requested), ofCpu);
			await registration.break();
		},
		async mend() {
			await registration.mend();
			await remove();
		},
	},
];
