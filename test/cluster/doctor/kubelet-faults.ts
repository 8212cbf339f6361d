/** Broken between metrics-server and the kubelet, or metrics-server itself. */
import { cluster, kubectl } from '../rig.ts';
import type { Fault } from './fault.ts';
import { type Behaviour, standInForKubelet } from './kubelet-stand-in.ts';
import { type Changes, deploy, namespace } from './metrics-server.ts';
import { nameServer } from './name-server.ts';

const role = 'system:metrics-server';
const nowhere = '127.100.0.53';

function deployed(changes: Changes): Pick<Fault, 'break' | 'mend'> {
	return { break: () => deploy(changes), mend: () => deploy() };
}

/** Another server in the kubelet's place, which metrics-server is sent to by its port. */
function standIn(behaviour: Behaviour): Pick<Fault, 'break' | 'mend'> {
	let server: Awaited<ReturnType<typeof standInForKubelet>> | undefined;
	return {
		async break() {
			server = await standInForKubelet(behaviour);
			await deploy({ flags: { 'kubelet-port': String(server.port) } });
		},
		async mend() {
			await server?.close();
			await deploy();
		},
	};
}

async function rulesOfNodes(resource: string): Promise<void> {
	const rules = [
		{ apiGroups: [''], resources: [resource], verbs: ['get'] },
		{ apiGroups: [''], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] },
	];
	await kubectl('patch', 'clusterrole', role, '--type=merge', '-p', JSON.stringify({ rules }));
}

function withoutNames(): Pick<Fault, 'break' | 'mend'> {
	let server: Awaited<ReturnType<typeof nameServer>> | undefined;
	return {
		async break() {
			server = await nameServer(nowhere);
			await deploy({ flags: { 'kubelet-preferred-address-types': 'Hostname' }, nameserver: nowhere });
		},
		async mend() {
			server?.close();
			await deploy();
		},
	};
}

export const kubeletFaults: readonly Fault[] = [
	{ title: 'metrics-server just started', finds: 'ms-not-ready-just-started', ...deployed({ flags: { v: '1' } }) },
	{
		title: 'never ready: its readiness probe asks for something else',
		finds: 'ms-readiness-probe-wrong',
		...deployed({ readinessPath: '/ready' }),
	},
	{
		title: 'kubelet certificate untrusted',
		finds: 'kubelet-cert-unknown-ca',
		...deployed({ flags: { 'kubelet-certificate-authority': '/keys/front-proxy-authority.crt' } }),
	},
	{
		title: 'kubelet certificate without IP SAN',
		finds: 'kubelet-cert-no-ip-san',
		...standIn({ names: 'DNS:node-a', status: 200 }),
	},
	{ title: 'kubelet 401', finds: 'kubelet-401', ...standIn({ status: 401 }) },
	{
		title: 'kubelet 403',
		finds: 'kubelet-403-metrics',
		async break() {
			await rulesOfNodes('nodes/stats');
			await deploy({ flags: { v: '0' } });
		},
		async mend() {
			await rulesOfNodes('nodes/metrics');
			await deploy();
		},
	},
	{
		title: 'kubelet refused',
		finds: 'kubelet-conn-refused-10250',
		...deployed({ flags: { 'kubelet-port': '10299' } }),
	},
	{ title: 'kubelet hanging', finds: 'kubelet-timeout, probably', ...standIn({ status: null }) },
	{
		title: 'wrong address type: the node has none of it',
		finds: 'node-no-address',
		...deployed({ flags: { 'kubelet-preferred-address-types': 'InternalDNS' } }),
	},
	{
		title: 'wrong address type: a name that DNS does not know',
		finds: 'kubelet-addr-hostname-dns',
		...withoutNames(),
	},
	{
		title: 'node NotReady, and metrics-server runs on it',
		finds: 'ms-node-not-ready',
		async break() {
			// What the fault before it changed is still on its way, and nothing comes of it without a kubelet.
			await kubectl('rollout', 'status', 'deployment', 'metrics-server', '-n', namespace, '--timeout=120s');
			await cluster('stop', 'kubelet');
		},
		mend: () => cluster('start', 'kubelet'),
	},
];
