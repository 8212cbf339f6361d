/** What the path of a cgroup tells: whose it is, and which runtime and driver made it. Names as they were found in use. */

export interface CgroupDescription {
	kind: 'root' | 'container' | 'pod' | 'slice' | 'service' | 'scope' | 'other';
	/** `docker`, `containerd`, `cri-o`, `podman`, `nerdctl`, `buildkit`, `lxc`, `systemd-nspawn`; '' if the path does not tell. */
	runtime: string;
	/** Of the innermost container that the path lies in, or is; '' without one. Of lxc and nspawn it is the name. */
	containerId: string;
	/** Of the innermost pod that the path lies in, or is, as the API writes it; '' without one. */
	podUid: string;
	/** A cgroup inside of a container (`…/docker-<id>.scope/init.scope`), not the container's own. */
	nested: boolean;
	/** `guaranteed`, `burstable`, `besteffort` of a pod, '' otherwise. */
	qos: 'guaranteed' | 'burstable' | 'besteffort' | '';
}

/** 64 digits of a container; 32 of an ECS task with a number; 25 characters of BuildKit. */
const id = '[0-9a-f]{64}';

/** The systemd driver's scopes, and what the cgroupfs driver of some runtimes writes: prefix, then the id. */
const prefixes: Readonly<Record<string, string>> = {
	docker: 'docker',
	'cri-containerd': 'containerd',
	containerd: 'containerd',
	crio: 'cri-o',
	libpod: 'podman',
	nerdctl: 'nerdctl',
	podman: 'podman',
};

/** `docker-<id>.scope`, `crio-<id>`; a wrong pair of drivers leaves `kubepods-….slice:cri-containerd:<id>` as one folder. */
const prefixed = new RegExp(`^(?:[^:]*:)?([a-z-]+)[-:](${id})(?:\\.scope)?$`);
const bare = new RegExp(`^${id}$`);

/** conmon watches a container from a cgroup that bears its id. */
const monitor = /^(?:crio|libpod)-conmon-/;

/** UIDs of the API server, and the hashes that the kubelet gives to pods from files. systemd's names have _ for -. */
const uid = '[0-9a-f]{32}|[0-9a-f]{8}(?:[-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}';
const podFolder = new RegExp(`^pod(${uid})$`);
const podSlice = new RegExp(`^(?:.*-)?kubepods(?:-(burstable|besteffort))?-pod(${uid})\\.slice(?::|$)`);

/** Podman's pods have no UID of Kubernetes; their id is 64 digits long. */
const podmanPod = new RegExp(`^(?:machine|user)-libpod_pod_(${id})\\.slice$`);

const engineFolders: Readonly<Record<string, string>> = { docker: 'docker', libpod_parent: 'podman' };

interface Found {
	runtime: string;
	containerId: string;
}

function containerIn(part: string, parent: string): Found | undefined {
	if (monitor.test(part)) {
		return undefined;
	}
	const match = prefixed.exec(part);
	if (match !== null) {
		return { runtime: prefixes[match[1] ?? ''] ?? '', containerId: match[2] ?? '' };
	}
	if (bare.test(part)) {
		return { runtime: engineFolders[parent] ?? (parent === 'k8s.io' ? 'containerd' : ''), containerId: part };
	}
	if (parent === 'buildkit' && /^[a-z0-9]{25}$/.test(part)) {
		return { runtime: 'buildkit', containerId: part };
	}
	const lxc = /^lxc\.payload\.(.+)$/.exec(part)?.[1] ?? (parent === 'lxc' ? part : undefined);
	if (lxc !== undefined) {
		return { runtime: 'lxc', containerId: lxc };
	}
	const nspawn = /^systemd-nspawn@(.+)\.service$/.exec(part)?.[1];
	return nspawn === undefined ? undefined : { runtime: 'systemd-nspawn', containerId: nspawn };
}

/** Describes a cgroup by its path alone: `/kubepods/burstable/pod<uid>/<id>`, `/system.slice/docker-<id>.scope` … */
export function describeCgroup(path: string): CgroupDescription {
	const parts = path.split('/').filter((part) => part !== '');
	const result: CgroupDescription = {
		kind: parts.length === 0 ? 'root' : 'other',
		runtime: '',
		containerId: '',
		podUid: '',
		nested: false,
		qos: '',
	};
	let inKubepods = false;
	let qos: 'guaranteed' | 'burstable' | 'besteffort' = 'guaranteed';
	for (const [index, part] of parts.entries()) {
		const parent = parts[index - 1] ?? '';
		inKubepods ||= /(?:^|-)kubepods(?:\.slice$|$)/.test(part);
		qos = part === 'burstable' || part === 'besteffort' ? part : qos;
		const slice = podSlice.exec(part);
		const pod = (inKubepods ? podFolder.exec(part)?.[1] : undefined) ?? slice?.[2];
		result.kind = kindByName(part);
		if (pod !== undefined) {
			// A node that is itself a container: what lies below is a pod of the cluster in it.
			const sliceQos = slice?.[1] === 'burstable' || slice?.[1] === 'besteffort' ? slice[1] : qos;
			Object.assign(result, { kind: 'pod', runtime: '', containerId: '', nested: false, qos: sliceQos });
			result.podUid = pod.replaceAll('_', '-');
		} else if (podmanPod.test(part)) {
			Object.assign(result, { kind: 'pod', runtime: 'podman', containerId: '', nested: false });
		}
		const container = containerIn(part, parent);
		if (container !== undefined) {
			Object.assign(result, container, { kind: 'container', nested: false });
		} else if (result.containerId !== '' && pod === undefined) {
			result.nested = true;
		}
	}
	return result;
}

function kindByName(part: string): CgroupDescription['kind'] {
	const type = /\.(slice|service|scope)$/.exec(part)?.[1];
	return type === 'slice' || type === 'service' || type === 'scope' ? type : 'other';
}
