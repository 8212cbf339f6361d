/** Programs in the demo's containers, started as `explain --exec` starts them. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Demo } from '../../source/demo/options.ts';
import { serveDemo } from '../../source/demo/serve.ts';
import { makeLedger } from '../../source/explain/ledger.ts';
import { type ExecAnswer, readByExec } from '../../source/gather/exec.ts';
import { gatherSubject } from '../../source/gather/subject.ts';
import type { KubeClient } from '../../source/kube/client.ts';
import { connect } from '../../source/kube/connect.ts';
import { startExec } from '../../source/kube/exec/session.ts';
import { type Subject, subjectKey } from '../../source/model/subject.ts';
import { ask, readKubeconfig } from './ask.ts';

interface ContainerState {
	name: string;
	state: { running?: object; terminated?: object };
}

interface PodItem {
	metadata: { name: string; namespace: string };
	spec: { nodeName?: string };
	status: { phase: string; containerStatuses?: ContainerState[] };
}

type Target = { namespace: string; pod: string; container: string };

/** Those whose images have nothing but their own program. */
const bare = /^(?:kube-|etcd|coredns|metrics-server|cert-manager|external-dns)/;

describe('a container of a demo that stands still', () => {
	let demo: Demo;
	let client: KubeClient;
	let pods: PodItem[] = [];
	before(async () => {
		demo = await serveDemo({ freezeClock: true });
		client = await connect({ kubeconfig: demo.kubeconfig }, {});
		pods = (JSON.parse((await client.read('/api/v1/pods')).body.toString()) as { items: PodItem[] }).items;
	});
	after(async () => {
		client.close();
		await demo.close();
	});

	function containers(is: (pod: PodItem, container: ContainerState) => boolean): Target[] {
		return pods.flatMap((pod) =>
			(pod.status.containerStatuses ?? [])
				.filter((container) => is(pod, container))
				.map(({ name }) => ({ namespace: pod.metadata.namespace, pod: pod.metadata.name, container: name })),
		);
	}

	function readableOn(node: string): Target[] {
		return containers((pod, { name, state }) => pod.spec.nodeName === node && !!state.running && !bare.test(name));
	}

	async function read(target: Target, as?: string): Promise<ExecAnswer> {
		const user = as === undefined ? client : await connect({ kubeconfig: demo.kubeconfig, as }, {});
		try {
			return await readByExec(user, target, { between: 0 });
		} finally {
			if (user !== client) user.close();
		}
	}

	async function outputOf(target: Target, ...command: string[]) {
		const session = await startExec(client, target, { command });
		const pieces: Buffer[] = [];
		for await (const piece of session.output()) pieces.push(piece);
		return { stdout: Buffer.concat(pieces).toString(), stderr: session.stderr, status: session.status };
	}

	for (const [node, version] of [
		['worker-01', 'v2'],
		['worker-07', 'v1'],
	] as const) {
		test(`closes the way from kubectl top pod to top in the container on cgroup ${version}`, async () => {
			const targets = readableOn(node).slice(0, 5);
			assert.equal(targets.length, 5);
			const subjects = targets.map((target): Subject => ({ kind: 'container', ...target, id: '' }));
			await Promise.all(
				subjects.map(async (subject) => {
					const gathered = await gatherSubject(subject, {
						machine: () => Promise.reject(new Error('no machine is read')),
						connect: async () => client,
						kubelet: '',
						connectKubelet: () => Promise.reject(new Error('nobody asks a kubelet directly')),
						exec: true,
					});
					const where = subjectKey(subject);
					assert.deepEqual(gathered.problems, [], where);
					const ledger = makeLedger(where, gathered.kind, gathered.readings, gathered.versions, gathered.previous);
					assert.equal(ledger.versions.cgroup, version);
					const bridge = ledger.bridges.find(({ id, to }) => id === 'B2' && to === 'top-in-container');
					assert.ok(bridge, where);
					assert.deepEqual([bridge.missing, bridge.residual + 0, bridge.residualReasons], [[], 0, []], where);
				}),
			);
		});

		test(`sees its own processes and no others on cgroup ${version}`, async () => {
			const [target] = readableOn(node);
			assert.ok(target);
			const { exists, hiddenProcesses, processes, problems } = await read(target);
			assert.deepEqual([exists, hiddenProcesses, problems], [true, 0, []]);
			assert.ok(processes.some(({ pid }) => pid === 1));
			assert.ok(processes.every(({ pid }) => pid < 1000));
		});
	}

	test('has cat, which says what is not there and prints the rest', async () => {
		const [target] = readableOn('worker-01');
		assert.ok(target);
		const { status, stderr, stdout } = await outputOf(target, 'cat', '/no/such', '/etc/hostname', '/proc');
		assert.equal(stdout, `${target.pod}\n`);
		assert.deepEqual(stderr, ['cat: /no/such: No such file or directory', 'cat: /proc: Is a directory']);
		assert.equal(status.exitCode, 1);
	});

	test('has no shell, in the words of containerd as an API server passes them on', async () => {
		const [target] = readableOn('worker-01');
		assert.ok(target);
		const { status } = await outputOf(target, 'sh', '-c', 'true');
		assert.ok(Number.isNaN(status.exitCode));
		assert.match(
			status.message,
			/^Internal error occurred: Internal error occurred: error executing command in container: failed to exec in container: failed to start exec "[0-9a-f]{64}": OCI runtime exec failed: .*exec: "sh": executable file not found in \$PATH: unknown$/,
		);
	});

	test('of a distroless image has nothing that reads', async () => {
		const [target] = containers((_, { name, state }) => name === 'coredns' && !!state.running);
		assert.ok(target);
		assert.deepEqual(
			(await read(target)).problems.map(({ id }) => id),
			['no-reader'],
		);
	});

	test('is not entered by those who may not', async () => {
		const [target] = readableOn('worker-01');
		assert.ok(target);
		const [problem] = (await read(target, 'demo-viewer')).problems;
		assert.deepEqual([problem?.id, problem?.status], ['forbidden', 403]);
		assert.match(problem?.sentence ?? '', /User "demo-viewer" cannot get resource "pods\/exec" in API group ""/);
	});

	test('that has ended is not found by its kubelet', async () => {
		const [target] = containers((pod, { state }) => pod.status.phase === 'Succeeded' && !!state.terminated);
		assert.ok(target);
		const { status } = await outputOf(target, 'cat', '/proc/version');
		assert.equal(
			status.message,
			`Internal error occurred: unable to upgrade connection: container not found ("${target.container}")`,
		);
		assert.deepEqual(
			(await read(target)).problems.map(({ id }) => id),
			['not-running'],
		);
	});

	test('that the pod does not have, and a pod that nobody has, are refused by the API server', async () => {
		const [target] = readableOn('worker-01');
		assert.ok(target);
		const { namespace, pod } = target;
		const questions = [
			[`${pod}/exec?container=nobody`, 400, `container nobody is not valid for pod ${pod}`],
			['nobody/exec', 404, 'pods "nobody" not found'],
			[`${pod}/exec?container=${target.container}`, 400, 'Upgrade request required'],
		] as const;
		const data = readKubeconfig(demo.kubeconfig).clusters[0]?.cluster['certificate-authority-data'] ?? '';
		for (const [path, code, message] of questions) {
			const answer = await ask(`${demo.url}/api/v1/namespaces/${namespace}/pods/${path}`, {
				authority: Buffer.from(data, 'base64').toString(),
			});
			assert.deepEqual([answer.status, answer.json.message], [code, message]);
		}
		await assert.rejects(startExec(client, { ...target, container: 'nobody' }, { command: ['cat'] }), {
			status: 400,
			reason: 'BadRequest',
		});
	});

	test('leaves no connection behind: the demo closes while one is open', async () => {
		const other = await serveDemo({ freezeClock: true, nodes: 4, pods: 20 });
		const user = await connect({ kubeconfig: other.kubeconfig }, {});
		const list = JSON.parse((await user.read('/api/v1/pods')).body.toString()) as { items: PodItem[] };
		const running = list.items.find(({ status }) => status.containerStatuses?.[0]?.state.running);
		assert.ok(running);
		const { name: pod, namespace } = running.metadata;
		const container = running.status.containerStatuses?.[0]?.name ?? '';
		await startExec(user, { namespace, pod, container }, { command: ['cat'] });
		await other.close();
		user.close();
	});
});
