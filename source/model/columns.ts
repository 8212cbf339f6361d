/**
 * The columns that lists can be sorted by: their ids are the contract between the screen (which draws them) and the
 * data host (which sorts by them).
 */

export const nodeColumns = [
	'name',
	'status',
	'roles',
	'version',
	'ip',
	'os',
	'kernel',
	'runtime',
	'arch',
	'age',
	'pods',
	'cpu',
	'cpuAllocatable%',
	'cpuRequested%',
	'cpuLimited%',
	'memory',
	'memoryAllocatable%',
	'memoryRequested%',
	'memoryLimited%',
	'sampleAge',
] as const;

export const podColumns = [
	'namespace',
	'name',
	'ready',
	'status',
	'restarts',
	'node',
	'age',
	'owner',
	'ip',
	'qos',
	'cpu',
	'cpuRequest%',
	'cpuLimit%',
	'cpuAllocatable%',
	'cpuRequest',
	'cpuLimit',
	'memory',
	'memoryRequest%',
	'memoryLimit%',
	'memoryAllocatable%',
	'memoryRequest',
	'memoryLimit',
	'sampleAge',
] as const;

export const containerColumns = [
	'namespace',
	'pod',
	'name',
	'kind',
	'state',
	'ready',
	'restarts',
	'node',
	'age',
	'image',
	'lastTermination',
	'cpu',
	'cpuRequest%',
	'cpuLimit%',
	'cpuRequest',
	'cpuLimit',
	'memory',
	'memoryRequest%',
	'memoryLimit%',
	'memoryRequest',
	'memoryLimit',
	'sampleAge',
] as const;

export const processColumns = [
	'pid',
	'user',
	'state',
	'cpu',
	'memory',
	'proportional',
	'threads',
	'time',
	'age',
	'name',
] as const;

export const findingColumns = ['severity', 'id', 'subject', 'since'] as const;

export type NodeColumn = (typeof nodeColumns)[number];
export type PodColumn = (typeof podColumns)[number];
export type ContainerColumn = (typeof containerColumns)[number];
export type ProcessColumn = (typeof processColumns)[number];
export type FindingColumn = (typeof findingColumns)[number];

/** What a list is sorted by with a single key, in every list that has such a column. */
export const keyColumns = {
	sortByMemory: 'memory',
	sortByCpu: 'cpu',
	sortByAge: 'age',
	sortByName: 'name',
} as const;
