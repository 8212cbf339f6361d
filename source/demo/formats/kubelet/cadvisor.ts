/** `GET /metrics/cadvisor` of a kubelet: a row for each cgroup that it watches, each series by itself. */
import type { CadvisorSample } from '../../model/cadvisor.ts';
import { quotaPeriod } from '../../model/counters.ts';
import { memoryTotal, type NodeModel } from '../../model/node.ts';
import { hexadecimal, makeUid } from '../../model/random.ts';
import { type Labels, PrometheusText, type Series } from '../prometheus-text.ts';

/** What Kubernetes 1.36 starts a sandbox with. */
export const pauseImage = 'registry.k8s.io/pause:3.10.1';

function series(type: Series['type'], name: string, help: string): Series {
	return { type, name, help };
}

const counter = (name: string, help: string): Series => series('counter', name, help);
const gauge = (name: string, help: string): Series => series('gauge', name, help);

interface Row {
	series: Series;
	/** undefined: it has no such series. */
	value: (sample: CadvisorSample) => number | undefined;
	labels?: Labels;
}

const seconds = (microseconds: number): number => (microseconds * 1000) / 1e9;

/** The kernel counts these two in its ticks on cgroup v1. */
function part(sample: CadvisorSample, version: 1 | 2, which: 'user' | 'system'): number {
	const time = sample.processor[which];
	return version === 1 ? Math.floor(time / 10_000) / 100 : seconds(time);
}

const stalled = 'no tasks in the container could make progress due to';
const waited = 'tasks in the container have waited due to';

const pressureRows: readonly Row[] = (
	[
		['cpu', 'CPU'],
		['io', 'IO'],
		['memory', 'memory'],
	] as const
).flatMap(([of, name]): Row[] => [
	{
		series: counter(
			`container_pressure_${of}_stalled_seconds_total`,
			`Total time duration ${stalled} ${name} congestion.`,
		),
		value: ({ pressure }) => pressure[of].full.total / 1e6,
	},
	{
		series: counter(
			`container_pressure_${of}_waiting_seconds_total`,
			`Total time duration ${waited} ${name} congestion.`,
		),
		value: ({ pressure }) => pressure[of].some.total / 1e6,
	},
]);

const failures = counter('container_memory_failures_total', 'Cumulative count of memory allocation failures.');

/** Series with the time of the reading. */
function sampledRows(version: 1 | 2): readonly Row[] {
	return [
		{
			series: counter('container_cpu_cfs_burst_periods_total', 'Number of periods when burst occurs.'),
			value: ({ processor }) => processor.limit && 0,
		},
		{
			series: counter('container_cpu_cfs_burst_seconds_total', 'Total time duration the container has been bursted.'),
			value: ({ processor }) => processor.limit && 0,
		},
		{
			series: counter('container_cpu_cfs_periods_total', 'Number of elapsed enforcement period intervals.'),
			value: ({ processor }) => processor.limit?.periods,
		},
		{
			series: counter('container_cpu_cfs_throttled_periods_total', 'Number of throttled period intervals.'),
			value: ({ processor }) => processor.limit?.throttled,
		},
		{
			series: counter(
				'container_cpu_cfs_throttled_seconds_total',
				'Total time duration the container has been throttled.',
			),
			value: ({ processor }) => processor.limit && seconds(processor.limit.throttledTime),
		},
		{
			series: gauge('container_cpu_load_average_10s', 'Value of container cpu load average over the last 10 seconds.'),
			value: () => 0,
		},
		{
			series: gauge(
				'container_cpu_load_d_average_10s',
				'Value of container cpu load.d average over the last 10 seconds.',
			),
			value: () => 0,
		},
		{
			series: counter('container_cpu_system_seconds_total', 'Cumulative system cpu time consumed in seconds.'),
			value: (sample) => part(sample, version, 'system'),
		},
		{
			series: counter('container_cpu_usage_seconds_total', 'Cumulative cpu time consumed in seconds.'),
			value: ({ processor }) => seconds(processor.total),
			labels: { cpu: 'total' },
		},
		{
			series: counter('container_cpu_user_seconds_total', 'Cumulative user cpu time consumed in seconds.'),
			value: (sample) => part(sample, version, 'user'),
		},
		{
			series: gauge('container_memory_cache', 'Number of bytes of page cache memory.'),
			value: ({ memory }) => memory.file,
		},
		{
			series: counter('container_memory_failcnt', 'Number of memory usage hits limits'),
			value: (sample) => sample.failures,
		},
		...(['container', 'hierarchy'] as const).flatMap((scope): Row[] => [
			{ series: failures, value: ({ memory }) => memory.faults, labels: { failure_type: 'pgfault', scope } },
			{ series: failures, value: () => 0, labels: { failure_type: 'pgmajfault', scope } },
		]),
		{
			series: gauge('container_memory_kernel_usage', 'Size of kernel memory allocated in bytes.'),
			value: (sample) => sample.kernel,
		},
		{
			series: gauge('container_memory_mapped_file', 'Size of memory mapped files in bytes.'),
			value: ({ memory }) => memory.mapped,
		},
		{
			series: gauge('container_memory_max_usage_bytes', 'Maximum memory usage recorded in bytes'),
			value: ({ memory }) => memory.peak,
		},
		{
			series: gauge('container_memory_rss', 'Size of RSS in bytes.'),
			value: ({ memory }) => memory.anonymous,
		},
		{ series: gauge('container_memory_swap', 'Container swap usage in bytes.'), value: () => 0 },
		{
			series: gauge('container_memory_total_active_file_bytes', 'Current total active file in bytes.'),
			value: ({ memory }) => memory.activeFile,
		},
		{
			series: gauge('container_memory_total_inactive_file_bytes', 'Current total inactive file in bytes.'),
			value: ({ memory }) => memory.inactiveFile,
		},
		{
			series: gauge(
				'container_memory_usage_bytes',
				'Current memory usage in bytes, including all memory regardless of when it was accessed',
			),
			value: ({ memory }) => memory.usage,
		},
		{
			series: gauge('container_memory_working_set_bytes', 'Current working set in bytes.'),
			value: ({ workingSet }) => workingSet,
		},
		{
			series: counter('container_oom_events_total', 'Count of out of memory events observed for the container'),
			value: () => 0,
		},
		...(version === 2 ? pressureRows : []),
	];
}

const sharesPerCore = 1024;

/** Series of what was set, which have no time. */
function settingRows(node: NodeModel): readonly Row[] {
	return [
		{
			series: gauge('container_spec_cpu_period', 'CPU period of the container.'),
			value: () => quotaPeriod,
		},
		{
			series: gauge('container_spec_cpu_quota', 'CPU quota of the container.'),
			value: ({ processor }) => processor.limit?.quota,
		},
		{
			series: gauge('container_spec_cpu_shares', 'CPU share of the container.'),
			value: ({ group }) =>
				group.kind === 'root' || group.role !== ''
					? sharesPerCore
					: Math.max(2, Math.floor((group.requested * sharesPerCore) / 1000)),
		},
		{
			series: gauge('container_spec_memory_limit_bytes', 'Memory limit for the container.'),
			value: ({ group, memory }) => (group.kind === 'root' ? memoryTotal(node) * 1024 : memory.limit || 0),
		},
		{
			series: gauge('container_spec_memory_reservation_limit_bytes', 'Memory reservation limit for the container.'),
			value: () => 0,
		},
		{
			series: gauge('container_spec_memory_swap_limit_bytes', 'Memory swap limit for the container.'),
			// Without swap: on v1 the limit of memory and swap together, on v2 that of swap alone.
			value: ({ group, memory }) => (node.cgroupVersion === 1 && group.kind === 'container' ? memory.limit || 0 : 0),
		},
		{
			series: gauge('container_start_time_seconds', 'Start time of the container since unix epoch in seconds.'),
			value: ({ group }) => Math.floor(group.startedAt / 1000),
		},
	];
}

const lastSeen = gauge('container_last_seen', 'Last time a container was seen by the exporter');

function rowLabels({ group }: CadvisorSample): Labels {
	const { id, kind, path, pod, template } = group;
	const inPod = pod !== undefined;
	return {
		id: path,
		name: inPod ? id : '',
		// containerd gives its sandboxes no container's name.
		image: kind === 'pause' ? pauseImage : inPod ? (template?.image ?? '') : '',
		container: inPod ? (template?.name ?? '') : '',
		pod: pod?.name ?? '',
		namespace: pod?.slot.workload.namespace ?? '',
	};
}

function addMachine(text: PrometheusText, node: NodeModel): void {
	const labels = {
		boot_id: makeUid(node.key + 1),
		machine_id: hexadecimal(node.key, 32),
		system_uuid: makeUid(node.key),
	};
	const machine: readonly (readonly [name: string, help: string, value: number])[] = [
		['machine_cpu_books', 'Number of CPU books.', 0],
		['machine_cpu_cores', 'Number of logical CPU cores.', node.cores],
		['machine_cpu_drawers', 'Number of CPU drawers.', 0],
		['machine_cpu_physical_cores', 'Number of physical CPU cores.', node.cores / 2],
		['machine_cpu_sockets', 'Number of CPU sockets.', 1],
		['machine_memory_bytes', 'Amount of memory installed on the machine.', memoryTotal(node) * 1024],
		['machine_nvm_avg_power_budget_watts', 'NVM power budget.', 0],
		['machine_swap_bytes', 'Amount of swap memory available on the machine.', 0],
	];
	for (const [name, help, value] of machine) text.add(gauge(name, help), labels, value);
	const capacity = 'NVM capacity value labeled by NVM mode (memory mode or app direct mode).';
	for (const mode of ['app_direct_mode', 'memory_mode']) {
		text.add(gauge('machine_nvm_capacity', capacity), { ...labels, mode }, 0);
	}
	text.add(gauge('machine_scrape_error', '1 if there was an error while getting machine metrics, 0 otherwise.'), {}, 0);
}

/** @param now ms since 1970 */
export function cadvisorText(node: NodeModel, samples: readonly CadvisorSample[], now: number): string {
	const text = new PrometheusText();
	const versions =
		"A metric with a constant '1' value labeled by kernel version, OS version, docker version, cadvisor version & cadvisor revision.";
	text.add(
		gauge('cadvisor_version_info', versions),
		{
			cadvisorRevision: '',
			cadvisorVersion: '',
			dockerVersion: '',
			kernelVersion: node.kernel,
			osVersion: node.osImage,
		},
		1,
	);
	const sampled = sampledRows(node.cgroupVersion);
	const settings = settingRows(node);
	for (const sample of samples) {
		const labels = rowLabels(sample);
		for (const row of sampled) {
			const value = row.value(sample);
			if (value !== undefined) text.add(row.series, { ...labels, ...row.labels }, value, sample.at);
		}
		for (const row of settings) {
			const value = row.value(sample);
			if (value !== undefined) text.add(row.series, labels, value);
		}
		text.add(lastSeen, labels, Math.floor(now / 1000), now);
	}
	text.add(
		gauge('container_scrape_error', '1 if there was an error while getting container metrics, 0 otherwise'),
		{},
		0,
	);
	addMachine(text, node);
	return text.toString();
}
