/**
 * Who a row of `/metrics/cadvisor` is about. Every cgroup is a row; which one it is, only the labels tell together:
 *
 * | row | container | image | pod | name |
 * |---|---|---|---|---|
 * | root, QoS classes, slices | – | – | – | – |
 * | a pod's cgroup | – | – | set | – |
 * | pause of containerd | – | set | set | its id |
 * | pause of dockershim, cri-dockerd, CRI-O | `POD` | set | set | `k8s_POD_…` |
 * | a container | set | set | set | id, or `k8s_…` |
 *
 * (pkg/kubelet/server/server.go `containerPrometheusLabelsFunc`; containerd gives its sandboxes no container name.)
 * Until 1.15 the labels were `container_name` and `pod_name`, and rows of pods' cgroups had no pod: their path has
 * its UID.
 */

import { describeCgroup } from '../../host/cgroup/describe.ts';
import type { Subject } from '../../model/subject.ts';
import type { Labels } from '../prometheus-text/parse.ts';
import { labelWord } from '../prometheus-text/values.ts';

/** What dockershim and CRI-O call the pause container. */
const pauseName = 'POD';

/**
 * @returns a pod whose row does not name it has only its uid
 */
export function subjectOfRow(labels: Labels): Subject {
	const path = labelWord(labels, 'id');
	const pod = labelWord(labels, 'pod', 'pod_name');
	const namespace = labelWord(labels, 'namespace');
	const container = labelWord(labels, 'container', 'container_name');
	if (pod !== '') {
		const id = describeCgroup(path).containerId || describeCgroup(labelWord(labels, 'name')).containerId;
		if (container === pauseName || (container === '' && labelWord(labels, 'image') !== '')) {
			return { kind: 'pause', namespace, pod, id };
		}
		return container === ''
			? { kind: 'pod', namespace, name: pod, uid: describeCgroup(path).podUid }
			: { kind: 'container', namespace, pod, container, id };
	}
	if (path === '/') {
		return { kind: 'node', name: '' };
	}
	const { kind, podUid } = describeCgroup(path);
	return kind === 'pod' ? { kind, namespace: '', name: '', uid: podUid } : { kind: 'cgroup', path };
}
