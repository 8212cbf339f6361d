/**
 * The cgroups of a machine as groups with members, which the lists show as pods with containers: containers of an
 * engine, pods of a kubelet, services, sessions of users, and whatever else holds processes. Pure.
 *
 * A group is what the kernel counts under one cgroup: a session holds the containers that were started in it, and
 * these are groups of their own besides.
 */
import { type CgroupDescription, describeCgroup } from '../../host/cgroup/describe.ts';
import { clean } from '../../model/clean.ts';

/** One cgroup, shown as a container. */
export interface Member {
	path: string;
	/** Of the cgroup; a container's is its id until its engine names it. */
	name: string;
	/** '' if it is no container. */
	containerId: string;
	runtime: string;
}

/** Shown as a pod. */
export interface Group {
	/** Of the cgroup that makes it: stays the same for as long as the group lives. */
	path: string;
	/** Stands in the column of namespaces: `system`, `user`, `kube`, `docker`, `other` … */
	family: string;
	name: string;
	/** '' if it is no pod. */
	podUid: string;
	qos: CgroupDescription['qos'];
	members: Member[];
}

/** docker prints as many. */
const shortId = 12;

const userSlice = /^\/user\.slice\/user-\d+\.slice$/;

/**
 * @param paths parents before children
 * @param holdsProcesses whether there are processes in that very cgroup, not only below it; of the root, whether there
 * are any but the kernel's own. Asked only where that decides
 */
export function groupsOf(paths: Iterable<string>, holdsProcesses: (path: string) => boolean): Group[] {
	const found = new Groups(holdsProcesses);
	for (const path of paths) {
		found.add(path);
	}
	return found.all();
}

class Groups {
	readonly #groups = new Map<string, Group>();
	/** Pods by uid, and sessions by the path of their user. */
	readonly #owners = new Map<string, Group>();
	readonly #holdsProcesses: (path: string) => boolean;

	constructor(holdsProcesses: (path: string) => boolean) {
		this.#holdsProcesses = holdsProcesses;
	}

	add(path: string): void {
		const cgroup = describeCgroup(path);
		const name = clean(path.slice(path.lastIndexOf('/') + 1));
		if (cgroup.kind === 'container') {
			this.#addContainer(path, cgroup);
		} else if (cgroup.kind === 'pod') {
			this.#owner(cgroup.podUid === '' ? path : cgroup.podUid, path, cgroup);
		} else if (cgroup.containerId !== '' || cgroup.podUid !== '') {
			// What a container makes of its cgroup is its own affair.
		} else if (cgroup.kind === 'root') {
			this.#addIfInUse('system', '/', path);
		} else if (path.startsWith('/user.slice/')) {
			this.#addOfUser(path, name);
		} else if (cgroup.kind === 'service' || cgroup.kind === 'scope') {
			if (!isInUnit(path)) {
				this.#addAlone('system', name, path);
			}
		} else if (!isInUnit(path)) {
			this.#addIfInUse(path.includes('.slice') ? 'system' : 'other', clean(path.slice(1)), path);
		}
	}

	/** Without the pods that have no container yet, or no more. */
	all(): Group[] {
		return [...this.#groups.values()].filter(({ members }) => members.length > 0);
	}

	#addContainer(path: string, { containerId, podUid, qos, runtime }: CgroupDescription): void {
		const member = { path, name: clean(containerId.slice(0, 64)), containerId, runtime };
		if (/^[0-9a-f]{64}$/.test(containerId)) {
			member.name = containerId.slice(0, shortId);
		}
		if (podUid !== '') {
			this.#owner(podUid, path, { podUid, qos, runtime }).members.push(member);
			return;
		}
		const pod = this.#owners.get(path.slice(0, path.lastIndexOf('/')));
		if (pod?.family === 'podman' && pod.podUid === '') {
			pod.members.push(member);
			return;
		}
		const family = runtime === '' ? 'container' : runtime;
		this.#groups.set(path, { path, family, name: member.name, podUid: '', qos: '', members: [member] });
	}

	/** The pod of that uid; one whose cgroup has not been seen begins with the container that names it. */
	#owner(key: string, path: string, { podUid, qos, runtime }: Pick<CgroupDescription, 'podUid' | 'qos' | 'runtime'>) {
		const known = this.#owners.get(key);
		if (known !== undefined) {
			return known;
		}
		const name = podUid === '' ? clean(path.slice(path.lastIndexOf('/') + 1)) : podUid;
		const pod: Group = { path, family: podUid === '' ? runtime : 'kube', name, podUid, qos, members: [] };
		this.#groups.set(path, pod);
		this.#owners.set(key, pod);
		return pod;
	}

	/** A user's slice with its sessions and the services of its manager as members. */
	#addOfUser(path: string, name: string): void {
		if (userSlice.test(path)) {
			const user: Group = { path, family: 'user', name, podUid: '', qos: '', members: [] };
			this.#groups.set(path, user);
			this.#owners.set(path, user);
			return;
		}
		const user = this.#owners.get(path.slice(0, path.lastIndexOf('/')));
		if (user?.family === 'user') {
			user.members.push({ path, name, containerId: '', runtime: '' });
		}
	}

	#addIfInUse(family: string, name: string, path: string): void {
		if (this.#holdsProcesses(path)) {
			this.#addAlone(family, name, path);
		}
	}

	#addAlone(family: string, name: string, path: string): void {
		const member = { path, name, containerId: '', runtime: '' };
		this.#groups.set(path, { path, family, name, podUid: '', qos: '', members: [member] });
	}
}

/** Below a service or a scope, which is shown as a whole. */
function isInUnit(path: string): boolean {
	return /\.(?:service|scope)\//.test(path);
}
