/** What several faults do to metrics-server as a workload, each in the words of the real components. */
import type { ProbeTemplate } from '../model/workload.ts';
import type { Behaviour, Release } from '../server/behaviour.ts';
import { adaptContainer, adaptMetricsServer, klog, notAvailable, textAnswer } from './changes.ts';
import type { Fault, FaultName } from './fault.ts';
import { endpointsWord } from './versions.ts';

export function noReadyPod(behaviour: Behaviour): void {
	notAvailable(
		behaviour,
		'MissingEndpoints',
		`${endpointsWord(behaviour)} for service/metrics-server in "kube-system" have no addresses with port name "https"`,
		true,
	);
}

/** Flags of its own that 0.9 lists when it ends before it serves; those of the API server's library follow. */
const usage = [
	'Usage:',
	'   [flags]',
	'',
	'Metrics server flags:',
	'',
	'      --kubeconfig string            The path to the kubeconfig used to connect to the Kubernetes API server and the Kubelets (defaults to in-cluster config)',
	'      --metric-resolution duration   The resolution at which metrics-server will retain metrics, must set value at least 10s. (default 1m0s)',
	'      --version                      Show version',
	'',
];

/** What 0.9 writes when it ends with this error before it serves. */
export function endingLines(error: string): string[] {
	return [
		`Error: ${error}`,
		...usage,
		`panic: ${error}`,
		'',
		'goroutine 1 [running]:',
		'main.main()',
		'\tsigs.k8s.io/metrics-server/cmd/metrics-server/metrics-server.go:37 +0x88',
	];
}

interface CrashOptions {
	args?: (args: readonly string[]) => readonly string[];
	/** Lines before the error with which it ends. */
	before?: (now: number) => readonly string[];
	/** Seconds until it ends: at once, unless it waits for something. */
	after?: number;
	more?: (behaviour: Behaviour) => void;
}

/** It ends before it serves, again and again. */
export function crashes(
	name: FaultName,
	error: string,
	{ after = 2, args, before = () => [], more }: CrashOptions = {},
): Fault {
	return {
		name,
		change(behaviour) {
			noReadyPod(behaviour);
			adaptContainer(behaviour, (container) => ({
				// As a panic of Go ends.
				fate: { kind: 'loops', after, backOff: 300, reason: 'Error', exitCode: 2 },
				...(args ? { args: args(container.args ?? []) } : {}),
			}));
			for (const previous of [false, true]) {
				behaviour.logs.push((_world, now) => ({ previous, lines: [...before(now), ...endingLines(error)] }));
			}
			more?.(behaviour);
		},
	};
}

export function withFlag(flag: string): (args: readonly string[]) => readonly string[] {
	const [name = ''] = flag.split('=');
	return (args) => [...args.filter((arg) => !arg.startsWith(`${name}=`)), flag];
}

export function unschedulable(name: FaultName, reason: string): Fault {
	return {
		name,
		change(behaviour) {
			noReadyPod(behaviour);
			adaptMetricsServer(behaviour, () => ({ unschedulable: reason }));
		},
	};
}

/** Its image cannot be had. */
export function noImage(name: FaultName, image: string, message: string): Fault {
	return {
		name,
		change(behaviour) {
			noReadyPod(behaviour);
			adaptContainer(behaviour, () => ({ image, fate: { kind: 'no-image', message } }));
		},
	};
}

/** As containerd says it of an image that its registry does not have. */
export function notFoundImage(image: string): string {
	return `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`;
}

/** The kubelet's check of this kind fails, and so says why. @param why in its words, by the address of the pod */
export function failingProbe(
	probes: readonly ProbeTemplate[] = [],
	kind: ProbeTemplate['kind'],
	why: (address: string) => string,
): ProbeTemplate[] {
	return probes.map((probe) => (probe.kind === kind ? { ...probe, failure: why } : probe));
}

/** Nothing listens at the port that its manifest names, in the kubelet's words. */
export const refusedAt =
	(path: string) =>
	(address: string): string =>
		`Get "https://${address}:10250${path}": dial tcp ${address}:10250: connect: connection refused`;

/** Seconds that nobody lives to see. */
const never = 1e10;

/** It runs and is never ready. */
export function neverReady(behaviour: Behaviour): void {
	noReadyPod(behaviour);
	adaptContainer(behaviour, () => ({ readyAfter: never }));
}

/** How it says that it has nothing, and where. */
const emptyStore = {
	'0.2.1': undefined,
	'0.3.6': undefined,
	'0.5.2': { source: 'server.go:188', error: 'not metrics to serve' },
	'0.6.4': { source: 'server.go:188', error: 'no metrics to serve' },
	'0.9.0': { source: 'server.go:192', error: 'no metrics to serve' },
} as const satisfies Record<Release, { source: string; error: string } | undefined>;

/** It runs and has samples of no kubelet. Before 0.4 it counts as ready all the same, and answers with empty lists. */
export function hasNoMetrics(behaviour: Behaviour, release: Release = '0.9.0'): void {
	behaviour.metricsEmpty = true;
	const words = emptyStore[release];
	if (!words) return;
	neverReady(behaviour);
	adaptContainer(behaviour, ({ probes }) => ({
		probes: failingProbe(probes, 'readiness', () => 'HTTP probe failed with statuscode: 500'),
	}));
	behaviour.readiness = textAnswer(
		500,
		'[+]ping ok\n[+]log ok\n[+]poststarthook/max-in-flight-filter ok\n[-]metric-storage-ready failed: reason withheld\n[+]metric-informer-sync ok\n[+]metadata-informer-sync ok\n[+]shutdown ok\nreadyz check failed\n',
	);
	behaviour.logs.push((_world, now) => ({
		previous: false,
		lines: klog(now, 'I', words.source, [`"Failed probe" probe="metric-storage-ready" err="${words.error}"`], 20),
	}));
}
