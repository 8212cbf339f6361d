/** Who a container of cAdvisor's REST API is: a pod's, a Docker engine's, or a plain cgroup. */

import { describeCgroup } from '../../host/cgroup/describe.ts';
import type { Subject } from '../../model/subject.ts';
import { type JsonObject, objectField, wordField } from '../json/fields.ts';
import { words } from '../strings.ts';

/** Labels that the kubelet puts on what it runs (pkg/kubelet/types/labels.go). */
const podName = 'io.kubernetes.pod.name';
const podNamespace = 'io.kubernetes.pod.namespace';
const containerName = 'io.kubernetes.container.name';
const pauseName = 'POD';

/** A list of strings; what is none is passed over. */
function textsField(object: JsonObject, name: string): string[] {
	const value = object[name];
	return Array.isArray(value)
		? value.filter((item) => typeof item === 'string').map((item) => words.fromText(item))
		: [];
}

/**
 * @param key what the answer names it by: its path, or a key of the map
 * @param container in v1.3 the names stand beside the spec, in v2.1 inside it
 */
export function subjectOfContainer(key: string, container: JsonObject, spec: JsonObject): Subject {
	const path = wordField(container, 'name') || words.fromText(key);
	const labels = objectField(spec, 'labels');
	const pod = wordField(labels, podName);
	if (pod !== '') {
		const namespace = wordField(labels, podNamespace);
		const name = wordField(labels, containerName);
		const id = wordField(container, 'id') || describeCgroup(path).containerId;
		return name === '' || name === pauseName
			? { kind: 'pause', namespace, pod, id }
			: { kind: 'container', namespace, pod, container: name, id };
	}
	if (path === '/') {
		return { kind: 'node', name: '' };
	}
	const runtime = wordField(container, 'namespace') || wordField(spec, 'namespace');
	if (runtime === 'docker') {
		const [alias = ''] = [...textsField(container, 'aliases'), ...textsField(spec, 'aliases')];
		return { kind: 'docker', name: alias || describeCgroup(path).containerId || path };
	}
	const { kind, podUid } = describeCgroup(path);
	return kind === 'pod' ? { kind, namespace: '', name: '', uid: podUid } : { kind: 'cgroup', path };
}
