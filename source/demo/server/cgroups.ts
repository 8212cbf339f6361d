import { type Cgroup, machineCgroups } from '../model/cgroups.ts';
import type { NodeModel } from '../model/node.ts';
import type { Service } from './context.ts';

/** The cgroups of a node with the pods that are on it now. */
export function cgroupsOf({ cluster }: Service, node: NodeModel): Cgroup {
	const pods = (cluster.slotsOf.get(node) ?? []).map((slot) => cluster.podOf(slot)).filter((pod) => pod !== undefined);
	return machineCgroups(cluster.world, node, pods);
}
