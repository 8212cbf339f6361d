/**
 * What must be true of the workloads of test/docker and test/vm, whether they run now or were captured: each ledger closes
 * within what the kernel's counters allow, and says of each workload what is true of it.
 */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Bridge, Ledger } from '../../source/model/ledger.ts';
import type { ReadingQuantity, Readings } from '../../source/model/reading.ts';
import { ledgerOf } from './machine-v2.ts';

const MiB = 2 ** 20;

/** MEMCG_CHARGE_BATCH pages, which each CPU may hold of a counter. */
const batch = 64 * 4096;

interface Explained {
	ledger: Ledger;
	of: (quantity: ReadingQuantity) => number;
	processes: (quantity: ReadingQuantity) => number;
	printed: (tool: string) => string;
	truths: readonly string[];
	/** What a term of a bridge is; 0 if the bridge has none of that name. */
	term: (from: string, to: string, id: string) => number;
}

function bridgeOf(ledger: Ledger, from: string, to: string): Bridge {
	const bridge = ledger.bridges.find((each) => each.of === 'memory' && each.from === from && each.to === to);
	assert.ok(bridge, `${from} → ${to}`);
	return bridge;
}

function explained(ledger: Ledger, readings: Readings): Explained {
	return {
		ledger,
		of: (quantity) => readings.value(quantity, 'cgroup-v2', 'cgroup-v1'),
		processes: (quantity) => readings.value(quantity, 'proc'),
		printed: (tool) => ledger.claims.find((claim) => claim.tool === tool && claim.of === 'memory')?.printed ?? '',
		truths: ledger.truths.map(({ id }) => id),
		term: (from, to, id) => bridgeOf(ledger, from, to).terms.find((each) => each.id === id)?.value ?? 0,
	};
}

function mebibytes(printed: string): number {
	assert.match(printed, /^[\d.]+MiB$/);
	return Number.parseFloat(printed);
}

function assertAbout(value: number, expected: number, slack: number): void {
	assert.ok(Math.abs(value - expected) <= slack, `${value} is not ${expected} ± ${slack}`);
}

/** A kernel that pages out what nobody reads (DAMON can) takes some of a file back at any time, but not most of it. */
function assertCached(value: number, size: number): void {
	assert.ok(value <= size + MiB && value >= size / 2, `${value} of a file of ${size} is cached`);
}

const toProcesses = ['kubectl-top-pod', 'top-in-container'] as const;

/** The term that is by far the largest of the way from the working set to ΣRES. */
function assertMainReason({ ledger }: Explained, id: string): void {
	const terms = bridgeOf(ledger, ...toProcesses).terms.toSorted(
		(one, other) => Math.abs(other.value) - Math.abs(one.value),
	);
	assert.equal(terms[0]?.id, id);
	assert.ok(Math.abs(terms[0]?.value ?? 0) > 10 * Math.abs(terms[1]?.value ?? 0));
}

/** A file that is read again and again: which list it is on decides what every tool shows. */
function rereadFile(size: number) {
	return ({ of, printed, truths }: Explained): void => {
		assertCached(of('file'), size);
		if (truths.includes('multi-generational-lru')) {
			assert.ok(of('inactiveFile') >= of('file') - MiB);
			assert.ok(mebibytes(printed('docker-stats')) < 5);
		} else {
			assert.ok(of('activeFile') >= of('file') - MiB);
			assertAbout(mebibytes(printed('docker-stats')), mebibytes(printed('docker-stats-17.05')), 0.1);
		}
	};
}

const checks: Readonly<Record<string, (workload: Explained) => void>> = {
	anonymous: ({ of, processes, printed }) => {
		assertAbout(mebibytes(printed('docker-stats')), 80, 1);
		assert.equal(of('anon'), processes('residentAnon'));
	},
	'shared-memory': (workload) => {
		const { of, processes, printed, truths } = workload;
		// Both processes have it in their page tables or may have; it is charged once.
		assertAbout(of('shmem'), 70 * MiB, MiB);
		assertAbout(mebibytes(printed('docker-stats')), 70, 1);
		assertAbout(processes('proportional'), 70 * MiB, 2 * MiB);
		assert.ok(truths.includes('shared-is-not-cache'));
	},
	fork: (workload) => {
		assertAbout(mebibytes(workload.printed('docker-stats')), 41, 1);
		assertMainReason(workload, 'anon');
		assertAbout(workload.term(...toProcesses, 'anon'), 160 * MiB, 2 * MiB);
		assert.ok(workload.truths.includes('res-counts-shared'));
	},
	kernel: (workload) => {
		assertMainReason(workload, 'kernel');
		assert.ok(workload.term(...toProcesses, 'kernel') <= -25 * MiB);
	},
	cpu: ({ ledger }) => {
		const bridge = ledger.bridges.find(({ of, to }) => of === 'cpu' && to === 'top-in-container');
		assert.ok(bridge);
		// Two processes of a tenth of a core each; a machine that is emulated on a busy one may give them less.
		assert.ok(bridge.source > 2e7 && bridge.source < 3e8, `${bridge.source}`);
		// Of a machine that runs now, processes are read a while after the counter.
		const [first = 'ticks'] = bridge.residualReasons;
		assert.ok(first === 'ticks' || first === 'window', first);
	},
	tmpfs: (workload) => {
		assertMainReason(workload, 'shmem');
		assertAbout(workload.term(...toProcesses, 'shmem'), -50 * MiB, 2 * MiB);
		assertAbout(mebibytes(workload.printed('docker-stats')), 51, 1);
	},
	'active-cache': rereadFile(60 * MiB),
	'inactive-cache': ({ of, printed, truths }) => {
		assertCached(of('file'), 60 * MiB);
		// On a busy machine the kernel takes some of it for active.
		assertAbout(of('inactiveFile'), of('file'), 5 * MiB);
		assert.ok(mebibytes(printed('docker-stats')) < 10);
		assertAbout(mebibytes(printed('docker-stats-17.05')), of('file') / MiB + 3, 3);
		assert.ok(truths.includes('cache-beyond-working-set'));
	},
	limit: ({ of, truths }) => {
		assert.equal(of('memoryLimit'), 48 * MiB);
		assert.ok(of('usage') <= of('memoryLimit') && of('usage') > of('memoryLimit') - 2 * MiB);
		assert.ok(of('limitHits') > 0);
		// v1 counts kills only.
		assert.ok(of('oomEvents') === 0 || of('oomKills') === 0);
		assert.ok(truths.includes('limit-held-by-cache') && truths.includes('limit-percent'));
	},
};

/** What runs under the kernel's own lists, and what of it the lists decide. */
export const workloads: readonly string[] = Object.keys(checks);
export const fileWorkloads: readonly string[] = ['active-cache', 'inactive-cache', 'limit'];

/** These work on while they are read. */
const busy: readonly string[] = ['active-cache', 'cpu', 'limit'];

function assertCloses(name: string, ledger: Ledger, cpus: number, t: TestContext): void {
	const bridges = ledger.bridges.filter(({ of }) => of === 'memory');
	for (const id of ['B1', 'B2', 'B6', 'B8'] as const) {
		assert.ok(
			bridges.some((bridge) => bridge.id === id),
			id,
		);
	}
	for (const { from, id, missing, residual, residualReasons, source, target, to } of bridges) {
		const way = `${id} ${from} → ${to}: residual ${residual}`;
		assert.deepEqual(missing, [], way);
		assert.ok(Math.abs(residual) <= cpus * batch || busy.includes(name), way);
		if (residual !== 0) {
			const [first = ''] = residualReasons;
			const isTrue = first === 'counter-batches' || (busy.includes(name) && first === 'sampling');
			assert.ok(isTrue, `${way}, because of ${residualReasons}`);
			t.diagnostic(`${way} bytes, ${((100 * residual) / Math.max(source, target)).toFixed(2)} %, ${first}`);
		}
	}
}

/** Of one of the workloads, whatever machine it runs on. */
export function checkWorkload(name: string, ledger: Ledger, readings: Readings, t: TestContext): void {
	const workload = explained(ledger, readings);
	const { of, printed } = workload;
	const cpus = readings.value('onlineCpus');
	assert.ok(of('usage') > 0 && cpus > 0);
	assertCloses(name, ledger, cpus, t);
	const slices = ledger.slices.reduce((sum, { value }) => sum + value, 0);
	assert.equal(slices, of('usage'));
	checks[name]?.(workload);
	t.diagnostic(
		`${name}: usage ${of('usage')}, kubectl top ${printed('kubectl-top-pod')}, docker stats ${printed('docker-stats')}, ` +
			`17.06 ${printed('docker-stats-17.06')}, 17.05 ${printed('docker-stats-17.05')}, ΣRES ${printed('top-in-container')}`,
	);
}

/** Of one that a guest of test/vm brought out. */
export function testWorkload(name: string, folder: () => string): void {
	test(`${name}: its ledger closes, and says what is true of it`, async (t) => {
		const { ledger, readings } = await ledgerOf(folder(), name);
		assert.equal(ledger.versions.cgroup, 'v2');
		checkWorkload(name, ledger, readings, t);
		const [usage, ...parts] = (['usage', 'anon', 'file', 'kernel', 'socket'] as const).map((quantity) =>
			readings.value(quantity, 'cgroup-v2'),
		);
		const residual = parts.reduce((rest, part) => rest - part, usage ?? Number.NaN);
		const bound = readings.value('onlineCpus') * batch;
		assert.ok(Math.abs(residual) <= bound, `memory.current − (anon + file + kernel + sock) = ${residual}`);
		t.diagnostic(`memory.current − (anon + file + kernel + sock) = ${residual}`);
	});
}

export function testMachine(folder: () => string): void {
	test('the machine: the way from the working set of its root cgroup to free closes', async (t) => {
		const { ledger, readings } = await ledgerOf(folder(), '/');
		const bridges = ledger.bridges.filter(({ id }) => id === 'B3');
		assert.deepEqual(
			bridges.map(({ to, residual, missing }) => [to, residual, missing]),
			[
				['free', 0, []],
				['free-3.3', 0, []],
			],
		);
		for (const term of bridges.flatMap(({ terms }) => terms)) {
			// Two views of the same pages, which the kernel brings up to date at different times.
			if (term.id === 'root-counters' || term.id === 'inactive-file-counters') {
				assert.ok(Math.abs(term.value) <= 4 * MiB, `${term.id} ${term.value}`);
				t.diagnostic(`${term.id}: ${term.value} bytes`);
			}
		}
		assert.equal(readings.find('usage', 'cgroup-v2'), undefined, 'a root has no memory.current');
	});
}
