import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { DockerClient } from '../../../source/host/docker/client.ts';
import { LocalFollower, type LocalOptions } from '../../../source/monitor/local/local-follower.ts';
import { appId, dockerId, MadeMachine, populate } from './machine.ts';

const mebibyte = 2 ** 20;
const machineText = { asked: true, searched: '', root: '/' };

/** A follower, and a way to wait for what becomes of it. */
class Followed {
	readonly follower: LocalFollower;
	readonly #waiting = new Set<() => void>();

	constructor(t: TestContext, options: Partial<LocalOptions> & { root: string }) {
		this.follower = new LocalFollower({
			refresh: 20,
			machine: machineText,
			docker: null,
			environment: {},
			dockerNamed: false,
			changed: () => {
				for (const check of [...this.#waiting]) {
					check();
				}
			},
			...options,
		});
		t.after(() => this.follower.stop());
		this.follower.start();
	}

	/** Waits until it holds, for twenty seconds at most. */
	async until(holds: () => boolean): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			const timer = setTimeout(() => {
				this.#waiting.delete(check);
				reject(new Error(`it did not come to hold; there are ${JSON.stringify(this.names())}`));
			}, 20_000);
			const check = () => {
				if (holds()) {
					clearTimeout(timer);
					this.#waiting.delete(check);
					resolve();
				}
			};
			this.#waiting.add(check);
			check();
		});
	}

	names(): string[] {
		const { pods } = this.follower.fleet;
		return [...pods.slots.all()].map((slot) => `${pods.namespace.get(slot)}/${pods.name.get(slot)}`).sort();
	}

	containers(family: string, name: string): string[] {
		const { containers, pods } = this.follower.fleet;
		const pod = pods.find(family, name);
		return pod < 0 ? [] : [...containers.chain(pods.firstContainer.get(pod))].map((slot) => containers.name.get(slot));
	}

	/** A number of a group. */
	value(family: string, name: string, column: 'cpu' | 'memory' | 'cpuLimit' | 'memoryLimit' | 'sampleWindow'): number {
		const { pods } = this.follower.fleet;
		const pod = pods.find(family, name);
		return pod < 0 ? Number.NaN : pods[column].get(pod);
	}

	/** But that polls are slow: at twenty milliseconds a poll, a busy machine makes them so. */
	findings(): string[] {
		return this.follower
			.judge()
			.map(({ id }) => id)
			.filter((id) => id !== 'polls-slow');
	}
}

function made(t: TestContext, version: 'v1' | 'v2'): MadeMachine {
	const machine = new MadeMachine(version);
	t.after(() => machine.close());
	populate(machine);
	return machine;
}

for (const version of ['v1', 'v2'] as const) {
	describe(`this machine with cgroup ${version}`, () => {
		test('is a node with its groups, under the names that its kubelet has for them', async (t) => {
			const machine = made(t, version);
			const followed = new Followed(t, { root: machine.root });
			await followed.until(() => followed.follower.polls > 0);
			assert.deepEqual(followed.names(), [
				`docker/${dockerId.slice(0, 12)}`,
				'shop/api-7d4f',
				'system/init.scope',
				'system/ssh.service',
				'user/user-1000.slice',
			]);
			// The pause container is left out, as the metrics API leaves it out.
			assert.deepEqual(followed.containers('shop', 'api-7d4f'), ['api']);
			assert.deepEqual(followed.containers('user', 'user-1000.slice'), ['session-3.scope', 'user@1000.service']);
			const { nodes } = followed.follower.fleet;
			const node = nodes.find('made');
			assert.equal(nodes.osImage.get(node), 'Made Linux 1 (one)');
			assert.equal(nodes.kernelVersion.get(node), '6.1.0-made');
			assert.equal(nodes.cpuAllocatable.get(node), 4e9);
			assert.equal(nodes.memoryAllocatable.get(node), 8192 * mebibyte);
			assert.equal(followed.follower.status(statusInput(followed)).sources[0]?.name, `cgroup/${version}`);
		});

		test('gives working sets and limits, and no request that nobody knows', async (t) => {
			const machine = made(t, version);
			const followed = new Followed(t, { root: machine.root });
			const docker = dockerId.slice(0, 12);
			await followed.until(() => followed.value('docker', docker, 'memory') > 0);
			assert.equal(followed.value('docker', docker, 'memory'), 64 * mebibyte);
			assert.equal(followed.value('docker', docker, 'memoryLimit'), 256 * mebibyte);
			assert.equal(followed.value('docker', docker, 'cpuLimit'), 0.5e9);
			assert.equal(followed.value('system', 'ssh.service', 'memory'), 48 * mebibyte);
			assert.ok(Number.isNaN(followed.value('system', 'ssh.service', 'memoryLimit')));
			const { nodes } = followed.follower.fleet;
			assert.equal(nodes.memory.get(nodes.find('made')), (1024 + 128 + 896 - 512) * mebibyte);
			const { containers } = followed.follower.fleet;
			assert.ok([...containers.slots.all()].every((slot) => Number.isNaN(containers.cpuRequest.get(slot))));
		});

		test('gives the rate of a counter over the time that passed between two readings', async (t) => {
			const machine = made(t, version);
			const followed = new Followed(t, { root: machine.root, refresh: 50 });
			const worked = 300e9;
			await followed.until(() => followed.follower.polls > 1);
			machine.cgroup('/system.slice/ssh.service', { usage: mebibyte, cpuTime: worked, pids: [100] });
			machine.host({ cpuTime: 2 * worked });
			await followed.until(() => followed.value('system', 'ssh.service', 'cpu') > 0);
			const rate = followed.value('system', 'ssh.service', 'cpu');
			const window = followed.value('system', 'ssh.service', 'sampleWindow');
			assert.ok(Math.abs((rate * window) / 1000 - worked) < 1e3, `${rate} over ${window}`);
			const { nodes } = followed.follower.fleet;
			await followed.until(() => nodes.cpu.get(nodes.find('made')) >= 0);
		});

		test('goes on when a group goes, and when a counter begins again', async (t) => {
			const machine = made(t, version);
			machine.cgroup('/system.slice/ssh.service', { usage: mebibyte, cpuTime: 500e9, pids: [100] });
			const followed = new Followed(t, { root: machine.root });
			await followed.until(() => followed.value('system', 'ssh.service', 'cpu') >= 0);
			machine.cgroup('/system.slice/ssh.service', { usage: mebibyte, cpuTime: 1e9, pids: [100] });
			for (const folder of ['', '/memory', '/cpu,cpuacct']) {
				machine.remove(`/sys/fs/cgroup${folder}/system.slice/docker-${dockerId}.scope`);
			}
			await followed.until(() => !followed.names().some((name) => name.startsWith('docker/')));
			const { polls } = followed.follower;
			await followed.until(() => followed.follower.polls > polls + 1);
			assert.ok(!(followed.value('system', 'ssh.service', 'cpu') < 0));
			assert.deepEqual(followed.findings(), []);
		});

		test('leads from each row to what its ledger is about', async (t) => {
			const machine = made(t, version);
			const followed = new Followed(t, { root: machine.root });
			await followed.until(() => followed.follower.polls > 0);
			const { follower } = followed;
			const { pods } = follower.fleet;
			const uidOf = (family: string, name: string) => pods.uid.get(pods.find(family, name));
			assert.deepEqual(follower.subjectOf('host'), { kind: 'host' });
			assert.deepEqual(follower.subjectOf('pid/200'), { kind: 'process', pid: 200 });
			assert.deepEqual(follower.subjectOf(uidOf('system', 'ssh.service')), {
				kind: 'cgroup',
				path: '/system.slice/ssh.service',
			});
			const pod = follower.subjectOf(uidOf('shop', 'api-7d4f'));
			const container = follower.subjectOf(`${uidOf('shop', 'api-7d4f')}/api`);
			assert.ok(pod?.kind === 'cgroup' && /kubepods-burstable-pod[^/]*\.slice$/.test(pod.path));
			assert.ok(container?.kind === 'cgroup' && container.path.endsWith(`cri-containerd-${appId}.scope`));
			assert.equal(follower.subjectOf('cgroup/gone'), undefined);
		});
	});
}

function statusInput({ follower }: Followed) {
	return { context: follower.context(), findings: [], namespace: null, demo: false };
}

describe('names that come later', () => {
	test('are taken when a container is made anew in its pod, its log file after its cgroup', async (t) => {
		const machine = made(t, 'v2');
		const followed = new Followed(t, { root: machine.root, refresh: 100 });
		await followed.until(() => followed.follower.polls > 0);
		const { pods } = followed.follower.fleet;
		const pod = pods.uid.get(pods.find('shop', 'api-7d4f')).replace(/^cgroup/, '');
		const id = 'e5'.repeat(32);
		machine.cgroup(`${pod}/cri-containerd-${id}.scope`, { usage: mebibyte, cpuTime: 0, pids: [300] });
		await followed.until(() => followed.containers('shop', 'api-7d4f').includes(id.slice(0, 12)));
		machine.write(`/var/log/containers/api-7d4f_shop_worker-${id}.log`, '');
		await followed.until(() => followed.containers('shop', 'api-7d4f').includes('worker'));
		assert.deepEqual(followed.containers('shop', 'api-7d4f').sort(), ['api', 'worker']);
	});
});

describe('a machine where little can be read', () => {
	test('without cgroups is one group, the whole machine, and says so', async (t) => {
		const machine = new MadeMachine('v2');
		t.after(() => machine.close());
		machine.remove('/sys');
		machine.remove('/proc/1');
		machine.process({ pid: 1, name: 'init' });
		const followed = new Followed(t, { root: machine.root });
		await followed.until(() => followed.value('system', '/', 'memory') > 0);
		assert.deepEqual(followed.names(), ['system//']);
		assert.equal(followed.value('system', '/', 'memory'), 1536 * mebibyte);
		assert.deepEqual(followed.findings(), ['cgroups-absent']);
	});

	test('with all processes in the root of cgroup v1 shows the root', async (t) => {
		const machine = new MadeMachine('v1');
		t.after(() => machine.close());
		machine.cgroup('', { usage: 100 * mebibyte, cpuTime: 0, pids: [2, 77] });
		machine.process({ pid: 2, isKernel: true });
		machine.process({ pid: 77, name: 'program' });
		const followed = new Followed(t, { root: machine.root });
		await followed.until(() => followed.value('system', '/', 'memory') > 0);
		assert.deepEqual(followed.names(), ['system//']);
		assert.equal(followed.value('system', '/', 'memory'), 100 * mebibyte);
	});

	test('takes the CPU time of the processes where a group has no counter', async (t) => {
		const machine = new MadeMachine('v1');
		t.after(() => machine.close());
		machine.cgroup('/jobs', { usage: mebibyte, pids: [77] });
		machine.process({ pid: 77, cpuTime: 1e9 });
		const followed = new Followed(t, { root: machine.root });
		await followed.until(() => followed.value('other', 'jobs', 'cpu') === 0);
		machine.process({ pid: 77, cpuTime: 400e9 });
		await followed.until(() => followed.value('other', 'jobs', 'cpu') > 0);
	});

	test('keeps a group whose files are closed to us, without numbers, and says so', async (t) => {
		const machine = made(t, 'v2');
		machine.cgroup('/system.slice/closed.service', { pids: [100] });
		const followed = new Followed(t, { root: machine.root });
		await followed.until(() => followed.follower.polls > 2);
		assert.ok(followed.names().includes('system/closed.service'));
		assert.deepEqual(followed.findings(), ['cgroups-unreadable']);
	});

	test('shows five hundred containers', async (t) => {
		const machine = new MadeMachine('v2');
		t.after(() => machine.close());
		for (let number = 0; number < 500; number++) {
			const id = number.toString(16).padStart(64, '0');
			machine.cgroup(`/system.slice/docker-${id}.scope`, { usage: number * mebibyte, cpuTime: 0, pids: [] });
		}
		const followed = new Followed(t, { root: machine.root });
		await followed.until(() => followed.names().length === 500 && followed.follower.fleet.podPoll > 0);
	});
});

describe('the Docker Engine of this machine', () => {
	test('that takes connections and never answers costs the names and nothing else', async (t) => {
		const machine = made(t, 'v2');
		const path = join(machine.root, 'docker.sock');
		const server = createServer(() => {});
		await new Promise<void>((resolve) => server.listen(path, resolve));
		t.after(() => server.close());
		const docker = new DockerClient(
			{ kind: 'unix', path, address: { host: `unix://${path}`, origin: 'DOCKER_HOST' } },
			{ timeLimit: 100 },
		);
		const followed = new Followed(t, { root: machine.root, docker, dockerNamed: true });
		await followed.until(() => followed.follower.polls > 0);
		assert.ok(followed.names().includes(`docker/${dockerId.slice(0, 12)}`));
		await followed.until(() => followed.findings().length > 0 && followed.follower.fleet.nodePoll > 0);
		assert.deepEqual(followed.findings(), ['docker-silent']);
		const { sources } = followed.follower.status(statusInput(followed));
		assert.deepEqual(
			sources.map(({ name, state }) => [name, state]),
			[
				['cgroup/v2', 'live'],
				['docker', 'failing'],
			],
		);
	});

	test('that is not there is no finding where no container of it runs', async (t) => {
		const machine = new MadeMachine('v2');
		t.after(() => machine.close());
		machine.cgroup('/system.slice/ssh.service', { usage: mebibyte, cpuTime: 0, pids: [] });
		const path = join(machine.root, 'none.sock');
		const docker = new DockerClient({ kind: 'unix', path, address: { host: `unix://${path}`, origin: '' } });
		const followed = new Followed(t, { root: machine.root, docker });
		await followed.until(() => followed.follower.polls > 2);
		assert.deepEqual(followed.findings(), []);
		assert.equal(followed.follower.status(statusInput(followed)).sources.length, 1);
	});
});

describe('this very machine', () => {
	test('is shown, whatever it is and whoever asks', async (t) => {
		const followed = new Followed(t, { root: '/', refresh: 200 });
		await followed.until(() => followed.follower.fleet.nodePoll > 0);
		const { fleet } = followed.follower;
		const [node = -1] = [...fleet.nodes.slots.all()];
		assert.ok(fleet.nodes.cpu.get(node) >= 0);
		assert.ok(fleet.nodes.memory.get(node) > 0);
		assert.ok(fleet.nodes.memory.get(node) < fleet.nodes.memoryAllocatable.get(node));
		assert.ok(fleet.pods.slots.count > 0);
		for (const slot of fleet.pods.slots.all()) {
			const uid = fleet.pods.uid.get(slot);
			assert.notEqual(followed.follower.subjectOf(uid), undefined, uid);
		}
	});

	test('shows this very process among all of them', async (t) => {
		const followed = new Followed(t, { root: '/', refresh: 200 });
		await followed.until(() => followed.follower.polls > 0);
		const { processes } = followed.follower;
		processes.watch({});
		await followed.until(() => processes.loaded);
		const own = processes.rows.find(({ pid }) => pid === process.pid);
		assert.ok(own !== undefined);
		assert.ok(own.resident > mebibyte);
		assert.ok(own.cpuTime > 0);
		assert.ok(own.threads > 0);
		// A program may give itself another title, as whytop does.
		assert.notEqual(own.command, '');
		// Only what is on screen has its shared pages divided.
		assert.ok(processes.rows.every(({ proportional }) => Number.isNaN(proportional) || proportional === 0));
		processes.look([own]);
		await followed.until(() => (processes.rows.find(({ pid }) => pid === process.pid)?.proportional ?? 0) > 0);
		await followed.until(() => (processes.rows.find(({ pid }) => pid === process.pid)?.cpu ?? Number.NaN) >= 0);
		processes.watch(null);
		assert.deepEqual(processes.rows, []);
	});
});
