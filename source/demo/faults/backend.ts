/** The way from the API server to metrics-server: network, certificates of the front proxy, delegation. */
import { part } from '../formats/table.ts';
import type { Behaviour } from '../server/behaviour.ts';
import {
	badDiscovery,
	editObjects,
	klog,
	noDiscovery,
	notAvailable,
	removeObject,
	textAnswer,
	unreached,
} from './changes.ts';
import type { Fault } from './fault.ts';

const refused = 'dial tcp 10.96.71.18:443: connect: connection refused';
const authenticationMap = 'extension-apiserver-authentication';

/** metrics-server refuses the API server itself, and writes why. */
function refusesFront(behaviour: Behaviour, status: number, error: string): void {
	notAvailable(behaviour, 'FailedDiscoveryCheck', badDiscovery(status), true);
	if (error !== '') {
		behaviour.logs.push((_world, now) => ({
			previous: false,
			lines: klog(now, 'E', 'authentication.go:73', [`"Unable to authenticate the request" err="${error}"`], 8),
		}));
	}
}

function editAuthenticationMap(behaviour: Behaviour, change: (data: Record<string, string>) => void): void {
	editObjects(behaviour, 'configmaps', (object) => {
		if (object.metadata.name !== authenticationMap) return object;
		const data = { ...(part(object['data']) as Record<string, string>) };
		change(data);
		return { ...object, data };
	});
}

export const backendFaults: readonly Fault[] = [
	{
		name: 'ms-pod-not-listening',
		also: ['aggregator-stale'],
		change(behaviour) {
			notAvailable(behaviour, 'FailedDiscoveryCheck', noDiscovery(refused), true);
			behaviour.readiness = textAnswer(
				503,
				`error trying to reach service: ${refused.replace('10.96.71.18:443', '10.244.3.7:10250')}`,
			);
		},
	},
	{
		name: 'backend-dial-failed',
		change(behaviour) {
			// It has only just gone: the next check comes within half a minute.
			behaviour.metricsApi.answer = unreached(refused);
			behaviour.metricsApi.stale = true;
		},
	},
	{
		name: 'apiserver-no-clusterip-route',
		change(behaviour) {
			notAvailable(
				behaviour,
				'FailedDiscoveryCheck',
				noDiscovery(
					'net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
				),
				true,
			);
		},
	},
	{
		name: 'apiserver-proxy-env',
		change(behaviour) {
			notAvailable(behaviour, 'FailedDiscoveryCheck', noDiscovery('Forbidden'), true);
		},
	},
	{
		name: 'backend-plain-http',
		change(behaviour) {
			notAvailable(
				behaviour,
				'FailedDiscoveryCheck',
				noDiscovery('http: server gave HTTP response to HTTPS client'),
				true,
			);
		},
	},
	{
		name: 'backend-hang',
		change(behaviour) {
			behaviour.metricsApi.answer = 'hangs';
		},
	},
	{
		name: 'frontproxy-ca-mismatch',
		change(behaviour) {
			refusesFront(behaviour, 401, 'x509: certificate signed by unknown authority');
		},
	},
	{
		name: 'frontproxy-cn-not-allowed',
		change(behaviour) {
			refusesFront(behaviour, 401, 'x509: subject with cn=front-proxy-client is not in the allowed list: [aggregator]');
			editAuthenticationMap(behaviour, (data) => {
				data['requestheader-allowed-names'] = '["aggregator"]';
			});
		},
	},
	{
		name: 'frontproxy-same-ca-as-client',
		change(behaviour) {
			editAuthenticationMap(behaviour, (data) => {
				data['requestheader-client-ca-file'] = data['client-ca-file'] ?? '';
			});
		},
	},
	{
		name: 'aggregation-layer-not-configured',
		change(behaviour) {
			refusesFront(behaviour, 403, '');
			behaviour.logs.push((_world, now) => ({
				previous: false,
				lines: klog(now, 'W', 'authentication.go:368', [
					`Cluster doesn't provide requestheader-client-ca-file in configmap/${authenticationMap} in kube-system, so request-header client certificate authentication won't work.`,
				]),
			}));
			editAuthenticationMap(behaviour, (data) => {
				for (const name of Object.keys(data)) if (name.startsWith('requestheader-')) delete data[name];
			});
		},
	},
	{
		name: 'ms-missing-auth-delegator',
		change(behaviour) {
			behaviour.metricsApi.answer = 'no-delegation';
			behaviour.user = 'viewer';
			removeObject(behaviour, 'clusterrolebindings', 'metrics-server:system:auth-delegator');
		},
	},
];
