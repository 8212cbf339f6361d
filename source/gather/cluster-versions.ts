/** The versions that decide which formula is live, from what the cluster and its kubelets tell. */
import type { Versions } from '../model/reading.ts';
import type { NodeRecord } from '../model/records.ts';
import type { SourceAnswer } from '../sources/subject-readings.ts';

/** @param node null if it could not be read */
export function clusterVersions(node: NodeRecord | null, answers: Iterable<SourceAnswer>): Versions {
	let cgroup: Versions['cgroup'] = '';
	let kernel = node?.kernelVersion ?? '';
	for (const answer of answers) {
		cgroup ||= answer.cgroup;
		kernel ||= answer.kernel;
	}
	return {
		cgroup,
		kubelet: node?.kubeletVersion ?? '',
		runtime: node?.containerRuntime ?? '',
		docker: '',
		kernel,
		multiGenerationalLru: null,
	};
}
