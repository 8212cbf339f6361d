/** Gives groups and their members the names that their engine or kubelet has for them. Pure. */
import type { KubeletNames } from '../../host/kubelet-logs.ts';
import { clean } from '../../model/clean.ts';
import type { EngineContainer } from './engine.ts';
import type { Group, Member } from './groups.ts';

export interface Names {
	engine: ReadonlyMap<string, EngineContainer>;
	kubelet: KubeletNames;
}

export interface NamedMember extends Member {
	/** null if the engine does not know it. */
	known: EngineContainer | null;
}

export interface NamedGroup extends Omit<Group, 'members'> {
	members: NamedMember[];
}

/** kubelets that use Docker put these on containers. */
const labels = {
	namespace: 'io.kubernetes.pod.namespace',
	pod: 'io.kubernetes.pod.name',
	container: 'io.kubernetes.container.name',
	type: 'io.kubernetes.docker.type',
};

/** Name of the container that holds a pod's namespaces; the metrics API leaves it out as well. */
export const pause = 'POD';

/** All groups under names that differ from each other within their family. */
export function nameGroups(groups: readonly Group[], names: Names): NamedGroup[] {
	const taken = new Set<string>();
	return groups.map((group) => {
		const named = nameGroup(group, names);
		const key = () => `${named.family}/${named.name}`;
		if (taken.has(key())) {
			named.name = `${named.name} ${clean(group.path)}`;
		}
		taken.add(key());
		return named;
	});
}

function nameGroup(group: Group, names: Names): NamedGroup {
	const members = group.members.map((member) => nameMember(member, names));
	const [first] = members;
	const only = members.length === 1 ? first?.known : undefined;
	if (group.podUid === '') {
		return { ...group, name: only?.name || group.name, members: distinct(members) };
	}
	const labelled = members.find(({ known }) => known?.labels[labels.pod] !== undefined)?.known?.labels;
	const logged = names.kubelet.pods.get(group.podUid) ?? loggedPod(members, names);
	return {
		...group,
		family: labelled?.[labels.namespace] ?? logged?.namespace ?? group.family,
		name: labelled?.[labels.pod] ?? logged?.pod ?? group.name,
		members: distinct(members),
	};
}

function nameMember(member: Member, { engine, kubelet }: Names): NamedMember {
	const known = engine.get(member.containerId) ?? null;
	if (known?.labels[labels.type] === 'podsandbox') {
		return { ...member, known, name: pause };
	}
	const name = known?.labels[labels.container] ?? kubelet.containers.get(member.containerId)?.container;
	return { ...member, known, name: name ?? (known?.name || member.name) };
}

function loggedPod(members: readonly Member[], { kubelet }: Names) {
	return members.map(({ containerId }) => kubelet.containers.get(containerId)).find((found) => found !== undefined);
}

/** A container that was made anew stands beside the one that is ending. */
function distinct(members: NamedMember[]): NamedMember[] {
	const taken = new Set<string>();
	for (const member of members) {
		if (taken.has(member.name)) {
			member.name = `${member.name} ${member.containerId.slice(0, 12) || clean(member.path)}`;
		}
		taken.add(member.name);
	}
	return members;
}
