import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { causes } from '../../source/diagnose/causes.ts';
import { conclude } from '../../source/diagnose/conclude.ts';
import { probes } from '../../source/diagnose/probes.ts';
import {
	condition,
	container,
	deployment,
	endpoint,
	evidenceOf,
	forbidden,
	healthy,
	log,
	node,
	now,
	read,
	samples,
	scrapeFailing,
	workloadPod,
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

describe('a kubelet that this machine has asked', () => {
	const facts = {
		node: 'n2',
		address: '10.0.0.6',
		port: 10250,
		code: '',
		took: 1,
		handshake: {
			endpoint: '10.0.0.6:10250',
			chain: [
				{ subject: 'CN=n2', issuer: 'CN=kubernetes', names: ['DNS:n2'], from: now - 1_000, until: now + 1_000_000 },
			],
			code: 'ERR_TLS_CERT_ALTNAME_INVALID',
			protocol: 'TLSv1.3',
			took: 3,
		},
		asPodsJudge: true,
		status: 401,
		words: 'Unauthorized',
		readOnlyCode: 'ECONNREFUSED',
		readOnlyTook: 1,
	};
	const asked = (...kubelets: readonly (typeof facts)[]) =>
		found(evidenceOf({ ...scrapeFailing(), log: forbidden(), 'kubelet-ports': read(kubelets) }));

	test('shows one certificate to whoever asks: what else could be wrong with it is no candidate any more', () => {
		const [finding, ...others] = asked(facts);
		assert.deepEqual(others, []);
		assert.deepEqual([finding?.id, finding?.certainty], ['kubelet-cert-no-ip-san', 'likely']);
		for (const id of [
			'kubelet-cert-unknown-ca',
			'kubelet-cert-name',
			'kubelet-cert-expired',
			'kubelet-serving-csr-pending',
		]) {
			assert.ok(!finding?.candidates.includes(id), id);
		}
		assert.ok(finding?.candidates.includes('kubelet-timeout'), 'which a pod can have and this machine not');
	});

	test('and answers as it should is no answer to why metrics-server gets none', () => {
		const { handshake } = facts;
		const sound = {
			...handshake,
			code: '',
			chain: handshake.chain.map((one) => ({ ...one, names: ['IP Address:10.0.0.6'] })),
		};
		const [finding] = asked({ ...facts, handshake: sound });
		assert.equal(finding?.id, 'nodes-missing');
		assert.ok(!finding?.candidates.includes('kubelet-cert-no-ip-san'));
		assert.ok(finding?.candidates.includes('kubelet-401'));
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

	test('and nothing of the kind while it is expected to pass by itself', () => {
		const started = now - 10_000;
		const young = workloadPod({
			ready: false,
			startedAt: started,
			createdAt: started,
			containers: [container({ ready: false, startedAt: started })],
		});
		const evidence = evidenceOf({
			...condition('MissingEndpoints', 'endpointslices for service/metrics-server in "kube-system" have no addresses'),
			endpoints: read([endpoint({ ready: false })]),
			'workload-pods': read([young]),
		});
		const [finding, ...others] = found(evidence);
		assert.deepEqual(others, []);
		assert.equal(finding?.id, 'ms-not-ready-just-started');
		assert.deepEqual(finding?.candidates, []);
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
