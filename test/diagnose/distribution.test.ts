import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type DistributionId, distributionOf } from '../../source/diagnose/distribution.ts';
import type { Evidence } from '../../source/diagnose/evidence/evidence.ts';
import { install } from '../../source/messages/en/doctor/install.ts';
import { evidenceOf, healthy, node, read } from './evidence.ts';

const { kubeconfig } = healthy;
const version = (gitVersion: string) => evidenceOf({ kubeconfig, version: read({ gitVersion, minor: 33 }) });
const nodes = (...more: Parameters<typeof node>[1][]) =>
	evidenceOf({ kubeconfig, version: healthy.version, nodes: read(more.map((one) => node('n1', one))) });
const label = (name: string) => nodes({}, { labels: { [name]: 'x' } });
const annotation = (name: string) => nodes({ annotations: { [name]: 'x' } });
const group = (name: string) =>
	evidenceOf({
		kubeconfig,
		discovery: read({ groups: ['apps', name], staleGroups: [], listed: false, freshness: '' }),
	});
const connection = (more: Partial<typeof kubeconfig.value>) =>
	kubeconfig.value === null ? evidenceOf({}) : evidenceOf({ kubeconfig: read({ ...kubeconfig.value, ...more }) });

/** How each shows itself, as its own tools and components write it. */
const shown: readonly (readonly [DistributionId | '', string, Evidence])[] = [
	['rke2', 'version', version('v1.33.4+rke2r1')],
	['k3s', 'version', version('v1.33.4+k3s1')],
	['k3s', 'the context of k3d', connection({ context: 'k3d-dev' })],
	['k3s', 'the context of Rancher Desktop', connection({ context: 'rancher-desktop' })],
	['k0s', 'version', version('v1.33.4+k0s')],
	['eks', 'version', version('v1.33.4-eks-99d6cc0')],
	['eks', 'labels', label('eks.amazonaws.com/nodegroup')],
	['eks', 'API group', group('vpcresources.k8s.aws')],
	['eks', 'address', connection({ server: 'https://ABC.gr7.eu-west-1.eks.amazonaws.com' })],
	['gke', 'version', version('v1.32.3-gke.1785003')],
	['gke', 'labels', label('cloud.google.com/gke-nodepool')],
	['gke', 'context', connection({ context: 'gke_project_europe-west1-b_main' })],
	['aks', 'labels', label('kubernetes.azure.com/cluster')],
	['aks', 'address', connection({ server: 'https://main-dns-1a2b.hcp.westeurope.azmk8s.io:443' })],
	['openshift', 'API group', group('config.openshift.io')],
	['openshift', 'labels', label('node.openshift.io/os_id')],
	['rke', 'annotations', annotation('rke.cattle.io/external-ip')],
	['minikube', 'labels', label('minikube.k8s.io/name')],
	['minikube', 'context', connection({ context: 'minikube' })],
	['microk8s', 'labels', label('microk8s.io/cluster')],
	['docker-desktop', 'node', nodes({ name: 'docker-desktop' })],
	[
		'docker-desktop',
		'node, where it runs kind',
		nodes({ name: 'desktop-control-plane', providerId: 'kind://docker/desktop/desktop-control-plane' }),
	],
	['kind', 'provider', nodes({ providerId: 'kind://docker/kind/kind-control-plane' })],
	['kind', 'context', connection({ context: 'kind-dev' })],
	['talos', 'system', nodes({ osImage: 'Talos (v1.11.1)' })],
	['kops', 'labels', label('kops.k8s.io/instancegroup')],
	['kubeadm', 'annotations', annotation('kubeadm.alpha.kubernetes.io/cri-socket')],
	[
		'kind',
		'provider, although kubeadm has made it',
		nodes({
			providerId: 'kind://docker/kind/kind-control-plane',
			annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'x' },
		}),
	],
	['', 'nothing', evidenceOf(healthy)],
];

describe('a distribution', () => {
	for (const [id, by, evidence] of shown) {
		test(`${id || 'that shows nothing'} is known by ${by}`, () => {
			assert.equal(distributionOf(evidence), id);
		});
	}

	test('is known by the one node that is asked for where nothing is registered', () => {
		const evidence = evidenceOf({
			'first-node': read([node('n1', { labels: { 'minikube.k8s.io/name': 'minikube' } })]),
		});
		assert.equal(distributionOf(evidence), 'minikube');
	});

	test('has its own way to metrics-server', () => {
		const ids = new Set(shown.map(([id]) => id));
		const general = JSON.stringify(install({}));
		const without = [...ids].filter((id) => id !== '' && JSON.stringify(install({ distribution: id })) === general);
		assert.deepEqual(without, []);
	});

	test('that brings its own is never told to install another', () => {
		for (const distribution of ['gke', 'aks', 'openshift', 'k3s', 'rke2', 'k0s']) {
			assert.doesNotMatch(JSON.stringify(install({ distribution })), /kubectl apply/, distribution);
		}
	});
});
