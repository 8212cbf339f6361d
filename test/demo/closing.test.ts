/** Every bridge on the machines of a demo that stands still, through the readers that are used for real ones. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Demo } from '../../source/demo/options.ts';
import { serveDemo } from '../../source/demo/serve.ts';
import { makeLedger } from '../../source/explain/ledger.ts';
import { type GatherOptions, gatherSubject } from '../../source/gather/subject.ts';
import type { KubeClient } from '../../source/kube/client.ts';
import { connect } from '../../source/kube/connect.ts';
import type { Bridge, Ledger } from '../../source/model/ledger.ts';
import { type Subject, subjectKey } from '../../source/model/subject.ts';

interface PodItem {
	metadata: { name: string; namespace: string };
	spec: { nodeName?: string };
	status: {
		phase: string;
		containerStatuses?: { name: string; state: { running?: object } }[];
		initContainerStatuses?: { name: string; state: { running?: object } }[];
	};
}

/** 14 pages: what the kernel keeps for the cgroup of a pod itself. */
const podLevel = 57_344;

function nameOf({ id, from, to, of }: Bridge): string {
	return `${id} ${from} → ${to} ${of}`;
}

/** Tools that are asked now, and not by the kubelet: their counters stand still with the clock. */
const live = new Set(['docker-stats', 'crictl-stats', 'podman-stats', 'top-in-container']);

/** What a bridge may leave, and why: everything else closes to the byte with nothing missing. */
function assertCloses(ledger: Ledger, bridge: Bridge): void {
	const where = `${ledger.subject} ${nameOf(bridge)}`;
	const sum = bridge.terms.reduce((total, term) => total + term.value, 0);
	assert.equal(bridge.source + sum + bridge.residual, bridge.target, where);
	assert.deepEqual(bridge.missing, [], where);
	if (bridge.id === 'B4') {
		assert.equal(bridge.residualReasons[0], 'not-itemised', where);
	} else if (bridge.id === 'B5') {
		assert.equal(bridge.residual, podLevel, where);
		assert.deepEqual(bridge.residualReasons, ['pod-level-charge'], where);
	} else if (bridge.id === 'B7' && live.has(bridge.to) && bridge.residual !== 0) {
		assert.equal(bridge.residualReasons[0], 'window', where);
	} else {
		assert.equal(bridge.residual + 0, 0, where);
		assert.deepEqual(bridge.residualReasons, [], where);
	}
}

/** Each takes its second, and a half of them has every kind. */
function everySecond<Item>(items: readonly Item[]): Item[] {
	return items.filter((_, index) => index % 2 === 0);
}

/** Does so for all, a few at a time. */
async function forEach<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
	const waiting = items.values();
	await Promise.all(
		Array.from({ length: 8 }, async () => {
			for (const item of waiting) await work(item);
		}),
	);
}

describe('a demo cluster that stands still', () => {
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

	async function ledgerOf(subject: Subject, machine: GatherOptions['machine']): Promise<Ledger> {
		const gathered = await gatherSubject(subject, {
			machine,
			connect: async () => client,
			kubelet: '',
			connectKubelet: () => Promise.reject(new Error('nobody asks a kubelet directly')),
		});
		assert.deepEqual(gathered.problems, [], subjectKey(subject));
		return makeLedger(subjectKey(subject), gathered.kind, gathered.readings, gathered.versions, gathered.previous);
	}

	const onMachine =
		(name: string): GatherOptions['machine'] =>
		async () => {
			const machine = await demo.machine(name);
			assert.ok(machine);
			return { root: machine.root, environment: { DOCKER_HOST: `unix://${machine.docker}` } };
		};

	function podsOn(node: string): PodItem[] {
		return pods.filter(({ spec, status }) => spec.nodeName === node && status.phase === 'Running');
	}

	function containersOn(node: string): Subject[] {
		return podsOn(node).flatMap(({ metadata: { name, namespace }, status }) =>
			[...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])]
				.filter(({ state }) => state.running)
				.map(({ name: container }): Subject => ({ kind: 'container', namespace, pod: name, container, id: '' })),
		);
	}

	for (const [node, version] of [
		['worker-01', 'v2'],
		['worker-07', 'v1'],
	] as const) {
		test(`closes every bridge of the node, its pods, its containers and its engine on cgroup ${version}`, async () => {
			const subjects: Subject[] = [
				{ kind: 'node', name: node },
				{ kind: 'host' },
				{ kind: 'cgroup', path: version === 'v2' ? '/kubepods.slice' : '/kubepods' },
				...['registry-mirror', 'buildkit', 'inventory-agent'].map((name): Subject => ({ kind: 'docker', name })),
				...everySecond(podsOn(node)).map(
					({ metadata: { name, namespace } }): Subject => ({ kind: 'pod', namespace, name, uid: '' }),
				),
				...everySecond(containersOn(node)),
			];
			const seen = new Map<string, Set<string>>();
			await forEach(subjects, async (subject) => {
				const ledger = await ledgerOf(subject, onMachine(node));
				assert.equal(ledger.versions.cgroup, version);
				for (const bridge of ledger.bridges) {
					assertCloses(ledger, bridge);
					seen.set(bridge.id, (seen.get(bridge.id) ?? new Set()).add(subject.kind));
				}
				const total = ledger.slices.reduce((sum, slice) => sum + slice.value, 0);
				const remainder = ledger.slices.find(({ id }) => id === 'remainder');
				assert.equal(remainder?.value, 0, `${ledger.subject}: of ${total}`);
			});
			const ids = Array.from({ length: 10 }, (_, index) => `B${index + 1}`);
			assert.deepEqual(
				[...seen.keys()].sort((one, other) => Number(one.slice(1)) - Number(other.slice(1))),
				ids,
			);
			assert.deepEqual(seen.get('B3'), new Set(['node', 'host']));
			assert.ok(seen.get('B1')?.has('docker') && seen.get('B2')?.has('container'));
		});
	}

	test('takes the root of all cgroups for the machine, whose usage has no kernel memory', async () => {
		for (const node of ['worker-01', 'worker-07']) {
			const [host, root] = await Promise.all([
				ledgerOf({ kind: 'host' }, onMachine(node)),
				ledgerOf({ kind: 'cgroup', path: '/' }, onMachine(node)),
			]);
			assert.deepEqual(root.slices, host.slices);
			assert.ok(root.bridges.some(({ id }) => id === 'B3'));
			for (const bridge of root.bridges) assertCloses(root, bridge);
		}
	});

	test('names what is missing where only the kubelet can be asked', async () => {
		const [container] = containersOn('worker-02');
		assert.ok(container);
		const { bridges } = await ledgerOf(container, async () => undefined);
		for (const bridge of bridges) {
			if (bridge.missing.length === 0) assert.equal(bridge.residual, 0, nameOf(bridge));
			else
				assert.deepEqual(
					[bridge.missing, bridge.residualReasons[0]],
					[['kernel', 'socket', 'unmapped'], 'unread-terms'],
				);
		}
		assert.ok(bridges.some(({ missing }) => missing.length > 0));
	});

	test('docker’s own CPU figure is that of the model, over the last second', async () => {
		for (const node of ['worker-01', 'worker-07']) {
			const { claims } = await ledgerOf({ kind: 'docker', name: 'buildkit' }, onMachine(node));
			const claim = claims.find(({ tool, of }) => tool === 'docker-stats' && of === 'cpu');
			assert.ok(claim !== undefined && claim.value > 0);
			assert.equal(claim.value % 1e6, 0, 'a whole number of millicores');
		}
	});
});
