/** Titles of columns, and a line of help for each. A title names the denominator of a percentage. */
import type { ContainerColumn, FindingColumn, NodeColumn, PodColumn, ProcessColumn } from '../../model/columns.ts';

export interface ColumnMessage {
	title: string;
	/** For narrow columns, where the neighbours tell the rest. */
	short?: string;
	help: string;
}

/** Columns that lists cannot be sorted by. */
export type TrendColumn = 'cpuTrend' | 'memoryTrend';

const trends: Record<TrendColumn, ColumnMessage> = {
	cpuTrend: { title: 'CPU', help: 'CPU over the time in the title, newest at the right' },
	memoryTrend: { title: 'MEM', help: 'memory over the time in the title, newest at the right' },
};

const usage = {
	cpu: { title: 'CPU', help: 'CPU usage over the window of the sample, in millicores or cores' },
	memory: { title: 'MEM', help: 'working set: memory less inactive file pages, what kubectl top shows' },
	'cpuRequest%': { title: '%CPU/R', short: '%R', help: 'CPU usage in percent of the request' },
	'cpuLimit%': { title: '%CPU/L', short: '%L', help: 'CPU usage in percent of the limit; none without a limit' },
	'memoryRequest%': { title: '%MEM/R', short: '%R', help: 'working set in percent of the request' },
	'memoryLimit%': { title: '%MEM/L', short: '%L', help: 'working set in percent of the limit; none without a limit' },
	cpuRequest: { title: 'CPU-REQ', help: 'CPU request' },
	cpuLimit: { title: 'CPU-LIM', help: 'CPU limit' },
	memoryRequest: { title: 'MEM-REQ', help: 'memory request' },
	memoryLimit: { title: 'MEM-LIM', help: 'memory limit' },
	sampleAge: { title: 'SAMPLE', help: 'age of the sample and the window of its CPU rate' },
} satisfies Record<string, ColumnMessage>;

const allocatable = {
	'cpuAllocatable%': { title: '%CPU/A', short: '%C/A', help: 'CPU usage in percent of what the node has allocatable' },
	'memoryAllocatable%': {
		title: '%MEM/A',
		short: '%M/A',
		help: 'working set in percent of what the node has allocatable',
	},
} satisfies Record<string, ColumnMessage>;

export const nodeColumnMessages: Readonly<Record<NodeColumn | TrendColumn, ColumnMessage>> = {
	...trends,
	...allocatable,
	name: { title: 'NAME', help: 'name of the node' },
	status: { title: 'STATUS', help: 'Ready or not, as kubectl get nodes says it, and pressure' },
	roles: { title: 'ROLES', help: 'roles by the node’s labels' },
	version: { title: 'VERSION', help: 'version of the kubelet' },
	ip: { title: 'INTERNAL-IP', help: 'internal address' },
	os: { title: 'OS-IMAGE', help: 'operating system' },
	kernel: { title: 'KERNEL', help: 'kernel version' },
	runtime: { title: 'RUNTIME', help: 'container runtime and its version' },
	arch: { title: 'ARCH', help: 'processor architecture' },
	age: { title: 'AGE', help: 'time since the node was made' },
	pods: { title: 'PODS', help: 'pods on the node that are not finished' },
	cpu: { title: 'CPU', help: 'CPU usage of the whole node, system included' },
	memory: { title: 'MEM', help: 'working set of the whole node, system included' },
	'cpuRequested%': { title: 'CPU-R/A', short: 'CR/A', help: 'CPU requests of the pods in percent of allocatable' },
	'cpuLimited%': { title: 'CPU-L/A', short: 'CL/A', help: 'CPU limits of the pods in percent of allocatable' },
	'memoryRequested%': {
		title: 'MEM-R/A',
		short: 'MR/A',
		help: 'memory requests of the pods in percent of allocatable',
	},
	'memoryLimited%': { title: 'MEM-L/A', short: 'ML/A', help: 'memory limits of the pods in percent of allocatable' },
	sampleAge: usage.sampleAge,
};

export const podColumnMessages: Readonly<Record<PodColumn | TrendColumn, ColumnMessage>> = {
	...trends,
	...usage,
	...allocatable,
	namespace: { title: 'NAMESPACE', help: 'namespace of the pod' },
	name: { title: 'NAME', help: 'name of the pod' },
	ready: { title: 'READY', help: 'containers that are ready, of all' },
	status: { title: 'STATUS', help: 'status as kubectl get pods says it' },
	restarts: { title: 'RST', help: 'restarts of the containers' },
	node: { title: 'NODE', help: 'node that the pod runs on' },
	age: { title: 'AGE', help: 'time since the pod was made' },
	owner: { title: 'OWNER', help: 'what controls the pod' },
	ip: { title: 'IP', help: 'address of the pod' },
	qos: { title: 'QOS', help: 'quality of service class' },
};

export const containerColumnMessages: Readonly<Record<ContainerColumn | TrendColumn, ColumnMessage>> = {
	...trends,
	...usage,
	namespace: { title: 'NAMESPACE', help: 'namespace of the pod' },
	pod: { title: 'POD', help: 'pod of the container' },
	name: { title: 'NAME', help: 'name of the container' },
	kind: {
		title: 'KIND',
		help: 'init, sidecar (an init container that keeps running) or ephemeral; blank for the usual kind',
	},
	state: { title: 'STATE', help: 'running, or the reason why not' },
	ready: { title: 'READY', help: 'whether its readiness probe passes' },
	restarts: { title: 'RST', help: 'restarts of the container' },
	node: { title: 'NODE', help: 'node that it runs on' },
	age: { title: 'AGE', help: 'time since it started' },
	image: { title: 'IMAGE', help: 'image of the container' },
	lastTermination: { title: 'LAST', help: 'why and when it last ended' },
};

export const processColumnMessages: Readonly<Record<ProcessColumn, ColumnMessage>> = {
	pid: { title: 'PID', help: 'number of the process' },
	user: { title: 'USER', help: 'who it acts as' },
	state: { title: 'S', help: 'R runs, S sleeps, D waits for a device, Z is dead and not waited for, T is stopped' },
	cpu: { title: '%CORE', help: 'CPU in percent of one core, as top shows it' },
	memory: { title: 'RES', help: 'resident memory, what it shares with others included' },
	proportional: {
		title: 'PSS',
		help: 'resident memory, shared pages divided by who shares them; – where it may not be read',
	},
	threads: { title: 'THR', help: 'threads' },
	time: { title: 'TIME', help: 'CPU time since it was started' },
	age: { title: 'AGE', help: 'time since it was started' },
	name: { title: 'COMMAND', help: 'how it was called; in brackets a thread of the kernel' },
};

/** `message` is what the finding says; it cannot be sorted by. */
export const findingColumnMessages: Readonly<Record<FindingColumn | 'message', ColumnMessage>> = {
	severity: { title: '', help: '✖ error, ▲ warning, · information' },
	id: { title: 'ID', help: 'name of the cause' },
	subject: { title: 'SUBJECT', help: 'what it is about' },
	message: { title: 'FINDING', help: 'what is the matter, in one line' },
	since: { title: 'SINCE', help: 'time since it was first seen' },
};
