import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { causes } from '../../source/diagnose/causes.ts';
import { conclude } from '../../source/diagnose/conclude.ts';
import { probes } from '../../source/diagnose/probes.ts';
import {
	condition,
	deployment,
	evidenceOf,
	forbidden,
	healthy,
	log,
	node,
	read,
	samples,
	scrapeFailing,
} from './evidence.ts';

const found = (evidence: ReturnType<typeof evidenceOf>) => conclude(evidence, causes, probes);
const { 'metrics-nodes': _nodes, 'metrics-pods': _pods, pods: _list, ...beforeData } = healthy;

describe('what was seen and cannot be told apart', () => {
	/** Someone with the role view in one namespace, while metrics-server is down. */
	const ofNamespace = evidenceOf({
		kubeconfig: healthy.kubeconfig,
		version: healthy.version,
		discovery: healthy.discovery,
		'metrics-group': healthy['metrics-group'],
		'metrics-version': condition('', '')['metrics-version'],
		apiservice: forbidden(),
		service: forbidden(),
		endpoints: forbidden(),
		'workload-pods': forbidden(),
		deployments: forbidden(),
		nodes: forbidden(),
	});

	test('is one finding with all the causes that it can be, those that are met most first', () => {
		const [finding, ...others] = found(ofNamespace);
		assert.deepEqual(others, []);
		assert.equal(finding?.id, 'unavailable');
		assert.equal(finding?.certainty, 'open');
		assert.equal(finding?.candidates[0], 'apiservice-missing-endpoints');
		assert.ok(finding?.candidates.includes('apiservice-cabundle-wrong'));
		assert.ok(!finding?.candidates.includes('api-group-absent'), 'which the 200 of the group excludes');
	});

	test('names what would decide, with the right that is lacking', () => {
		const [finding] = found(ofNamespace);
		const decides = finding?.wouldDecide.find(({ probe }) => probe === 'apiservice');
		assert.equal(decides?.why, 'forbidden');
		assert.match(decides?.needs ?? '', /get apiservices/);
	});

	test('shrinks by whatever else is known: flags and rights of metrics-server that are in order', () => {
		const evidence = evidenceOf({
			...beforeData,
			'metrics-nodes': read(samples(['n1'])),
			'metrics-pods': healthy['metrics-pods'],
			pods: healthy.pods,
			log: forbidden(),
		});
		const [finding] = found(evidence);
		assert.equal(finding?.id, 'nodes-missing');
		assert.equal(finding?.candidates[0], 'kubelet-cert-no-ip-san');
		for (const excluded of [
			'kubelet-port-10255',
			'kubelet-403-metrics',
			'kubelet-403-stats',
			'fargate-scrapes-itself',
		]) {
			assert.ok(!finding?.candidates.includes(excluded), excluded);
		}
	});
});

describe('a cause that follows from another one', () => {
	test('is told with it, and is no finding of its own', () => {
		const refused = `"Failed to scrape node" err="request failed, status: \\"401 Unauthorized\\"" node="n1"`;
		const evidence = evidenceOf({
			...condition('MissingEndpoints', 'endpointslices for service/metrics-server in "kube-system" have no addresses'),
			nodes: read([node('n1')]),
			endpoints: read([]),
			log: log(refused),
		});
		const findings = found(evidence);
		assert.deepEqual(
			findings.map(({ id }) => id),
			['kubelet-401'],
		);
		assert.deepEqual(findings[0]?.consequences, ['apiservice-missing-endpoints']);
	});
});

describe('a proved symptom of a cause that is only likely', () => {
	test('is told with that cause, and does not stand in its place', () => {
		const silent = `"Failed to scrape node, timeout to access kubelet" err="context deadline exceeded" node="n1"`;
		const evidence = evidenceOf({
			...condition('MissingEndpoints', 'endpointslices for service/metrics-server in "kube-system" have no addresses'),
			nodes: read([node('n1')]),
			endpoints: read([]),
			log: log(silent),
			kubelets: forbidden(),
		});
		const findings = found(evidence);
		assert.deepEqual(
			findings.map(({ certainty, id }) => [id, certainty]),
			[['kubelet-timeout', 'likely']],
		);
		assert.deepEqual(findings[0]?.consequences, ['apiservice-missing-endpoints']);
		assert.deepEqual(findings[0]?.candidates.slice(0, 1), ['kubelet-slow']);
	});
});

describe('a proved symptom whose reason may not be seen', () => {
	const unseen = evidenceOf({
		...condition('MissingEndpoints', 'endpointslices for service/metrics-server in "kube-system" have no addresses'),
		service: forbidden(),
		endpoints: forbidden(),
		'workload-pods': forbidden(),
		deployments: forbidden(),
		events: forbidden(),
		log: forbidden(),
	});

	test('says what can be behind it, and which right would tell', () => {
		const [finding, ...others] = found(unseen);
		assert.deepEqual(others, []);
		assert.equal(finding?.id, 'apiservice-missing-endpoints');
		assert.equal(finding?.certainty, 'proved');
		for (const id of ['ms-replicas-zero', 'ms-oomkilled', 'service-selector-mismatch', 'kubelet-cert-no-ip-san']) {
			assert.ok(finding?.candidates.includes(id), id);
		}
		assert.ok(!finding?.candidates.includes('apiservice-stale-after-uninstall'), 'which another reason would say');
		assert.match(finding?.wouldDecide.find(({ probe }) => probe === 'workload-pods')?.needs ?? '', /list pods/);
	});

	test('and nothing of the kind once the reason is proved', () => {
		const evidence = { ...unseen, answers: { ...unseen.answers, ...evidenceOf({ service: healthy.service }).answers } };
		const scaledDown = {
			...evidence,
			answers: { ...evidence.answers, 'workload-pods': read([]), deployments: read([deployment({ replicas: 0 })]) },
		};
		const [finding, ...others] = found(scaledDown);
		assert.deepEqual(others, []);
		assert.equal(finding?.id, 'ms-replicas-zero');
		assert.deepEqual(finding?.candidates, []);
	});
});

describe('several nodes with a reason each', () => {
	test('have a finding each, and one that has its sample back has none', () => {
		const line = (status: string, name: string) =>
			`"Failed to scrape node" err="request failed, status: \\"${status}\\"" node="${name}"`;
		const evidence = evidenceOf({
			...scrapeFailing(line('401 Unauthorized', 'n2'), line('404 Not Found', 'n3'), line('401 Unauthorized', 'n1')),
			nodes: read([node('n1'), node('n2'), node('n3')]),
		});
		assert.deepEqual(
			found(evidence).map(({ id, subjects }) => [id, ...subjects]),
			[
				['kubelet-401', 'node/n2'],
				['kubelet-404-resource', 'node/n3'],
			],
		);
	});
});
