/** metrics-server ends before it serves, or is ended by its kubelet, and its last lines say why. */
import { adaptContainer, adaptMetricsServer, klog, removeObject } from './changes.ts';
import type { Fault } from './fault.ts';
import { crashes, failingProbe, noReadyPod, withFlag } from './workload-changes.ts';

const account = 'system:serviceaccount:kube-system:metrics-server';
const authenticationMap = 'unable to load configmap based request-header-client-ca-file';
const selfSigned = (now: number): string[] =>
	klog(now, 'I', 'serving.go:405', ['Generated self-signed cert (/tmp/apiserver.crt, /tmp/apiserver.key)']);

export const crashFaults: readonly Fault[] = [
	crashes(
		'ms-crash-bind-permission',
		'failed to create listener: failed to listen on 0.0.0.0:443: listen tcp 0.0.0.0:443: bind: permission denied',
		{ args: withFlag('--secure-port=443'), before: selfSigned },
	),
	crashes(
		'ms-port-conflict-hostnetwork',
		'failed to create listener: failed to listen on 0.0.0.0:10250: listen tcp 0.0.0.0:10250: bind: address already in use',
		{ before: selfSigned, more: (behaviour) => adaptMetricsServer(behaviour, () => ({ hostNetwork: true })) },
	),
	crashes(
		'ms-readonly-fs',
		'error creating self-signed certificates: mkdir apiserver.local.config: read-only file system',
		{ args: (args) => args.filter((arg) => !arg.startsWith('--cert-dir')) },
	),
	crashes('ms-unknown-flag', 'unknown flag: --source', {
		args: (args) => [...args, '--source=kubernetes.summary_api'],
	}),
	crashes(
		'ms-resolution-too-small',
		'metric-resolution should be a time duration at least 10s, but value 5s provided',
		{
			args: withFlag('--metric-resolution=5s'),
		},
	),
	crashes(
		'ms-resolution-vs-timeout',
		'metric-resolution should be larger than kubelet-request-timeout, but metric-resolution value 10s kubelet-request-timeout value 10s provided',
		{ args: withFlag('--metric-resolution=10s') },
	),
	crashes('ms-flag-conflict', 'cannot use both --kubelet-certificate-authority and --kubelet-insecure-tls', {
		args: (args) => [...args, '--kubelet-insecure-tls', '--kubelet-certificate-authority=/ca/kubelet.crt'],
	}),
	crashes(
		'ms-cannot-read-auth-configmap',
		`${authenticationMap}: configmaps "extension-apiserver-authentication" is forbidden: User "${account}" cannot get resource "configmaps" in API group "" in the namespace "kube-system"`,
		{
			before: (now) => [
				...selfSigned(now),
				...klog(now, 'W', 'requestheader_controller.go:204', [
					"Unable to get configmap/extension-apiserver-authentication in kube-system.  Usually fixed by 'kubectl create rolebinding -n kube-system ROLEBINDING_NAME --role=extension-apiserver-authentication-reader --serviceaccount=YOUR_NS:YOUR_SA'",
				]),
			],
			more: (behaviour) => removeObject(behaviour, 'rolebindings', 'metrics-server-auth-reader'),
		},
	),
	crashes(
		'ms-cannot-reach-apiserver',
		`${authenticationMap}: Get "https://10.96.0.1:443/api/v1/namespaces/kube-system/configmaps/extension-apiserver-authentication": dial tcp 10.96.0.1:443: i/o timeout`,
		{ after: 31, before: selfSigned },
	),
	crashes(
		'ms-token-mount-missing',
		'failed to get delegated authentication kubeconfig: failed to get delegated authentication kubeconfig: open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory',
		{ before: selfSigned, more: (behaviour) => adaptMetricsServer(behaviour, () => ({ withoutToken: true })) },
	),
	{
		name: 'ms-liveness-killed',
		change(behaviour) {
			noReadyPod(behaviour);
			adaptContainer(behaviour, ({ probes }) => ({
				// So little that one round of scrapes does not get done before the next is due.
				limits: { cpu: 10 },
				fate: { kind: 'loops', after: 95, backOff: 300, reason: 'Completed', exitCode: 0 },
				readyAfter: 100,
				probes: failingProbe(probes, 'liveness', () => 'HTTP probe failed with statuscode: 500'),
			}));
			const late = (duration: string): string =>
				`"Failed probe" probe="metric-collection-timely" err="metric collection didn't finish on time" duration="${duration}" maxDuration="22.5s"`;
			behaviour.logs.push((_world, now) => ({
				previous: true,
				lines: klog(now, 'I', 'server.go:180', ['24.310482611s', '34.310617348s', '44.310559023s'].map(late)),
			}));
		},
	},
];
