/**
 * metrics-server as a pod of the cluster, with the probes of its own manifest and with the EndpointSlices that the
 * controller makes: a probe that fails takes its endpoint away, its log can be read, and its flags can be seen.
 */
import { dirname } from 'node:path';
import { apply, cluster, kubectl, kubectlProgram, nodeName, stateFolder } from '../rig.ts';

export const namespace = 'kube-system';
const name = 'metrics-server';
const labels = { 'k8s-app': name };
const port = 443;
/** The ClusterIP of its Service, on which it listens by itself: there is no kube-proxy. */
const address = '127.100.0.50';
/** Of an address that is reserved for documentation, because EndpointSlices hold no loopback ones; it is never dialled. */
const unreachable = '192.0.2.10';
const keys = '/keys';
const configuration = '/configuration';

const commonFlags: Readonly<Record<string, string>> = {
	kubeconfig: `${configuration}/metrics-server.kubeconfig`,
	'authentication-kubeconfig': `${configuration}/metrics-server.kubeconfig`,
	'authorization-kubeconfig': `${configuration}/metrics-server.kubeconfig`,
	'bind-address': address,
	'secure-port': String(port),
	'tls-cert-file': `${keys}/metrics-server.crt`,
	'tls-private-key-file': `${keys}/metrics-server.key`,
	'kubelet-certificate-authority': `${keys}/cluster-authority.crt`,
	'kubelet-preferred-address-types': 'ExternalIP',
	'metric-resolution': '15s',
};

export interface Changes {
	/** An empty one is left out. */
	flags?: Readonly<Record<string, string>>;
	readinessPath?: string;
	image?: string;
	replicas?: number;
	nameserver?: string;
}

function deployment({
	flags,
	image = 'localhost/load:1',
	nameserver,
	readinessPath = '/readyz',
	replicas = 1,
}: Changes) {
	const args = Object.entries({ ...commonFlags, ...flags }).flatMap(([flag, value]) =>
		value === '' ? [] : [`--${flag}=${value}`],
	);
	const probe = (path: string) => ({ host: address, path, port, scheme: 'HTTPS' });
	const folder = (volume: string, path: string) => ({ name: volume, hostPath: { path, type: 'Directory' } });
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: { name, namespace, labels },
		spec: {
			replicas,
			selector: { matchLabels: labels },
			// Two cannot listen on one address.
			strategy: { type: 'Recreate' },
			template: {
				metadata: { labels },
				spec: {
					nodeName,
					hostNetwork: true,
					automountServiceAccountToken: false,
					serviceAccountName: name,
					terminationGracePeriodSeconds: 2,
					tolerations: [{ operator: 'Exists' }],
					...(nameserver === undefined ? {} : { dnsPolicy: 'None', dnsConfig: { nameservers: [nameserver] } }),
					containers: [
						{
							name,
							image,
							imagePullPolicy: 'Never',
							command: ['/programs/metrics-server'],
							args,
							// None is named: the kubelet would refuse the pod while one before it still ends (NodePorts).
							ports: [],
							readinessProbe: { httpGet: probe(readinessPath), periodSeconds: 2, failureThreshold: 3 },
							livenessProbe: { httpGet: probe('/livez'), periodSeconds: 10, failureThreshold: 3 },
							resources: { requests: { cpu: '10m', memory: '32Mi' } },
							volumeMounts: ['programs', 'keys', 'configuration'].map((volume) => ({
								name: volume,
								mountPath: `/${volume}`,
								readOnly: true,
							})),
						},
					],
					volumes: [
						folder('programs', dirname(kubectlProgram)),
						folder('keys', `${stateFolder}/keys`),
						folder('configuration', `${stateFolder}/configuration`),
					],
				},
			},
		},
	};
}

/** Runs it so; a pod that runs otherwise ends first. */
export async function deploy(changes: Changes = {}): Promise<void> {
	await apply(deployment(changes));
}

async function nodeAddresses(...addresses: readonly (readonly [type: string, address: string])[]): Promise<void> {
	const status = { addresses: addresses.map(([type, its]) => ({ type, address: its })) };
	await kubectl('patch', 'node', nodeName, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status }));
}

export async function patchService(patch: object): Promise<void> {
	await kubectl('patch', 'service', name, '-n', namespace, '--type=merge', '-p', JSON.stringify(patch));
}

/** Those of the controller, and those that it mirrors from an older Endpoints, which outlives the Service's selector. */
export async function removeEndpointSlices(): Promise<void> {
	await kubectl('delete', 'endpoints', name, '-n', namespace, '--ignore-not-found');
	await kubectl('delete', 'endpointslices', '-n', namespace, '-l', `kubernetes.io/service-name=${name}`, '--wait');
}

export const service = {
	apiVersion: 'v1',
	kind: 'Service',
	metadata: { name, namespace, labels },
	spec: {
		clusterIP: address,
		selector: labels,
		ports: [{ name: 'https', port, protocol: 'TCP', targetPort: port }],
	},
};

export function endpointSlice(portName: string): object {
	return {
		apiVersion: 'discovery.k8s.io/v1',
		kind: 'EndpointSlice',
		metadata: { name: 'metrics-server-by-hand', namespace, labels: { 'kubernetes.io/service-name': name } },
		addressType: 'IPv4',
		ports: [{ name: portName, port, protocol: 'TCP' }],
		endpoints: [{ addresses: [unreachable], conditions: { ready: true } }],
	};
}

export async function intoPod(): Promise<void> {
	await cluster('stop', 'metrics-server');
	await nodeAddresses(['InternalIP', unreachable], ['ExternalIP', '127.0.0.1'], ['Hostname', nodeName]);
	await removeEndpointSlices();
	await apply(service);
	await deploy();
}

/** As `cluster up` made it. */
export async function outOfPod(): Promise<void> {
	await kubectl('delete', 'deployment', name, '-n', namespace, '--ignore-not-found', '--cascade=foreground');
	await nodeAddresses(['InternalIP', '127.0.0.1'], ['Hostname', nodeName]);
	await kubectl('delete', 'service', name, '-n', namespace, '--ignore-not-found');
	await removeEndpointSlices();
	await cluster('start', 'metrics-server');
}
