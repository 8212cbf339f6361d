import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { causes } from '../../source/diagnose/causes.ts';
import { conclude } from '../../source/diagnose/conclude.ts';
import type { Patient } from '../../source/diagnose/evidence/evidence.ts';
import type { ListedPod } from '../../source/diagnose/evidence/objects.ts';
import { probes } from '../../source/diagnose/probes.ts';
import { evidenceOf, forbidden, healthy, listedContainer, listedPod, now, read, samples } from './evidence.ts';

/** Someone with the role view in one namespace, where the metrics API answers. */
function ofNamespace(
	pods: readonly ListedPod[],
	sampled: readonly string[],
	more: { patient?: Patient; age?: number } = {},
) {
	const old = new Map(
		[...samples(sampled, 'web').samples].map(([name, sample]) => [
			name,
			{ ...sample, timestamp: sample.timestamp - (more.age ?? 0) },
		]),
	);
	return evidenceOf(
		{
			kubeconfig: healthy.kubeconfig,
			version: healthy.version,
			discovery: healthy.discovery,
			'metrics-group': healthy['metrics-group'],
			'metrics-version': healthy['metrics-version'],
			'metrics-nodes': forbidden('nodes.metrics.k8s.io is forbidden: User "jane" cannot list resource "nodes"'),
			nodes: forbidden(),
			'metrics-pods': read({ namespace: 'web', samples: old }),
			pods: read(pods),
			apiservice: forbidden(),
			services: forbidden(),
			service: forbidden(),
			endpoints: forbidden(),
			'workload-pods': forbidden(),
			deployments: forbidden(),
			events: forbidden(),
		},
		{ namespace: 'web', ...(more.patient ? { patient: more.patient } : {}) },
	);
}

const found = (evidence: ReturnType<typeof ofNamespace>) =>
	conclude(evidence, causes, probes).filter(({ severity }) => severity !== 'info');

const twoContainers = { containers: [listedContainer('app'), listedContainer('sidecar')] };

describe('for who may view one namespace', () => {
	test('a node of which no pod has a sample may be one that is not scraped', () => {
		const pods = [listedPod('web', 'api', { node: 'n2', ...twoContainers }), listedPod('web', 'db')];
		const [finding, ...others] = found(ofNamespace(pods, ['web/db']));
		assert.deepEqual(others, []);
		assert.deepEqual([finding?.id, finding?.certainty, finding?.subjects], ['nodes-silent', 'open', ['pod/web/api']]);
		for (const id of ['kubelet-401', 'node-not-ready', 'node-cpu-zero', 'one-container-lacks-sample']) {
			assert.ok(finding?.candidates.includes(id), id);
		}
		assert.ok(!finding?.candidates.includes('api-group-absent'));
		const decides = finding?.wouldDecide.find(({ probe }) => probe === 'metrics-nodes');
		assert.match(decides?.needs ?? '', /list nodes in metrics\.k8s\.io/);
	});

	test('whatever can be wrong with a node or its kubelet may be the reason', () => {
		const evidence = ofNamespace([listedPod('web', 'api', { node: 'n2' }), listedPod('web', 'db')], ['web/db']);
		const excluded = causes
			.filter(({ explains }) => explains.includes('nodes-missing'))
			.filter((cause) => cause.judge(evidence).verdict === 'ruled-out')
			.map(({ id }) => id);
		assert.deepEqual(excluded, [
			// The name of the node says that it is none of Fargate's.
			'fargate-scrapes-itself',
			// The server is too new for it.
			'ms-version-too-new-for-server',
			// A pod that is old enough to have a sample runs on a node that is.
			'node-too-young',
		]);
	});

	test('a pod beside one that has a sample is left out by itself', () => {
		const pods = [listedPod('web', 'api', twoContainers), listedPod('web', 'db')];
		const [finding] = found(ofNamespace(pods, ['web/db']));
		assert.deepEqual([finding?.id, finding?.certainty], ['one-container-lacks-sample', 'likely']);
		assert.ok(!finding?.candidates.includes('kubelet-401'));
	});

	test('samples of all pods that are old tell that nothing is renewed, and why a late pod has none', () => {
		const late = listedPod('web', 'late', { containers: [listedContainer('app', { startedAt: now - 300_000 })] });
		const pods = [listedPod('web', 'db'), late];
		const findings = found(ofNamespace(pods, ['web/db'], { age: 600_000 }));
		assert.deepEqual(
			findings.map(({ certainty, id, subjects }) => [certainty, id, subjects]),
			[['proved', 'stale-sample', ['pod/web/db', 'pod/web/late']]],
		);
	});

	test('nothing is wrong with the metrics of nodes, unless they are asked about', () => {
		const pods = [listedPod('web', 'db')];
		assert.deepEqual(found(ofNamespace(pods, ['web/db'])), []);
		const [finding] = found(ofNamespace(pods, ['web/db'], { patient: { kind: 'node', name: 'n1' } }));
		assert.deepEqual([finding?.id, finding?.severity], ['rbac-metrics-nodes', 'error']);
	});
});
