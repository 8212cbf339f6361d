/** What the ledger says: names of tools, terms and slices, reasons of residuals, truths, and what a missing number needs. */
import type { Bridge, Slice, ToolId, Truth } from '../../model/ledger.ts';
import { thousands } from './thousands.ts';

type Facts = Readonly<Record<string, number | string>>;

/** Names as people type them. */
export const toolNames: Readonly<Record<ToolId, string>> = {
	'kubectl-top-pod': 'kubectl top pod',
	'kubectl-top-node': 'kubectl top node',
	hpa: 'HPA',
	'docker-stats': 'docker stats',
	'docker-stats-17.06': 'docker stats 17.06',
	'docker-stats-17.05': 'docker stats 17.05',
	'crictl-stats': 'crictl stats',
	'podman-stats': 'podman stats',
	'top-in-container': 'top (ΣRES)',
	'ps-in-container': 'ps (ΣRSS)',
	'busybox-top': 'busybox top',
	free: 'free',
	'free-3.3': 'free 3.3',
	'top-on-host': 'top on the host',
	'cadvisor-usage': 'cAdvisor usage',
	'prometheus-working-set': 'Prometheus WS',
	'prometheus-rss': 'Prometheus rss',
	'prometheus-cpu': 'Prometheus CPU',
	'pod-cgroup': 'pod cgroup',
	'raw-usage': 'cgroup usage',
};

/** One line of help for each tool: what its number is. */
export const toolHelp: Readonly<Record<ToolId, string>> = {
	'kubectl-top-pod': 'working set of the containers, rounded down to Mi; CPU rounded up to millicores',
	'kubectl-top-node': 'working set of the root cgroup; percent of allocatable',
	hpa: 'usage of all containers in percent of their requests',
	'docker-stats': 'docker’s command line from 20.10 on: usage less inactive file pages',
	'docker-stats-17.06': 'docker’s command line 17.06 to 19.03: usage less the whole page cache (cgroup v1)',
	'docker-stats-17.05': 'docker’s command line to 17.05: usage',
	'crictl-stats': 'working set by the runtime, in decimal megabytes',
	'podman-stats': 'by version: usage, anonymous memory, or usage less inactive file pages',
	'top-in-container': 'resident memory of the processes: pages that several share count for each of them',
	'ps-in-container': 'the same, in KiB',
	'busybox-top': 'virtual size, not resident memory; percent of all CPUs together',
	free: 'memory that is not available, by free from procps 4.0.1 on',
	'free-3.3': 'memory that is neither free nor cache, by free from procps 3.3.12 to 4.0.0',
	'top-on-host': 'the header of top: the same as free of its version',
	'cadvisor-usage': 'container_memory_usage_bytes: all that the cgroup is charged for',
	'prometheus-working-set': 'container_memory_working_set_bytes: usage less inactive file pages',
	'prometheus-rss': 'container_memory_rss: anonymous memory only, neither shared memory nor mapped files',
	'prometheus-cpu': 'cores over the last two samples',
	'pod-cgroup': 'working set of the pod’s own cgroup: what eviction goes by',
	'raw-usage': 'the counter of the cgroup that the limit is compared with',
};

export const bridgeTitles: Readonly<Record<Bridge['id'], string>> = {
	B1: 'kubectl top and docker stats subtract different caches',
	B2: 'a cgroup is charged for pages, processes map them',
	B3: 'a node’s working set and what free calls used',
	B4: 'a node is more than its pods',
	B5: 'a pod’s cgroup is more than its containers',
	B6: 'usage, working set and rss',
	B7: 'one CPU rate over different windows',
	B8: 'panels of Prometheus',
	B9: 'the runtime’s own numbers',
	B10: 'the autoscaler rounds each container',
};

export const termNames: Readonly<Record<string, string>> = {
	anon: 'anonymous: mapped by processes, less charged',
	shmem: 'shared memory and tmpfs',
	file: 'file pages that are not inactive',
	cache: 'cache that is not inactive, shared memory included',
	pages: 'pages mapped, less pages charged',
	'lazy-free': 'given back lazily (MADV_FREE): resident, but inactive',
	kernel: 'kernel memory (slab, stacks, page tables, pipes)',
	socket: 'TCP buffers',
	unmapped: 'listed but not mapped (split huge pages, swap cache)',
	unlisted: 'on no list at the moment: added in batches, or in reclaim’s hands',
	clamp: 'more inactive file than usage: cut off at 0',
	'not-subtracted': 'inactive file ≥ usage: docker subtracts nothing',
	'inactive-file': 'inactive file pages',
	'active-file': 'active file pages',
	'locked-file': 'locked file pages',
	'children-cache': 'cache of child cgroups, which docker leaves in',
	'page-cache': 'page cache, shared memory included',
	'slab-reclaimable': 'reclaimable slabs: cache to free',
	'kernel-reclaimable': 'reclaimable kernel memory: available to free',
	'kernel-other': 'kernel and drivers: in no cgroup’s pages',
	'kernel-reserve': 'reserve that the kernel does not call available',
	'inactive-file-counters': 'inactive file: cgroup’s counter less meminfo’s',
	'root-counters': 'meminfo’s pages less the root cgroup’s usage',
	'pod-cgroups': 'pods’ own cgroups less their containers (pause …)',
	kubepods: 'kubepods’ cgroup less its pods',
	kubelet: 'kubelet',
	runtime: 'container runtime',
	misc: 'other system cgroups that the kubelet was told of',
	pause: 'pause container',
	steal: 'docker’s clock: stolen time left out, ticks of 10 ms',
	rounding: 'each container rounded up to 1m',
};

export const sliceNames: Readonly<Record<Slice['id'], string>> = {
	anon: 'anonymous',
	shmem: 'shared memory',
	activeFile: 'active file',
	inactiveFile: 'inactive file',
	kernel: 'kernel',
	socket: 'sockets',
	remainder: 'remainder',
};

/** What to get so that a number can be computed. */
export const needsMessages: Readonly<Record<string, string>> = {
	exec: 'needs: exec into the container (--exec)',
	'engine-machine': 'needs: whytop on the engine’s machine',
	proc: 'needs: /proc of this machine',
	docker: 'needs: the Docker engine',
	cgroup: 'needs: the cgroup’s files',
	kubelet: 'needs: the kubelet',
	'metrics-api': 'needs: the metrics API',
	'second-sample': 'needs: a second sample',
	'newer-sample': 'needs: a newer sample than this one',
	'counter-reset': 'needs: a sample since the counter’s reset',
	request: 'needs: a request; none is set',
	containers: 'needs: the single containers',
	pods: 'needs: the single pods',
	cpus: 'needs: the number of CPUs',
	'inactive-file': 'needs: the inactive file pages',
	'local-cache': 'needs: the cgroup’s own cache',
};

function amount(value: number | string | undefined): string {
	return thousands(Number(value ?? Number.NaN));
}

function mebibytes(value: number | string | undefined): string {
	return `${thousands(Math.round((Number(value ?? Number.NaN) / 2 ** 20) * 10) / 10)} MiB`;
}

function seconds(value: number | string | undefined): string {
	const time = Number(value ?? Number.NaN);
	return time < 1000 ? `${Math.round(time)} ms` : `${Math.round(time / 100) / 10} s`;
}

export const residualMessages: Readonly<Record<string, (facts: Facts) => string>> = {
	'unread-terms': (facts) => {
		const names = String(facts['unread'] ?? '').split(' ');
		return `holds what was not read: ${names.map((id) => termNames[id]?.replace(/ \(.*/, '') ?? id).join('; ')}`;
	},
	sampling: (facts) => {
		const moved = facts['moved'] === undefined ? '' : `, between which it moved by ${amount(facts['moved'])}`;
		return `not read at one moment: ${seconds(facts['milliseconds'])} apart${moved}`;
	},
	'counter-batches': (facts) => {
		const cpus = facts['cpus'] === undefined ? '' : ` on ${facts['cpus']} CPUs`;
		return `the kernel counts in batches for each CPU: up to ${amount(facts['bound'])}${cpus}`;
	},
	'hidden-processes': (facts) => `${facts['hidden'] ?? 'some'} processes could not be read`,
	'pod-level-charge': () => 'charged to the pod itself: kernel memory, and what removed containers left (tmpfs)',
	'not-itemised': () => 'in no group that the kubelet reports: runtime, shims, systemd, journald, kernel',
	window: (facts) =>
		facts['fromWindow'] === undefined || facts['toWindow'] === undefined
			? 'not averaged over one window'
			: `averaged over ${seconds(facts['fromWindow'])} and ${seconds(facts['toWindow'])}, not over one window`,
	'ended-processes': () => 'processes that ended are in the cgroup’s time, not in top’s',
	ticks: () => 'top counts in ticks of 10 ms',
	'whole-nanocores': () => 'kubectl’s rate is cut to whole nanocores',
	unknown: () => 'not explained by what was read',
};

export const truthMessages: Readonly<Record<string, (facts: Facts) => string>> = {
	'working-set-is-not-oom': (facts) =>
		`The limit of ${mebibytes(facts['limit'])} is compared with usage (${mebibytes(facts['usage'])}), after reclaim, ` +
		`never with the working set (${mebibytes(facts['workingSet'])}).`,
	reclaimable: (facts) =>
		`${facts['slab'] === undefined ? 'At least ' : ''}${mebibytes(facts['total'])} can be reclaimed now: inactive file ` +
		`${mebibytes(facts['inactiveFile'])}, active file ${mebibytes(facts['activeFile'])}` +
		`${facts['slab'] === undefined ? '' : `, slabs ${mebibytes(facts['slab'])}`}.`,
	'limit-percent': (facts) =>
		`Of the limit, usage is ${facts['usagePercent']}%, the working set ${facts['workingSetPercent']}%, and what cannot be ` +
		`reclaimed without swap ${facts['floorPercent']}% (${mebibytes(facts['floor'])}): the last one says how near a kill is.`,
	'limit-held-by-cache': (facts) =>
		`The limit was hit ${amount(facts['hits'])} times and cache was given back each time; nothing was killed.`,
	'oom-kills': (facts) =>
		Number(facts['kills']) > 0
			? `The OOM killer ended ${amount(facts['kills'])} processes here since the cgroup was made.`
			: 'No OOM kill since this cgroup was made; a restarted container has a new one, so its last kill is not counted here.',
	throttled: (facts) =>
		`Throttled in ${amount(facts['throttled'])} of ${amount(facts['periods'])} periods (${facts['percent']}%)` +
		`${facts['time'] === undefined ? '' : `, for ${seconds(Number(facts['time']) / 1e6)} in all`}; no usage figure shows it.`,
	pressure: (facts) =>
		`Stalled in the last 10 s: for memory some ${facts['memory']}%, all ${facts['full']}%; for CPU some ${facts['cpu']}%.`,
	'pressure-not-measured': () => 'Pressure is not measured on cgroup v1: a 0 elsewhere means “no such file”.',
	'multi-generational-lru': () =>
		'The kernel’s multi-generational LRU is on: a file that is only read stays inactive, so the working set leaves it out ' +
		'however often it is used.',
	'cache-beyond-working-set': (facts) =>
		`Cache (${mebibytes(facts['cache'])}) beyond the working set (${mebibytes(facts['workingSet'])}) is no error: only its ` +
		'inactive part is subtracted.',
	'shared-is-not-cache': (facts) =>
		`${mebibytes(facts['shmem'])} of shared memory count as cache, but can only be swapped, not dropped.`,
	'lazily-freed': (facts) =>
		`${mebibytes(facts['bytes'])} were given back lazily (MADV_FREE): still in RES, no longer in the working set.`,
	'hidden-processes': (facts) =>
		`${amount(facts['hidden'])} processes could not be read: ΣRES is at least what is shown, and what they have mapped ` +
		'stands as “mapped less charged” in the way to it.',
	'res-counts-shared': (facts) =>
		`ΣRES (${mebibytes(facts['resident'])}) counts shared pages once for each process; counted once (ΣPSS) it is ` +
		`${mebibytes(facts['proportional'])}.`,
};

/** One truth as a sentence. */
export function truth({ id, facts }: Truth): string {
	return truthMessages[id]?.(facts) ?? id;
}

/** Words of the report. */
export const reportWords = {
	tool: 'TOOL',
	memory: 'MEMORY',
	cpu: 'CPU',
	formula: 'FORMULA',
	live: 'here',
	notLive: 'not here',
	residual: 'residual',
	closes: 'closes exactly',
	unknownUsage: 'Usage cannot be taken apart by what was read.',
	makeUp: 'What usage is made of',
	negativeRemainder: 'negative: its counters were not read at one moment',
	truths: 'Worth knowing',
	bytes: 'bytes',
	nanocores: 'nanocores',
	noBridge: (from: string, to: string) => `No way is known from ${from} to ${to} with what was read.`,
};
