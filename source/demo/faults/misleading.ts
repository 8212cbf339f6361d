/** Machines, clocks and programs that are not what metrics-server, or its reader, takes them for. */
import { apiTime } from '../formats/json.ts';
import { part } from '../formats/table.ts';
import {
	adaptMetricsServer,
	brokenNode,
	editObjects,
	editSpec,
	isMetricsApiService,
	klog,
	textAnswer,
} from './changes.ts';
import type { Fault } from './fault.ts';
import { broken, editNode, scrapeFault, status } from './scrape.ts';
import { ofKubernetes } from './versions.ts';

/** What VirtualBox gives to every machine, for its way out. */
const natAddress = '10.0.2.15';
const lag = 10 * 60_000;
const hour = 3_600_000;

export const misleadingFaults: readonly Fault[] = [
	scrapeFault('node-address-wrong-nic', {
		failure: () => ({
			error: `Get "https://${natAddress}:10250/metrics/resource": dial tcp ${natAddress}:10250: connect: connection refused`,
		}),
		more: (behaviour) =>
			editObjects(behaviour, 'nodes', (object) =>
				[broken, 'worker-01'].includes(object.metadata.name)
					? {
							...object,
							status: {
								...part(object['status']),
								addresses: [
									{ type: 'InternalIP', address: natAddress },
									{ type: 'Hostname', address: object.metadata.name },
								],
							},
						}
					: object,
			),
	}),
	scrapeFault('ms-version-too-new-for-server', {
		release: '0.6.4',
		everywhere: true,
		failure: status('404 Not Found'),
		answer: textAnswer(404, '404 page not found\n'),
		more: (behaviour) => ofKubernetes(behaviour, 'v1.17.17', 'docker://19.3.15'),
	}),
	{
		name: 'kubelet-cert-rotated-pin',
		change(behaviour) {
			const kubelet = {
				certificate: { names: [broken], addresses: ['127.0.0.1'], from: -hour, until: 365 * 24 * hour },
				port: 0,
			};
			behaviour.reach.kubelet = kubelet;
			// All of loopback, so that nobody dials a stranger's machine: nothing listens at the others.
			behaviour.adaptNode.push((node, nodes) => ({
				...node,
				address: node.name === brokenNode({ nodes })?.name ? '127.0.0.1' : node.address.replace(/^10\.0\./, '127.1.'),
			}));
			scrapeFault('kubelet-cert-rotated-pin', {
				failure: ({ address }) => ({
					error: `Get "https://${address}:${kubelet.port}/metrics/resource": tls: failed to verify certificate: x509: certificate signed by unknown authority`,
				}),
				more: () =>
					editNode(behaviour, (before) => ({
						...before,
						daemonEndpoints: { kubeletEndpoint: { Port: kubelet.port } },
					})),
			}).change(behaviour);
		},
	},
	{
		name: 'cpu-over-100-percent',
		change(behaviour) {
			// Nearly all of the machine is kept for the system.
			editNode(behaviour, (before) => ({
				...before,
				allocatable: { ...part(before['allocatable']), cpu: '60m' },
			}));
		},
	},
	{
		name: 'metric-timestamp-stale',
		change(behaviour) {
			behaviour.samples.push((world) => {
				const node = brokenNode(world);
				return { ahead: (each) => (each === node ? -lag : 0) };
			});
		},
	},
	{
		name: 'out-of-order-points',
		change(behaviour) {
			behaviour.samples.push((world) => {
				const node = brokenNode(world);
				return { node: (each) => each === node };
			});
			behaviour.logs.push((world, now) => ({
				previous: false,
				lines: klog(now, 'I', 'node.go:57', [
					`"Found new node metrics point is older than stored previous , drop previous" node="${brokenNode(world)?.name ?? ''}" previousTimestamp="${apiTime(now + lag)}" timestamp="${apiTime(now)}"`,
				]),
			}));
		},
	},
	{
		name: 'apiservice-prometheus-adapter',
		change(behaviour) {
			adaptMetricsServer(behaviour, () => ({
				name: 'prometheus-adapter',
				labels: { 'app.kubernetes.io/name': 'prometheus-adapter' },
			}));
			behaviour.adapt.push((workload) =>
				workload.name === 'prometheus-adapter'
					? {
							...workload,
							containers: workload.containers.map((container) => ({
								...container,
								name: 'prometheus-adapter',
								image: 'registry.k8s.io/prometheus-adapter/prometheus-adapter:v0.12.0',
								args: [
									'--cert-dir=/var/run/serving-cert',
									'--config=/etc/adapter/config.yaml',
									'--prometheus-url=http://prometheus.obs.svc:9090/',
									'--secure-port=6443',
								],
							})),
						}
					: workload,
			);
			editSpec(behaviour, 'apiservices', isMetricsApiService, (spec) => ({
				...spec,
				service: { ...part(spec['service']), name: 'prometheus-adapter' },
			}));
			behaviour.samples.push((world) => {
				const node = brokenNode(world);
				return { node: (each) => each === node };
			});
			behaviour.logs.push((world, now) => ({
				previous: false,
				lines: klog(
					now,
					'E',
					'provider.go:284',
					[`missing CPU for node "${brokenNode(world)?.name ?? ''}", skipping`],
					6,
				),
			}));
		},
	},
];
