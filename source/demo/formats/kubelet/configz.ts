/** What a kubelet says of its own configuration (`/configz`), as far as kubeadm sets it. */
import type { JsonObject } from '../json.ts';

export interface KubeletSettings {
	/** Feature gates that are not as they are by default. */
	featureGates: Readonly<Record<string, boolean>>;
}

export function configz({ featureGates }: KubeletSettings): JsonObject {
	return {
		kubeletconfig: {
			kind: 'KubeletConfiguration',
			apiVersion: 'kubelet.config.k8s.io/v1beta1',
			enableServer: true,
			staticPodPath: '/etc/kubernetes/manifests',
			syncFrequency: '1m0s',
			fileCheckFrequency: '20s',
			address: '0.0.0.0',
			port: 10_250,
			rotateCertificates: true,
			authentication: {
				x509: { clientCAFile: '/etc/kubernetes/pki/ca.crt' },
				webhook: { enabled: true, cacheTTL: '2m0s' },
				anonymous: { enabled: false },
			},
			authorization: {
				mode: 'Webhook',
				webhook: { cacheAuthorizedTTL: '5m0s', cacheUnauthorizedTTL: '30s' },
			},
			healthzPort: 10_248,
			healthzBindAddress: '127.0.0.1',
			clusterDomain: 'cluster.local',
			clusterDNS: ['10.96.0.10'],
			nodeStatusUpdateFrequency: '10s',
			nodeStatusReportFrequency: '5m0s',
			cgroupDriver: 'systemd',
			cgroupsPerQOS: true,
			maxPods: 110,
			...(Object.keys(featureGates).length === 0 ? {} : { featureGates }),
			containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
		},
	};
}
