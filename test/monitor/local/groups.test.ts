import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { groupsOf } from '../../../source/monitor/local/groups.ts';
import { nameGroups, pause } from '../../../source/monitor/local/names.ts';

const id = 'a1'.repeat(32);
const other = 'b2'.repeat(32);
const uid = '0766522c-446a-47ba-8cd5-f6636c5a8662';
const _ = uid.replaceAll('-', '_');

/** `family/name: member, member` of each group. */
function grouped(paths: readonly string[], inUse: readonly string[] = []): string[] {
	return groupsOf(paths, (path) => inUse.includes(path)).map(
		({ family, members, name }) => `${family}/${name}: ${members.map((member) => member.name).join(', ')}`,
	);
}

describe('the groups of a machine', () => {
	test('are its services and scopes, and no slices that hold none of their own', () => {
		const paths = [
			'/',
			'/init.scope',
			'/system.slice',
			'/system.slice/ssh.service',
			'/system.slice/system-getty.slice',
			'/system.slice/system-getty.slice/getty@tty1.service',
			'/system.slice/systemd-udevd.service',
			'/system.slice/systemd-udevd.service/udev',
			'/system.slice/dev-hugepages.mount',
		];
		assert.deepEqual(grouped(paths), [
			'system/init.scope: init.scope',
			'system/ssh.service: ssh.service',
			'system/getty@tty1.service: getty@tty1.service',
			'system/systemd-udevd.service: systemd-udevd.service',
		]);
	});

	test('are containers, whichever engine and driver made them', () => {
		const paths = [
			`/docker/${id}`,
			`/docker/${id}/init.scope`,
			`/system.slice/docker-${other}.scope`,
			`/machine.slice/libpod-${id}.scope`,
			'/lxc.payload.web',
			`/system.slice/crio-${id}.scope`,
		];
		assert.deepEqual(grouped(paths), [
			'docker/a1a1a1a1a1a1: a1a1a1a1a1a1',
			'docker/b2b2b2b2b2b2: b2b2b2b2b2b2',
			'podman/a1a1a1a1a1a1: a1a1a1a1a1a1',
			'lxc/web: web',
			'cri-o/a1a1a1a1a1a1: a1a1a1a1a1a1',
		]);
	});

	test('are pods with their containers, by the cgroupfs and the systemd driver', () => {
		const systemd = `/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod${_}.slice`;
		for (const pod of [`/kubepods/burstable/pod${uid}`, systemd]) {
			const members = pod === systemd ? [`cri-containerd-${id}.scope`, `cri-containerd-${other}.scope`] : [id, other];
			const paths = [pod, ...members.map((member) => `${pod}/${member}`), `${pod}/crio-conmon-${id}.scope`];
			assert.deepEqual(grouped(paths), [`kube/${uid}: a1a1a1a1a1a1, b2b2b2b2b2b2`]);
		}
	});

	test('are pods whose drivers disagree, and no pods without containers', () => {
		const paths = [
			`/system.slice/containerd.service/kubepods-burstable-pod${_}.slice:cri-containerd:${id}`,
			'/kubepods/besteffort/pod11111111-446a-47ba-8cd5-f6636c5a8662',
		];
		assert.deepEqual(grouped(paths), [`kube/${uid}: a1a1a1a1a1a1`]);
	});

	test('are users with their sessions and their service manager', () => {
		const user = '/user.slice/user-1000.slice';
		const paths = [
			'/user.slice',
			user,
			`${user}/session-3.scope`,
			`${user}/user@1000.service`,
			`${user}/user@1000.service/app.slice`,
			`${user}/user@1000.service/app.slice/dbus.service`,
			`${user}/user@1000.service/user.slice/libpod-${id}.scope`,
		];
		assert.deepEqual(grouped(paths), [
			'user/user-1000.slice: session-3.scope, user@1000.service',
			'podman/a1a1a1a1a1a1: a1a1a1a1a1a1',
		]);
	});

	test('are whatever else holds processes: the root of a machine where nobody made groups', () => {
		assert.deepEqual(grouped(['/'], ['/']), ['system//: /']);
		assert.deepEqual(grouped(['/', '/jobs', '/jobs/7', '/jobs/8'], ['/jobs/7']), ['other/jobs/7: jobs/7']);
	});

	test('bear no control characters', () => {
		assert.deepEqual(grouped(['/a\x1b[31mb'], ['/a\x1b[31mb']), ['other/ab: ab']);
	});
});

describe('names of groups', () => {
	const nobody = { engine: new Map(), kubelet: { pods: new Map(), containers: new Map() } };
	const container = (name: string, labels: Record<string, string> = {}) => ({
		id,
		name,
		image: 'image:1',
		state: 'running',
		status: 'Up',
		created: 1,
		labels,
	});

	test('come from the engine', () => {
		const engine = new Map([[id, container('db')]]);
		const [group] = nameGroups(
			groupsOf([`/docker/${id}`], () => false),
			{ ...nobody, engine },
		);
		assert.equal(group?.name, 'db');
		assert.deepEqual(
			group?.members.map(({ known, name }) => [name, known?.image]),
			[['db', 'image:1']],
		);
	});

	test('of pods come from the labels of a kubelet that uses Docker, its pause container among them', () => {
		const pod = { 'io.kubernetes.pod.namespace': 'shop', 'io.kubernetes.pod.name': 'api-1' };
		const engine = new Map([
			[id, container('k8s_api_api-1', { ...pod, 'io.kubernetes.container.name': 'api' })],
			[other, container('k8s_POD_api-1', { ...pod, 'io.kubernetes.docker.type': 'podsandbox' })],
		]);
		const paths = [`/kubepods/pod${uid}`, `/kubepods/pod${uid}/${id}`, `/kubepods/pod${uid}/${other}`];
		const [group] = nameGroups(
			groupsOf(paths, () => false),
			{ ...nobody, engine },
		);
		assert.deepEqual(
			[group?.family, group?.name, group?.members.map(({ name }) => name)],
			['shop', 'api-1', ['api', pause]],
		);
	});

	test('of pods come from the names of their log files otherwise', () => {
		const kubelet = {
			pods: new Map([[uid, { namespace: 'shop', pod: 'api-1' }]]),
			containers: new Map([[id, { namespace: 'shop', pod: 'api-1', container: 'api' }]]),
		};
		const paths = [`/kubepods/pod${uid}`, `/kubepods/pod${uid}/${id}`];
		const [group] = nameGroups(
			groupsOf(paths, () => false),
			{ ...nobody, kubelet },
		);
		assert.deepEqual([group?.family, group?.name, group?.members[0]?.name], ['shop', 'api-1', 'api']);
	});

	test('are never the same twice: two rows of one name would be one', () => {
		const paths = ['/a.slice/x.service', '/b.slice/x.service'];
		const names = nameGroups(
			groupsOf(paths, () => false),
			nobody,
		).map(({ name }) => name);
		assert.equal(new Set(names).size, 2);
	});
});
