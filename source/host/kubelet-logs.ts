/**
 * The names of pods and containers as the kubelet writes them into the names of its log files, which everybody may
 * list: /var/log/pods/NAMESPACE_POD_UID and /var/log/containers/POD_NAMESPACE_CONTAINER-ID.log.
 */
import { readdir } from 'node:fs/promises';
import { clean } from '../model/clean.ts';
import { under } from './cgroup/mounts.ts';

export interface PodName {
	namespace: string;
	pod: string;
}

export interface KubeletNames {
	/** By uid; a static pod's is the hash of its file. */
	pods: ReadonlyMap<string, PodName>;
	/** By container id. */
	containers: ReadonlyMap<string, PodName & { container: string }>;
}

export async function kubeletNames(root = '/'): Promise<KubeletNames> {
	const [folders, files] = await Promise.all([
		namesIn(under(root, '/var/log/pods')),
		namesIn(under(root, '/var/log/containers')),
	]);
	return { pods: podNames(folders), containers: containerNames(files) };
}

/** None of these names can have `_` in it. */
export function podNames(folders: readonly string[]): KubeletNames['pods'] {
	const pods = new Map<string, PodName>();
	for (const folder of folders) {
		const [namespace, pod, uid, more] = folder.split('_');
		if (namespace !== undefined && pod !== undefined && uid !== undefined && more === undefined) {
			pods.set(uid, { namespace: clean(namespace), pod: clean(pod) });
		}
	}
	return pods;
}

export function containerNames(files: readonly string[]): KubeletNames['containers'] {
	const containers = new Map<string, PodName & { container: string }>();
	for (const file of files) {
		const match = /^([^_]+)_([^_]+)_([^_]+)-([0-9a-f]{64})\.log$/.exec(file);
		if (match !== null) {
			const [, pod = '', namespace = '', container = '', id = ''] = match;
			containers.set(id, { namespace: clean(namespace), pod: clean(pod), container: clean(container) });
		}
	}
	return containers;
}

async function namesIn(folder: string): Promise<string[]> {
	try {
		return await readdir(folder);
	} catch {
		return [];
	}
}
