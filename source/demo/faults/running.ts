/** metrics-server runs, and is not what the cluster around it expects: port, probe, proxy, release, clock. */
import { type ApiObject, apiMicroTime } from '../formats/json.ts';
import { part } from '../formats/table.ts';
import type { Behaviour } from '../server/behaviour.ts';
import {
	adaptContainer,
	adaptMetricsServer,
	badDiscovery,
	brokenNode,
	editObjects,
	klog,
	notAvailable,
	startLines,
} from './changes.ts';
import type { Fault } from './fault.ts';
import { inOrder, realNodes } from './scrape.ts';
import { ofRelease, scrapeLines } from './versions.ts';
import { failingProbe, hasNoMetrics, neverReady, noReadyPod, refusedAt, withFlag } from './workload-changes.ts';

function withEnvironment(behaviour: Behaviour, environment: Readonly<Record<string, string>>): void {
	adaptContainer(behaviour, () => ({ environment }));
}

/** A lease that its node renewed by a clock that is ahead. */
function later(object: ApiObject, ahead: number): ApiObject {
	const spec = part(object['spec']);
	return { ...object, spec: { ...spec, renewTime: apiMicroTime(Date.parse(String(spec['renewTime'])) + ahead) } };
}

export const runningFaults: readonly Fault[] = [
	{
		name: 'ms-port-mismatch',
		change(behaviour) {
			noReadyPod(behaviour);
			adaptContainer(behaviour, ({ args = [], probes }) => ({
				args: withFlag('--secure-port=4443')(args),
				probes: failingProbe(failingProbe(probes, 'readiness', refusedAt('/readyz')), 'liveness', refusedAt('/livez')),
				fate: { kind: 'loops', after: 31, backOff: 300, reason: 'Completed', exitCode: 0 },
				readyAfter: 60,
			}));
			for (const previous of [false, true]) {
				behaviour.logs.push((_world, now) => ({ previous, lines: startLines(now, 4443) }));
			}
		},
	},
	{
		name: 'ms-readiness-probe-wrong',
		change(behaviour) {
			neverReady(behaviour);
			adaptContainer(behaviour, ({ probes = [] }) => ({
				probes: failingProbe(
					probes.map((probe) => (probe.kind === 'readiness' ? { ...probe, path: '/ready' } : probe)),
					'readiness',
					() => 'HTTP probe failed with statuscode: 404',
				),
			}));
		},
	},
	{
		name: 'ms-not-ready-just-started',
		change(behaviour) {
			noReadyPod(behaviour);
			// Somebody restarts it all the time; of two one is always there.
			adaptMetricsServer(behaviour, () => ({
				replicas: 2,
				kept: true,
				comings: { kind: 'turnover', every: 40 },
			}));
			adaptContainer(behaviour, () => ({ readyAfter: 45 }));
			behaviour.logs.push((_world, now) => ({ previous: false, lines: startLines(now) }));
		},
	},
	{
		name: 'ms-pod-proxy-env',
		change(behaviour) {
			hasNoMetrics(behaviour);
			withEnvironment(behaviour, {
				HTTPS_PROXY: 'http://10.20.0.8:3128',
				NO_PROXY: '10.96.0.0/12,.svc,.cluster.local',
			});
			const error = 'proxyconnect tcp: dial tcp 10.20.0.8:3128: connect: connection refused';
			behaviour.logs.push((world, now) => ({
				previous: false,
				lines: inOrder(
					realNodes(world).flatMap((node) =>
						scrapeLines(
							'0.9.0',
							node,
							{ error: `Get "https://${node.address}:10250/metrics/resource": ${error}` },
							now,
							10,
						),
					),
				),
			}));
		},
	},
	{
		name: 'ms-version-too-old-for-server',
		change(behaviour) {
			ofRelease(behaviour, '0.3.6');
			notAvailable(behaviour, 'FailedDiscoveryCheck', badDiscovery(500), true);
			// It asks by an interface that the API server has not had since 1.22, even on behalf of administrators.
			const error = 'the server could not find the requested resource';
			behaviour.logs.push((_world, now) => ({
				previous: false,
				lines: [
					...klog(now, 'E', 'webhook.go:196', [`Failed to make webhook authorizer request: ${error}`], 8),
					...klog(now, 'E', 'errors.go:77', [error], 8),
				],
			}));
		},
	},
	{
		name: 'ms-clock-skew',
		change(behaviour) {
			// One machine's clock is well ahead: its kubelet's readings come from the future.
			const ahead = 23 * 60_000;
			behaviour.samples.push((world) => {
				const node = brokenNode(world);
				return { ahead: (each) => (each === node ? ahead : 0) };
			});
			editObjects(behaviour, 'leases', (object, world) =>
				object.metadata.name === brokenNode(world)?.name ? later(object, ahead) : object,
			);
		},
	},
];
