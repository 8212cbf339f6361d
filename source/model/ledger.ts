/** One subject's numbers as every tool would print them, and the exact way from one to the other. Data only. */
import type { Reading, Versions } from './reading.ts';

/** What a ledger can be of; a container of a Docker engine is a `container`. */
export type LedgerKind = 'container' | 'pod' | 'node' | 'host' | 'cgroup' | 'process';

export type ToolId =
	| 'kubectl-top-pod'
	| 'kubectl-top-node'
	| 'hpa'
	| 'docker-stats'
	| 'docker-stats-17.06'
	| 'docker-stats-17.05'
	| 'crictl-stats'
	| 'podman-stats'
	| 'top-in-container'
	| 'ps-in-container'
	/** top of busybox (Alpine): VSZ instead of RES, percent of the whole machine. */
	| 'busybox-top'
	| 'free'
	| 'free-3.3'
	| 'top-on-host'
	| 'cadvisor-usage'
	| 'prometheus-working-set'
	| 'prometheus-rss'
	/** rate(container_cpu_usage_seconds_total) over the last two samples, in cores. */
	| 'prometheus-cpu'
	/** The working set of the pod's own cgroup: what eviction goes by; kubectl sums the containers instead. */
	| 'pod-cgroup'
	| 'raw-usage';

/** What one tool would say. */
export interface Claim {
	tool: ToolId;
	/** `memory` in bytes, `cpu` in nanocores. */
	of: 'memory' | 'cpu';
	/** NaN if it cannot be computed from the readings at hand; then `needs` says of what. */
	value: number;
	/** Where only bounds of the value are known, ±Infinity for an open end. */
	range?: readonly [from: number, to: number];
	/** As the tool prints it, in its rounding and unit: `73Mi`, `73.47MiB`, `84.88%`. '' without a value. */
	printed: string;
	/** The readings that the value was made of. */
	from: readonly Reading[];
	/** The formula in words and symbols of the fields. */
	formula: string;
	/** Whether the versions at hand make this the formula that runs here, and the version that decides it. */
	live: boolean;
	decidedBy: string;
	/** Id of what is missing: `exec`, `docker`, `cgroup`, `kubelet` …, '' if nothing. */
	needs: string;
}

/** One summand of a bridge: `target = source + Σ terms + residual`. */
export interface Term {
	/** Names the message that explains it. */
	id: string;
	value: number;
	/** Fields as they enter, with their signs: `+ memory.stat total_shmem`. */
	fields: string;
	from: readonly Reading[];
}

export interface Bridge {
	id: 'B1' | 'B2' | 'B3' | 'B4' | 'B5' | 'B6' | 'B7' | 'B8' | 'B9' | 'B10';
	from: ToolId;
	to: ToolId;
	of: 'memory' | 'cpu';
	source: number;
	target: number;
	terms: readonly Term[];
	/** target − source − Σ terms. */
	residual: number;
	/** Ids of what makes up the residual, the likeliest first: `sampling`, `counter-batches`, `hidden-processes` … */
	residualReasons: readonly string[];
	/** Numbers for the reasons: `secondsApart`, `moved`, `cpus`, `unreadable` … */
	residualFacts: Readonly<Record<string, number | string>>;
	/** Terms that could not be read and are therefore inside the residual: their ids. */
	missing: readonly string[];
}

/** One slice of the stacked bar of usage. */
export interface Slice {
	id: 'anon' | 'shmem' | 'activeFile' | 'inactiveFile' | 'kernel' | 'socket' | 'remainder';
	value: number;
}

/** A short truth where users are misled: id of its message, and the numbers in it. */
export interface Truth {
	id: string;
	facts: Readonly<Record<string, number | string>>;
}

export interface Ledger {
	/** `pod/web/api-1`, `container/web/api-1/app`, `node/n05`, `docker/db`, `host`, `cgroup/PATH`, `pid/4711`. */
	subject: string;
	versions: Versions;
	readings: readonly Reading[];
	claims: readonly Claim[];
	bridges: readonly Bridge[];
	/** Empty if usage cannot be taken apart. */
	slices: readonly Slice[];
	truths: readonly Truth[];
}
