import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerIdOf, isPodCgroup, podUidOf } from '../../source/sources/cgroup-path.ts';

const id = '9e17c30c26000f49230cd71d7b8b5eff9f0fda1d8240dc72b719131e72a32891';
const uid = 'bf8ca3f2-bcc4-486c-8abc-5d1adc90878e';
const sliced = uid.replaceAll('-', '_');

test('the path of a cgroup tells container and pod, whoever made it', () => {
	for (const path of [
		`/kubepods/besteffort/pod${uid}/${id}`,
		`/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${sliced}.slice/cri-containerd-${id}.scope`,
		`/kubepods.slice/kubepods-pod${sliced}.slice/crio-${id}.scope/container`,
		`/system.slice/docker-${'0'.repeat(64)}.scope/kubepods/pod${uid}/${id}`,
	]) {
		assert.deepEqual([containerIdOf(path), podUidOf(path), isPodCgroup(path)], [id, uid, false], path);
	}
	for (const path of [`/kubepods/pod${uid}`, `/kubepods.slice/kubepods-pod${sliced}.slice`]) {
		assert.deepEqual([containerIdOf(path), podUidOf(path), isPodCgroup(path)], ['', uid, true], path);
	}
	const fromFile = 'c4c3188325a93a2d7fb1714e1abf1259';
	assert.equal(podUidOf(`/kubepods/burstable/pod${fromFile}/${id}`), fromFile);
	assert.equal(containerIdOf(`/docker/${id}`), id);
	assert.deepEqual(
		[containerIdOf('/system.slice/podman.service'), podUidOf('/pods/podium'), isPodCgroup('/')],
		['', '', false],
	);
});
