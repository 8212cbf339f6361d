/** Broken between the API server and metrics-server: the APIService, the Service, the endpoints, the certificates. */
import { readFile } from 'node:fs/promises';
import { apply, cluster, kubectl, stateFolder } from '../rig.ts';
import { type Fault, patched, without } from './fault.ts';
import { deploy, endpointSlice, namespace, patchService, removeEndpointSlices, service } from './metrics-server.ts';

const apiService = 'v1beta1.metrics.k8s.io';

async function authority(name: string): Promise<string> {
	return (await readFile(`${stateFolder}/keys/${name}.crt`)).toString('base64');
}

async function patchApiService(spec: object): Promise<void> {
	await kubectl('patch', 'apiservice', apiService, '--type=merge', '-p', JSON.stringify({ spec }));
}

const authReader = without('rolebinding', 'metrics-server-auth-reader', namespace);

/** While metrics-server is a process beside the cluster, with an endpoint that nobody takes away. */
export const processFaults: readonly Fault[] = [
	{
		title: 'metrics-server stopped, its endpoint still there',
		finds: 'ms-pod-not-listening, probably',
		break: () => cluster('stop', 'metrics-server'),
		mend: () => cluster('start', 'metrics-server'),
	},
	{
		title: 'node NotReady',
		finds: 'node-not-ready',
		break: () => cluster('stop', 'kubelet'),
		mend: () => cluster('start', 'kubelet'),
	},
];

export const registrationFaults: readonly Fault[] = [
	{ title: 'no APIService', finds: 'api-group-absent', ...without('apiservice', apiService) },
	{
		title: 'the Service gone',
		finds: 'apiservice-service-gone',
		...without('service', 'metrics-server', namespace),
	},
	{
		title: 'the Service in another namespace',
		finds: 'apiservice-wrong-namespace',
		...patched(
			'apiservice',
			apiService,
			{ spec: { service: { namespace: 'default' } } },
			{ spec: { service: { namespace } } },
		),
	},
	{
		title: 'no endpoints: no replicas',
		finds: 'ms-replicas-zero',
		break: () => deploy({ replicas: 0 }),
		mend: () => deploy(),
	},
	{
		title: 'no endpoints: the selector selects nothing',
		finds: 'service-selector-mismatch',
		break: () => patchService({ spec: { selector: { 'k8s-app': 'metrics' } } }),
		mend: () => patchService({ spec: { selector: service.spec.selector } }),
	},
	{
		title: 'wrong port name',
		finds: 'service-port-name-mismatch',
		async break() {
			await patchService({ spec: { selector: null } });
			await removeEndpointSlices();
			await apply(endpointSlice('metrics'));
		},
		async mend() {
			await removeEndpointSlices();
			await patchService({ spec: { selector: service.spec.selector } });
		},
	},
	{
		title: 'wrong port',
		finds: 'apiservice-port-mismatch',
		...patched('apiservice', apiService, { spec: { service: { port: 4443 } } }, { spec: { service: { port: 443 } } }),
	},
	{
		title: 'wrong caBundle',
		finds: 'apiservice-cabundle-wrong',
		break: async () => patchApiService({ caBundle: await authority('front-proxy-authority') }),
		mend: async () => patchApiService({ caBundle: await authority('cluster-authority') }),
	},
	{
		title: 'no caBundle',
		finds: 'apiservice-cabundle-missing',
		break: () => patchApiService({ caBundle: null }),
		mend: async () => patchApiService({ caBundle: await authority('cluster-authority') }),
	},
	{
		title: 'missing auth-delegator, for who is not in system:masters',
		finds: 'ms-missing-auth-delegator',
		patient: { user: 'token-file' },
		...without('clusterrolebinding', 'metrics-server:system:auth-delegator'),
	},
	{
		title: 'requestheader: the certificate of another authority',
		finds: 'frontproxy-ca-mismatch',
		break: () => deploy({ flags: { 'requestheader-client-ca-file': '/keys/cluster-authority.crt' } }),
		mend: () => deploy(),
	},
	{
		title: 'requestheader: a name that is not allowed',
		finds: 'frontproxy-cn-not-allowed',
		break: () =>
			deploy({
				flags: {
					'requestheader-client-ca-file': '/keys/front-proxy-authority.crt',
					'requestheader-allowed-names': 'aggregator',
				},
			}),
		mend: () => deploy(),
	},
	{
		title: 'missing auth-reader',
		finds: 'ms-cannot-read-auth-configmap',
		async break() {
			await authReader.break();
			await kubectl('delete', 'pod', '-n', namespace, '-l', 'k8s-app=metrics-server', '--wait');
		},
		mend: () => authReader.mend(),
	},
];
