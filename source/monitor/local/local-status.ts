/** The header of this machine. */
import { userInfo } from 'node:os';
import { type CgroupMounts, cgroupVersionOf } from '../../host/cgroup/mounts.ts';
import type { Machine } from '../../host/machine.ts';
import { clean } from '../../model/clean.ts';
import type { Fleet } from '../../model/fleet/fleet.ts';
import { countPods, sumNodes } from '../cluster-status.ts';
import type { StatusInput } from '../follow/fleet-follower.ts';
import { trendLength } from '../lists/pods.ts';
import type { ClusterStatus, LocalMachine, SourceStatus } from '../messages.ts';
import { inOneLine } from '../one-line.ts';
import type { Engine } from './engine.ts';

export interface LocalState {
	fleet: Fleet;
	local: LocalMachine;
	machine: Machine;
	mounts: CgroupMounts;
	/** null if none is of interest. */
	engine: Engine | null;
	sampledAt: number;
	window: number;
	/** ms between two polls now. */
	interval: number;
}

export function localStatus({ context, demo, findings, namespace }: StatusInput, state: LocalState): ClusterStatus {
	const { fleet } = state;
	const nodes = sumNodes(fleet, false);
	const count = (severity: 'error' | 'warning' | 'info') =>
		findings.filter((finding) => finding.severity === severity).length;
	return {
		type: 'cluster',
		context: state.machine.name,
		user: userName(),
		server: '',
		version: state.machine.kernel === '' ? '' : `Linux ${state.machine.kernel}`,
		insecure: '',
		demo,
		local: state.local,
		namespace,
		namespaceOnly: false,
		labelSelector: '',
		fieldSelector: '',
		serverTime: context.serverTime,
		nodes: nodes.counts,
		pods: countPods(fleet, namespace),
		cpu: { ...nodes.cpu, trend: fleet.nodeHistory.sum('cpu', trendLength) },
		memory: { ...nodes.memory, trend: fleet.nodeHistory.sum('memory', trendLength) },
		sources: [cgroupSource(state), ...(state.engine === null ? [] : [engineSource(state.engine)])],
		findings: { error: count('error'), warning: count('warning'), info: count('info') },
		examining: false,
		refresh: state.interval,
		// Nobody is asked over a network.
		cost: { requestsNow: Number.NaN, requestsPerSecond: Number.NaN, bytesReceived: Number.NaN, decoding: Number.NaN },
	};
}

function userName(): string {
	try {
		return clean(userInfo().username);
	} catch {
		// An id without a name, as in many containers.
		return `uid ${process.getuid?.() ?? ''}`.trimEnd();
	}
}

function cgroupSource({ mounts, sampledAt, window }: LocalState): SourceStatus {
	const version = cgroupVersionOf(mounts);
	return {
		name: version === '' ? 'procfs' : `cgroup/${version}`,
		state: Number.isNaN(sampledAt) ? 'starting' : 'live',
		at: sampledAt,
		window,
		error: '',
	};
}

function engineSource({ answeredAt, error, failure, version }: Engine): SourceStatus {
	const failed = failure === 'permission' ? 'forbidden' : 'failing';
	return {
		name: version === '' ? 'docker' : `docker/${version}`,
		state: failure === '' ? (Number.isNaN(answeredAt) ? 'starting' : 'live') : failed,
		at: answeredAt,
		window: Number.NaN,
		error: inOneLine(error),
	};
}
