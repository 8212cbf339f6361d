/** What a number is about. The key of a subject is the text that a ledger and `whytop explain` name it by. */

export interface NodeSubject {
	kind: 'node';
	/** '' where the source does not say which node it speaks of. */
	name: string;
}

export interface PodSubject {
	kind: 'pod';
	namespace: string;
	name: string;
	/** '' where the source does not tell it. */
	uid: string;
}

export interface ContainerSubject {
	kind: 'container';
	namespace: string;
	pod: string;
	container: string;
	/** The runtime's id without `containerd://`, '' where the source does not tell it. */
	id: string;
}

/** The container that holds a pod's namespaces. Only the runtime and cAdvisor see it. */
export interface PauseSubject {
	kind: 'pause';
	namespace: string;
	pod: string;
	id: string;
}

/** One of the kubelet's own groups: `pods`, `kubelet`, `runtime`, `misc`. */
export interface SystemSubject {
	kind: 'system';
	name: string;
}

/** A container of a Docker engine, by its name or id. */
export interface DockerSubject {
	kind: 'docker';
	name: string;
}

export interface HostSubject {
	kind: 'host';
}

export interface CgroupSubject {
	kind: 'cgroup';
	/** From the root of the hierarchy, with a slash in front: `/kubepods/besteffort`. */
	path: string;
}

export interface ProcessSubject {
	kind: 'process';
	pid: number;
}

export type Subject =
	| NodeSubject
	| PodSubject
	| ContainerSubject
	| PauseSubject
	| SystemSubject
	| DockerSubject
	| HostSubject
	| CgroupSubject
	| ProcessSubject;

/** `pod/web/api-1`, `container/web/api-1/app`, `node/n05`, `docker/db`, `host`, `cgroup/system.slice`, `pid/4711`. */
export function subjectKey(subject: Subject): string {
	switch (subject.kind) {
		case 'pod':
			return `pod/${subject.namespace}/${subject.name}`;
		case 'container':
			return `container/${subject.namespace}/${subject.pod}/${subject.container}`;
		case 'pause':
			return `pause/${subject.namespace}/${subject.pod}`;
		case 'host':
			return 'host';
		case 'cgroup':
			return `cgroup${subject.path}`;
		case 'process':
			return `pid/${subject.pid}`;
		default:
			return `${subject.kind}/${subject.name}`;
	}
}

/** What is wrong with a text that should name a subject. */
export type SubjectProblem = 'no-kind' | 'kind-unknown' | 'name-missing' | 'too-many-parts' | 'not-a-pid';

/** The kinds as they may be written, kubectl's short names among them. */
const kinds: Readonly<Record<string, 'pod' | 'container' | 'node' | 'docker' | 'cgroup' | 'process' | 'system'>> = {
	pod: 'pod',
	pods: 'pod',
	po: 'pod',
	container: 'container',
	containers: 'container',
	node: 'node',
	nodes: 'node',
	no: 'node',
	docker: 'docker',
	cgroup: 'cgroup',
	pid: 'process',
	system: 'system',
};

/** Linux allows no more (kernel.pid_max). */
const largestPid = 2 ** 22;

/**
 * Reads what `whytop explain` is given: `pod/NAME`, `pod/NAMESPACE/NAME`, `container/POD/NAME`,
 * `container/NAMESPACE/POD/NAME`, `node/NAME`, `docker/NAME`, `host`, `cgroup/PATH`, `pid/N`.
 *
 * @param namespace of a pod that is named without one
 * @returns the subject, or the id of what is wrong
 */
export function parseSubject(text: string, namespace: string): Subject | SubjectProblem {
	if (text === 'host') {
		return { kind: 'host' };
	}
	const slash = text.indexOf('/');
	if (slash < 0) {
		return Object.hasOwn(kinds, text) ? 'name-missing' : 'no-kind';
	}
	const word = text.slice(0, slash);
	const kind = Object.hasOwn(kinds, word) ? kinds[word] : undefined;
	const rest = text.slice(slash + 1);
	if (kind === undefined) {
		return 'kind-unknown';
	}
	if (kind === 'cgroup') {
		const path = rest.split('/').filter((part) => part !== '');
		return { kind, path: `/${path.join('/')}` };
	}
	const parts = rest.split('/');
	if (parts.includes('')) {
		return 'name-missing';
	}
	return kind === 'pod' || kind === 'container' ? ofPod(kind, parts, namespace) : named(kind, parts);
}

function ofPod(kind: 'pod' | 'container', parts: readonly string[], given: string): Subject | SubjectProblem {
	const names = kind === 'pod' ? 1 : 2;
	if (parts.length < names) {
		return 'name-missing';
	}
	if (parts.length > names + 1) {
		return 'too-many-parts';
	}
	const namespace = parts.length > names ? (parts[0] ?? '') : given;
	const [name = '', container = ''] = parts.slice(-names);
	return kind === 'pod' ? { kind, namespace, name, uid: '' } : { kind, namespace, pod: name, container, id: '' };
}

function named(kind: 'node' | 'docker' | 'process' | 'system', parts: readonly string[]): Subject | SubjectProblem {
	const [name = ''] = parts;
	if (parts.length > 1) {
		return 'too-many-parts';
	}
	if (kind !== 'process') {
		return { kind, name };
	}
	const pid = /^\d{1,7}$/.test(name) ? Number(name) : 0;
	return pid >= 1 && pid <= largestPid ? { kind, pid } : 'not-a-pid';
}
