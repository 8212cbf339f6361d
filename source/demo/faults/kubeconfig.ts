/** A kubeconfig that cannot be used: nothing is asked of any server. */
import { base64 } from '../kubeconfig.ts';
import type { Fault } from './fault.ts';
import { byCertificate, currentUser, editCluster, editKubeconfig, onTheWay, replaceUser } from './reach-changes.ts';

export const kubeconfigFaults: readonly Fault[] = [
	// The demo always names its kubeconfig: one with nothing in it is the same to kubectl as none.
	onTheWay('kubeconfig-absent', (reach) => {
		reach.text.push(() => '');
	}),
	onTheWay('kubeconfig-path-missing', (reach) => {
		reach.withoutFile = true;
	}),
	onTheWay('kubeconfig-unparsable', (reach) => {
		reach.text.push((text) => text.slice(0, text.length / 2));
	}),
	onTheWay('kubeconfig-no-current-context', (reach) => {
		editKubeconfig(reach, () => ({ 'current-context': '' }));
	}),
	onTheWay('kubeconfig-context-missing', (reach) => {
		editKubeconfig(reach, () => ({ 'current-context': 'whytop-demo-of-yesterday' }));
	}),
	onTheWay('kubeconfig-cluster-missing', (reach) => {
		editKubeconfig(reach, ({ clusters }) => ({
			clusters: clusters.map(({ cluster }) => ({ name: 'whytop-demo-renamed', cluster })),
		}));
	}),
	onTheWay('kubeconfig-user-missing', (reach) => {
		editKubeconfig(reach, (config) => ({ users: config.users.filter(({ name }) => name !== currentUser(config)) }));
	}),
	// As minikube writes it, copied to another machine.
	onTheWay('kubeconfig-file-ref-missing', (reach) => {
		editCluster(reach, () => ({
			'certificate-authority': '.minikube/ca.crt',
			'certificate-authority-data': undefined,
		}));
		replaceUser(reach, () => ({
			'client-certificate': '.minikube/profiles/demo/client.crt',
			'client-key': '.minikube/profiles/demo/client.key',
		}));
	}),
	// In base64 twice.
	onTheWay('kubeconfig-ca-garbage', (reach) => {
		editCluster(reach, ({ authority }) => ({
			'certificate-authority-data': base64(base64(authority.certificate)),
		}));
	}),
	// The certificate was renewed, and the key is the old one.
	onTheWay('kubeconfig-client-certificate-unusable', (reach) => {
		replaceUser(reach, (means) => ({
			...byCertificate(means, { from: -1, until: 364 }),
			'client-key-data': byCertificate(means, { from: -366, until: -1 })['client-key-data'] ?? '',
		}));
	}),
	onTheWay('kubeconfig-flag-conflict', (reach) => {
		editCluster(reach, ({ authority }) => ({
			'certificate-authority-data': base64(authority.certificate),
			'insecure-skip-tls-verify': true,
		}));
	}),
];
