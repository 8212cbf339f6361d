/** Working sets as the parts of Kubernetes have them, for one subject. */
import type { SourceId } from '../model/reading.ts';
import { chargedMemory } from './charged-memory.ts';
import type { Measured } from './claims/claim.ts';
import { total } from './claims/claim.ts';
import { type Context, cgroupVersion, isMachine, isOlder, kubeletSources } from './context.ts';
import { minus, plus, type SignedSum, signedSum } from './signed-sum.ts';

const missing: Measured = { value: Number.NaN, from: [], needs: 'cgroup' };

/**
 * Of the subject by the first of these sources that has it. A kubelet's number of a whole pod is that of the pod's
 * cgroup, so of a pod only its containers count there.
 */
function reported(context: Context, sources: readonly SourceId[], onlyParts = false): Measured | undefined {
	for (const source of sources) {
		const whole = onlyParts ? undefined : context.readings.find('workingSet', source);
		const parts = context.kind === 'pod' ? context.readings.parts('container/', 'workingSet', source) : [];
		const from = whole === undefined ? parts : [whole];
		if (from.length > 0) {
			return { value: total(from), from, needs: '' };
		}
	}
	return undefined;
}

/**
 * What metrics-server publishes for a container or a pod: its own answer, else what it would read from the kubelet,
 * else the same formula from the cgroup. A pod is the sum of its containers (kubectl adds them), its own cgroup is not.
 */
export function publishedWorkingSet(context: Context): Measured {
	const published = reported(context, ['metrics-api']) ?? reported(context, kubeletSources, context.kind === 'pod');
	if (published !== undefined) {
		return published;
	}
	const charged = chargedMemory(context);
	if (charged === undefined || context.kind === 'pod') {
		return { ...missing, needs: context.kind === 'pod' ? 'kubelet' : 'cgroup' };
	}
	const { value, from } = charged.workingSet();
	return { value, from, needs: 'inactive-file' };
}

/** From the runtime or the cgroup itself, now. */
export function currentWorkingSet(context: Context): Measured {
	const charged = chargedMemory(context);
	if (charged === undefined) {
		return missing;
	}
	const { value, from } = charged.workingSet();
	return { value, from, needs: 'inactive-file' };
}

/**
 * Whether the root cgroup's usage is MemTotal − MemFree: cgroup v2 under kubelets 1.22 to 1.28 (runc 1.0.0-rc94 to
 * 1.1.8, fs2/memory.go). On v1, and on v2 from 1.29 on, it is anonymous and file pages only.
 */
export function rootCountsKernel(context: Context): boolean {
	const kubelet = context.versions.kubelet;
	return cgroupVersion(context) === 'v2' && isOlder(kubelet, 1, 29) && !isOlder(kubelet, 1, 22);
}

/**
 * Whether the node is itself a container (kind, minikube's docker driver), of which the root cgroup that it sees is the
 * container's: that has a memory.current, which holds kernel memory too. A real root of v2 has none, and what cAdvisor
 * makes up for it is anon + file to the byte (opencontainers/cgroups fs2/memory.go).
 */
export function rootIsContainer(context: Context): boolean {
	const memory = chargedMemory(context);
	if (!isMachine(context) || memory === undefined || memory.version !== 'v2' || rootCountsKernel(context)) {
		return false;
	}
	const pages = memory.value('anon') + memory.value('file');
	const usage = memory.value('usage');
	return memory.source === 'cgroup-v2' ? !Number.isNaN(usage) : !Number.isNaN(usage + pages) && usage !== pages;
}

/** The usage of the root cgroup as this machine's own files give it to cAdvisor. */
export function rootUsage(context: Context): SignedSum {
	const proc = (quantity: 'memTotal' | 'memFree') => context.readings.find(quantity, 'proc');
	if (rootCountsKernel(context)) {
		return signedSum([plus(proc('memTotal')), minus(proc('memFree'))]);
	}
	return chargedMemory(context)?.usage() ?? signedSum([plus(undefined)]);
}

/** The working set of a whole machine: what metrics-server or the kubelet said, else what cAdvisor would compute. */
export function nodeWorkingSet(context: Context): Measured {
	const published = reported(context, ['metrics-api', ...kubeletSources]);
	return published ?? currentNodeWorkingSet(context);
}

/** The same from this machine's files only. */
export function currentNodeWorkingSet(context: Context): Measured {
	const usage = rootUsage(context);
	const inactive = signedSum([minus(chargedMemory(context)?.get('inactiveFile'))]);
	if (Number.isNaN(usage.value + inactive.value)) {
		return missing;
	}
	return {
		value: Math.max(0, usage.value + inactive.value),
		from: [...usage.from, ...inactive.from],
		needs: '',
	};
}

/** What a working set is made of, in the fields of the cgroup version that runs. */
export function workingSetFormula(context: Context): string {
	switch (cgroupVersion(context)) {
		case 'v1':
			return 'memory.usage_in_bytes − total_inactive_file';
		case 'v2':
			return 'memory.current − inactive_file';
		default:
			return 'usage − inactive file';
	}
}

/** What decides it, in words of versions: `cgroup v1, kubelet v1.36.3`. */
export function decidedByCgroup(context: Context): string {
	const version = cgroupVersion(context);
	return version === '' ? '' : `cgroup ${version}`;
}
