/** What this machine's kernel decides of the formulas. */
import { kernelVersion, multiGenerationalLru } from '../host/kernel.ts';
import type { Versions } from '../model/reading.ts';

/** All but the kernel's share is unknown: '' */
export async function machineVersions(root: string): Promise<Versions> {
	const [kernel, lru] = await Promise.all([kernelVersion(root), multiGenerationalLru(root)]);
	return { cgroup: '', kubelet: '', runtime: '', docker: '', kernel, multiGenerationalLru: lru };
}
