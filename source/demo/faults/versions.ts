/** Older releases of Kubernetes and of metrics-server: what they are called, and the words in which they write. */
import type { NodeModel } from '../model/node.ts';
import { kubernetesVersion, minorOf } from '../model/node.ts';
import type { ContainerTemplate } from '../model/workload.ts';
import type { Behaviour, Release } from '../server/behaviour.ts';
import { adaptContainer, adaptMetricsServer, klog } from './changes.ts';

/** The whole cluster is of this version, with the container runtime of its time. */
export function ofKubernetes(behaviour: Behaviour, version: string, runtime = 'containerd://1.4.13'): void {
	behaviour.kubernetes = version;
	behaviour.adaptNode.push((node) => (node.role === 'virtual' ? node : { ...node, kubelet: version, runtime }));
	behaviour.adapt.push((workload) => ({
		...workload,
		containers: workload.containers.map((container) => ({
			...container,
			image: container.image.replace(`:${kubernetesVersion}`, `:${version}`),
		})),
	}));
}

/** What the aggregator calls the objects that it looks for addresses in. */
export function endpointsWord({ kubernetes }: Pick<Behaviour, 'kubernetes'>): 'endpoints' | 'endpointslices' {
	return minorOf(kubernetes) >= 34 ? 'endpointslices' : 'endpoints';
}

/** What its released manifest says of the container. */
type Manifest = Pick<ContainerTemplate, 'image' | 'port' | 'readyAfter'> &
	Partial<Pick<ContainerTemplate, 'args' | 'command' | 'portName'>>;

const preferredAddresses = '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname';
const since04 = ['--cert-dir=/tmp', '--secure-port=4443', preferredAddresses, '--kubelet-use-node-status-port'];

/** By release, as in the components.yaml of each tag. Those before 0.4 have no probes, and so are ready at once. */
const manifests = {
	'0.2.1': {
		image: 'gcr.io/google_containers/metrics-server-amd64:v0.2.1',
		command: ['/metrics-server', "--source=kubernetes.summary_api:''"],
		port: 443,
		readyAfter: 1,
	},
	'0.3.6': { image: 'k8s.gcr.io/metrics-server-amd64:v0.3.6', port: 443, readyAfter: 1 },
	'0.5.2': {
		image: 'k8s.gcr.io/metrics-server/metrics-server:v0.5.2',
		args: [...since04, '--metric-resolution=15s'],
		port: 4443,
		portName: 'https',
		readyAfter: 20,
	},
	'0.6.4': {
		image: 'registry.k8s.io/metrics-server/metrics-server:v0.6.4',
		args: [...since04, '--metric-resolution=15s'],
		port: 4443,
		portName: 'https',
		readyAfter: 20,
	},
} as const satisfies Record<Exclude<Release, '0.9.0'>, Manifest>;

export type OldRelease = keyof typeof manifests;

/** metrics-server is of that release. */
export function ofRelease(behaviour: Behaviour, release: OldRelease): void {
	const manifest: Manifest = manifests[release];
	behaviour.release = release;
	adaptContainer(behaviour, ({ args: _, portName: __, probes, ...rest }) => ({
		...rest,
		args: undefined,
		portName: undefined,
		...manifest,
		probes: manifest.portName === undefined ? [] : probes,
	}));
	if (manifest.portName === undefined) adaptMetricsServer(behaviour, () => ({ priorityClass: undefined }));
}

/** Why a scrape failed: the kubelet's answer, or the error of Go's client. */
export type Failure = { status: string; body: string } | { error: string };

/** What it asks kubelets for. */
export function scrapePath(release: Release): string {
	return Number(release.split('.')[1]) >= 6 ? '/metrics/resource' : '/stats/summary?only_cpu_and_memory=true';
}

/** As Go's %q. */
const quoted = (text: string): string => JSON.stringify(text);

/** The line of one failed scrape, in the words of that release. @param now ms since 1970 */
export function scrapeLines(release: Release, node: NodeModel, failure: Failure, now: number, times = 20): string[] {
	const structured = (source: string, error: string): string[] =>
		klog(now, 'E', source, [`"Failed to scrape node" err=${quoted(error)} node="${node.name}"`], times);
	if (release === '0.3.6' || release === '0.2.1') {
		const reason =
			'error' in failure
				? failure.error
				: `request failed - ${quoted(failure.status)}, response: ${quoted(failure.body)}`;
		const source = `unable to fetch metrics from Kubelet ${node.name} (${node.address}): ${reason}`;
		const text = `unable to fully collect metrics: unable to fully scrape metrics from source kubelet_summary:${node.name}: ${source}`;
		return klog(now, 'E', 'manager.go:111', [text], times);
	}
	if (release === '0.5.2') {
		const url = `https://${node.address}:10250${scrapePath(release)}`;
		const answered = 'status' in failure ? `GET ${quoted(url)}: bad status code ${quoted(failure.status)}` : '';
		return structured('scraper.go:139', 'error' in failure ? failure.error : answered);
	}
	const error = 'error' in failure ? failure.error : `request failed, status: ${quoted(failure.status)}`;
	if (release === '0.9.0' && error.endsWith('context deadline exceeded')) {
		const text = `"Failed to scrape node, timeout to access kubelet" err=${quoted(error)} node="${node.name}" timeout="10s"`;
		return klog(now, 'E', 'scraper.go:147', [text], times);
	}
	return structured(release === '0.9.0' ? 'scraper.go:149' : 'scraper.go:140', error);
}
