/** What versions decide, what is not known, and which reason of a residual comes first. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLedger } from '../../source/explain/ledger.ts';
import type { Claim, Ledger, ToolId } from '../../source/model/ledger.ts';
import { Readings } from '../../source/model/reading.ts';
import { noVersions, reading, readings, v1, v2 } from './made.ts';

function claim(ledger: Ledger, tool: ToolId): Claim {
	const found = ledger.claims.find((one) => one.tool === tool && one.of === 'memory');
	assert.ok(found, tool);
	return found;
}

const files = { usage: 100 << 20, inactiveFile: 20 << 20, anon: 60 << 20, localCache: 30 << 20 };

describe('versions', () => {
	for (const [docker, live] of [
		['29.7.2', 'docker-stats'],
		['20.10.24', 'docker-stats'],
		['19.03.15', 'docker-stats-17.06'],
		['17.06.0-ce', 'docker-stats-17.06'],
		['1.13.1', 'docker-stats-17.05'],
	] as const) {
		test(`docker ${docker}: ${live} is the formula that runs`, () => {
			const ledger = makeLedger('x', 'container', readings({ 'cgroup-v1': files }), { ...v1, docker });
			const running = ledger.claims.filter(
				({ tool, of, live: is }) => of === 'memory' && is && tool.startsWith('docker'),
			);
			assert.deepEqual(
				running.map(({ tool }) => tool),
				[live],
			);
		});
	}

	test('of an engine elsewhere needs whytop there, and of a cluster exec', () => {
		const needsOf = (made: Parameters<typeof readings>[0]) =>
			makeLedger('x', 'container', readings(made), v2).claims.find(({ tool }) => tool === 'top-in-container')?.needs;
		assert.equal(needsOf({ docker: { usage: 5000 } }), 'engine-machine');
		assert.equal(needsOf({ docker: { usage: 5000 }, 'pod-spec': { memoryLimit: 9000 } }), 'exec');
		assert.equal(needsOf({ 'metrics-api': { workingSet: 5000 } }), 'exec');
	});

	test('under containerd no docker formula runs, and crictl does', () => {
		const versions = { ...v2, runtime: 'containerd://2.1.0', kubelet: 'v1.36.3' };
		const ledger = makeLedger('x', 'container', readings({ 'cgroup-v2': files }), versions);
		assert.equal(claim(ledger, 'docker-stats').live, false);
		assert.equal(claim(ledger, 'crictl-stats').live, true);
	});

	test('podman: usage, anonymous memory, working set', () => {
		for (const [runtime, bytes] of [
			['podman://3.4.4', 100 << 20],
			['podman://4.9.3', 60 << 20],
			['podman://5.6.0', 80 << 20],
		] as const) {
			const ledger = makeLedger('x', 'container', readings({ 'cgroup-v2': files }), { ...v2, runtime });
			assert.equal(claim(ledger, 'podman-stats').value, bytes, runtime);
			assert.equal(claim(ledger, 'podman-stats').live, true);
		}
	});

	test('docker 17.06 on cgroup v2 finds no cache to subtract', () => {
		const { localCache: _, ...unified } = files;
		const ledger = makeLedger('x', 'container', readings({ 'cgroup-v2': unified }), v2);
		assert.equal(claim(ledger, 'docker-stats-17.06').value, 100 << 20);
	});
});

describe('what is missing', () => {
	test('without any reading nothing is claimed, and each tool says what it needs', () => {
		for (const kind of ['container', 'pod', 'node', 'host', 'cgroup', 'process'] as const) {
			const ledger = makeLedger('x', kind, new Readings([]), noVersions);
			assert.ok(ledger.claims.every(({ value, needs }) => Number.isNaN(value) && needs !== ''));
			assert.ok(ledger.claims.length > 0);
			assert.deepEqual([ledger.bridges, ledger.slices, ledger.truths], [[], [], []]);
		}
	});

	test('processes of a container need an exec, hidden ones make a lower bound', () => {
		const ledger = makeLedger('x', 'container', readings({ 'cgroup-v2': files }), v2);
		assert.equal(claim(ledger, 'top-in-container').needs, 'exec');
		const proc = { resident: 40 << 20, processes: 2, unreadableProcesses: 1 };
		const bounded = claim(makeLedger('x', 'container', readings({ 'cgroup-v2': files, proc }), v2), 'top-in-container');
		assert.deepEqual(bounded.range, [40 << 20, Number.POSITIVE_INFINITY]);
		assert.equal(bounded.printed, '≥40960');
	});

	test('the kubelet’s number of a pod’s cgroup is not taken for the sum of its containers', () => {
		const summary = [reading('kubelet-summary', 'workingSet', 44_535_808)];
		const whole = makeLedger('x', 'pod', new Readings(summary), v2);
		assert.equal(claim(whole, 'kubectl-top-pod').needs, 'kubelet');
		const parts = [
			...summary,
			reading('kubelet-summary', 'workingSet', 44_290_048, { part: 'container/etcd' }),
			reading('kubelet-cadvisor', 'workingSet', 192_512, { part: 'pause' }),
		];
		const ledger = makeLedger('x', 'pod', new Readings(parts), v2);
		assert.equal(claim(ledger, 'kubectl-top-pod').printed, '42Mi');
		const b5 = ledger.bridges.find(({ id }) => id === 'B5');
		// Measured on a kubelet 1.35: 53,248 bytes are charged to the pod itself.
		assert.deepEqual(
			[b5?.source, b5?.target, b5?.terms[0]?.value, b5?.residual, b5?.residualReasons[0]],
			[44_290_048, 44_535_808, 192_512, 53_248, 'pod-level-charge'],
		);
	});
});

describe('a pod with less than its containers', () => {
	test('was sampled at another moment: nothing is charged below none', () => {
		// coredns of a kubelet 1.35, whose cgroups were sampled seconds apart.
		const parts = [
			reading('kubelet-summary', 'workingSet', 13_000_000, { at: 1_003_600 }),
			reading('kubelet-summary', 'workingSet', 13_000_000, { part: 'container/coredns' }),
			reading('kubelet-cadvisor', 'workingSet', 196_608, { part: 'pause', at: 1_007_400 }),
		];
		const b5 = makeLedger('x', 'pod', new Readings(parts), v2).bridges.find(({ id }) => id === 'B5');
		assert.equal(b5?.residual, -196_608);
		assert.deepEqual(b5?.residualReasons, ['sampling']);
	});
});

describe('a node that is a container', () => {
	const pages = { anon: 710_361_088, file: 2_174_259_200, inactiveFile: 2_163_212_288 };
	const node = (usage: number) =>
		claim(
			makeLedger('node/x', 'node', readings({ 'kubelet-cadvisor': { ...pages, usage } }), {
				...v2,
				kubelet: 'v1.35.0',
			}),
			'kubectl-top-node',
		);

	test('has a usage of its own with kernel memory in it: minikube, a kubelet 1.35', () => {
		assert.match(node(3_080_323_072).formula, /memory\.current − inactive_file/);
		assert.match(node(3_080_323_072).decidedBy, /inside a container/);
	});

	test('and another node’s is of pages alone', () => {
		assert.match(node(pages.anon + pages.file).formula, /anon \+ file − inactive_file/);
		assert.doesNotMatch(node(pages.anon + pages.file).decidedBy, /container/);
	});
});

describe('a node and its pods', () => {
	test('what the kubelet itemises are terms, the rest is the residual: measured on a kubelet 1.35', () => {
		const part = (name: string, value: number, source: 'metrics-api' | 'kubelet-summary') =>
			reading(source, 'workingSet', value, { part: name });
		const ledger = makeLedger(
			'node/minikube',
			'node',
			new Readings([
				reading('metrics-api', 'workingSet', 917_110_784),
				part('pod/x/all', 523_374_592, 'metrics-api'),
				part('pod/x/all', 523_374_592 + 4_718_592, 'kubelet-summary'),
				part('system/pods', 523_374_592 + 4_718_592 + 98_304, 'kubelet-summary'),
				part('system/kubelet', 51_752_960, 'kubelet-summary'),
			]),
			v2,
		);
		const b4 = ledger.bridges.find(({ id }) => id === 'B4');
		assert.deepEqual(
			b4?.terms.map(({ id, value }) => [id, value]),
			[
				['pod-cgroups', 4_718_592],
				['kubepods', 98_304],
				['kubelet', 51_752_960],
			],
		);
		assert.equal(b4?.residual, 337_166_336);
		assert.equal(b4?.residualReasons[0], 'not-itemised');
	});
});

describe('reasons of a residual', () => {
	const cgroup = { usage: 100 << 20, inactiveFile: 0, anon: 60 << 20, file: 0, shmem: 0, kernel: 40 << 20 };
	const lists = { inactiveAnon: 60 << 20, activeAnon: 0, activeFile: 0, unevictable: 0 };
	const proc = { resident: 60 << 20, residentAnon: 60 << 20, residentFile: 0, residentShmem: 0 };

	function firstReason(
		more: readonly ReturnType<typeof reading>[],
		changed: Record<string, number> = {},
	): string | undefined {
		const made = readings({ 'cgroup-v1': { ...cgroup, ...lists, ...changed }, proc }).with(more);
		return makeLedger('x', 'container', made, v1).bridges.find(({ id }) => id === 'B2')?.residualReasons[0];
	}

	test('an older sample that differs by the residual is the sampling', () => {
		assert.equal(firstReason([reading('metrics-api', 'workingSet', 90 << 20, { at: 980_000 })]), 'sampling');
	});

	test('a few pages at one moment are counter batches, as many as the CPUs can hold', () => {
		const cpus = reading('cgroup-v1', 'onlineCpus', 2);
		assert.equal(firstReason([cpus], { usage: (100 << 20) + 93 * 4096 }), 'counter-batches');
		assert.equal(firstReason([cpus], { usage: (100 << 20) + 200 * 4096 }), 'unknown');
	});

	test('pages that are on no list yet are a term of that name, and none that is listed but not mapped', () => {
		// Read in a cgroup at its limit on Linux 6.12: file was 9 pages ahead of the lists.
		const made = readings({
			'cgroup-v1': { ...cgroup, ...lists, usage: (100 << 20) + 9 * 4096, file: 9 * 4096 },
			proc,
		});
		const bridge = makeLedger('x', 'container', made, v1).bridges.find(({ id }) => id === 'B2');
		assert.equal(bridge?.terms.find(({ id }) => id === 'unlisted')?.value, 9 * 4096);
		assert.ok(!bridge?.terms.some(({ id }) => id === 'unmapped'));
	});

	test('hidden processes are named where nothing small explains what is left, and are a truth of their own', () => {
		const hidden = reading('proc', 'unreadableProcesses', 1);
		assert.equal(firstReason([hidden], { usage: 110 << 20 }), 'hidden-processes');
		const ledger = makeLedger('x', 'container', new Readings([hidden]), v1);
		assert.ok(ledger.truths.some(({ id }) => id === 'hidden-processes'));
	});
});

describe('truths', () => {
	function truths(values: Record<string, number>, versions = v2) {
		return makeLedger('x', 'container', readings({ 'cgroup-v2': values }), versions).truths;
	}

	test('a limit held by cache alone: 100% by usage, 1% by working set, and nothing was killed', () => {
		const found = truths({
			usage: 64 << 20,
			inactiveFile: 63 << 20,
			activeFile: 0,
			inactiveAnon: 512 << 10,
			activeAnon: 0,
			unevictable: 0,
			kernel: 512 << 10,
			socket: 0,
			memoryLimit: 64 << 20,
			limitHits: 5000,
			oomEvents: 0,
			oomKills: 0,
		});
		const limit = found.find(({ id }) => id === 'limit-percent');
		assert.deepEqual(
			[limit?.facts['usagePercent'], limit?.facts['workingSetPercent'], limit?.facts['floorPercent']],
			[100, 1.6, 1.6],
		);
		assert.ok(found.some(({ id }) => id === 'limit-held-by-cache'));
		assert.equal(found.find(({ id }) => id === 'oom-kills')?.facts['kills'], 0);
		assert.equal(found.find(({ id }) => id === 'reclaimable')?.facts['total'], 63 << 20);
	});

	test('the kernel’s setting of its lists is said, and pressure is not measured on v1', () => {
		assert.ok(
			truths({ usage: 1 }, { ...v2, multiGenerationalLru: true }).some(({ id }) => id === 'multi-generational-lru'),
		);
		assert.ok(truths({ usage: 1 }, v1).some(({ id }) => id === 'pressure-not-measured'));
		assert.ok(!truths({ usage: 1 }).some(({ id }) => id === 'pressure-not-measured'));
	});

	test('throttling counts since the readings before', () => {
		const at = (periods: number, cut: number) =>
			readings({ 'cgroup-v2': { cpuPeriods: periods, throttledPeriods: cut } });
		const { truths: found } = makeLedger('x', 'container', at(171, 86), v2, at(100, 20));
		assert.deepEqual(found[0], { id: 'throttled', facts: { periods: 71, throttled: 66, percent: 93 } });
	});
});
