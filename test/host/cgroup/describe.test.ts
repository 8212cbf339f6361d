import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { describeCgroup } from '../../../source/host/cgroup/describe.ts';

const id = 'a1'.repeat(32);
const other = 'b2'.repeat(32);
const uid = '0766522c-446a-47ba-8cd5-f6636c5a8662';
const _ = uid.replaceAll('-', '_');
const hash = '35fbde03b9ce2c0aaa0a3c3c7a3f9e0d';

/** path, kind, runtime, container, pod, qos, nested */
const table: readonly (readonly [string, string, string, string, string, string, boolean?])[] = [
	['/', 'root', '', '', '', ''],
	[`/docker/${id}`, 'container', 'docker', id, '', ''],
	[`/system.slice/docker-${id}.scope`, 'container', 'docker', id, '', ''],
	[`/system.slice/docker-${id}.scope/init.scope`, 'scope', 'docker', id, '', '', true],
	[`/user.slice/user-1000.slice/user@1000.service/app.slice/docker-${id}.scope`, 'container', 'docker', id, '', ''],
	[`/docker/buildkit/${'k3'.repeat(12)}x`, 'container', 'buildkit', `${'k3'.repeat(12)}x`, '', ''],
	[`/kubepods/burstable/pod${uid}/${id}`, 'container', '', id, uid, 'burstable'],
	[`/kubepods/pod${uid}/${id}`, 'container', '', id, uid, 'guaranteed'],
	[`/kubepods/besteffort/pod${uid}`, 'pod', '', '', uid, 'besteffort'],
	[`/kubepods/burstable/pod${hash}/${id}`, 'container', '', id, hash, 'burstable'],
	[`/kubepods/besteffort/pod${uid}/crio-${id}`, 'container', 'cri-o', id, uid, 'besteffort'],
	[
		`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${_}.slice/cri-containerd-${id}.scope`,
		'container',
		'containerd',
		id,
		uid,
		'burstable',
	],
	[`/kubepods.slice/kubepods-pod${_}.slice/docker-${id}.scope`, 'container', 'docker', id, uid, 'guaranteed'],
	[`/kubepods.slice/kubepods-pod${_}.slice`, 'pod', '', '', uid, 'guaranteed'],
	[`/kubepods.slice/kubepods-besteffort.slice`, 'slice', '', '', '', ''],
	[`/kubepods.slice/kubepods-pod${_}.slice/crio-${id}.scope`, 'container', 'cri-o', id, uid, 'guaranteed'],
	[`/kubepods.slice/kubepods-pod${_}.slice/crio-${id}.scope/container`, 'other', 'cri-o', id, uid, 'guaranteed', true],
	[`/kubepods.slice/kubepods-pod${_}.slice/crio-conmon-${id}.scope`, 'scope', '', '', uid, 'guaranteed'],
	[
		`/system.slice/containerd.service/kubepods-burstable-pod${_}.slice:cri-containerd:${id}`,
		'container',
		'containerd',
		id,
		uid,
		'burstable',
	],
	[
		`/system.slice/docker-${other}.scope/kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod${_}.slice/cri-containerd-${id}.scope`,
		'container',
		'containerd',
		id,
		uid,
		'burstable',
	],
	[`/docker/${other}/kubelet/kubepods/besteffort/pod${uid}/${id}`, 'container', '', id, uid, 'besteffort'],
	[`/docker/${other}/kubelet/kubepods/besteffort/pod${uid}`, 'pod', '', '', uid, 'besteffort'],
	[`/machine.slice/libpod-${id}.scope`, 'container', 'podman', id, '', ''],
	[`/machine.slice/libpod-${id}.scope/container`, 'other', 'podman', id, '', '', true],
	[`/machine.slice/libpod-conmon-${id}.scope`, 'scope', '', '', '', ''],
	[`/libpod_parent/libpod-${id}`, 'container', 'podman', id, '', ''],
	[`/machine.slice/machine-libpod_pod_${other}.slice`, 'pod', 'podman', '', '', ''],
	[`/machine.slice/machine-libpod_pod_${other}.slice/libpod-${id}.scope`, 'container', 'podman', id, '', ''],
	[`/system.slice/nerdctl-${id}.scope`, 'container', 'nerdctl', id, '', ''],
	[`/k8s.io/${id}`, 'container', 'containerd', id, '', ''],
	[`/default/${id}`, 'container', '', id, '', ''],
	['/lxc.payload.web', 'container', 'lxc', 'web', '', ''],
	['/lxc/web', 'container', 'lxc', 'web', '', ''],
	['/machine.slice/systemd-nspawn@deb.service', 'container', 'systemd-nspawn', 'deb', '', ''],
	['/system.slice/ssh.service', 'service', '', '', '', ''],
	['/user.slice/user-1000.slice/session-2.scope', 'scope', '', '', '', ''],
	['/process_api/27e812a132ebd25db91d68aea568cf9d', 'other', '', '', '', ''],
	[`/backup/pod${uid}`, 'other', '', '', '', ''],
	[`/docker/${id.slice(1)}`, 'other', '', '', '', ''],
];

describe('the path of a cgroup', () => {
	for (const [path, kind, runtime, containerId, podUid, qos, nested = false] of table) {
		test(`${path.slice(0, 90)}: ${kind} ${runtime}`, () => {
			assert.deepEqual(describeCgroup(path), { kind, runtime, containerId, podUid, nested, qos });
		});
	}
});
