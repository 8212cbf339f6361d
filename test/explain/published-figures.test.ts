/**
 * Figures measured on a real Docker engine 20.10.24 with docker's command line 28.2.2 (cgroup v1, Linux 6.18), and on one
 * host, typed from the table in which they were written down. What that table gives as a sum only is given to one summand.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeLedger } from '../../source/explain/ledger.ts';
import type { Bridge, Ledger, ToolId } from '../../source/model/ledger.ts';
import { readings, v1, v2 } from './made.ts';

function bridge(ledger: Ledger, id: Bridge['id'], to: ToolId, from?: ToolId): Bridge {
	const found = ledger.bridges.find(
		(one) => one.id === id && one.to === to && (from === undefined || one.from === from),
	);
	assert.ok(found, `${id} to ${to}`);
	return found;
}

function term(one: Bridge, id: string): number {
	return one.terms.find((candidate) => candidate.id === id)?.value ?? 0;
}

function printed(ledger: Ledger, tool: ToolId, of: 'memory' | 'cpu' = 'memory'): string {
	return ledger.claims.find((claim) => claim.tool === tool && claim.of === of)?.printed ?? 'no claim';
}

interface Row {
	usage: number;
	anon: number;
	shmem: number;
	file: number;
	inactiveFile: number;
	kernel: number;
	rssAnon: number;
	rssFile: number;
}

/** A container of cgroup v1 without locked pages and split huge pages: the lists follow from I2 and I3. */
function container(row: Row): Ledger {
	return makeLedger(
		'docker/x',
		'container',
		readings({
			'cgroup-v1': {
				usage: row.usage,
				anon: row.anon,
				shmem: row.shmem,
				file: row.file,
				localCache: row.file,
				inactiveFile: row.inactiveFile,
				activeFile: row.file - row.shmem - row.inactiveFile,
				inactiveAnon: row.anon + row.shmem,
				activeAnon: 0,
				unevictable: 0,
				kernel: row.kernel,
			},
			proc: {
				resident: row.rssAnon + row.rssFile + row.shmem,
				residentAnon: row.rssAnon,
				residentFile: row.rssFile,
				residentShmem: row.shmem,
				processes: 1,
				unreadableProcesses: 0,
			},
		}),
		v1,
	);
}

const anon: Row = {
	usage: 95_481_856,
	anon: 86_736_896,
	shmem: 0,
	file: 8_208_384,
	inactiveFile: 95_481_856 - 88_481_792,
	kernel: 536_576,
	rssAnon: 86_736_896,
	rssFile: 92_397_568 - 86_736_896,
};

const shm: Row = {
	usage: 77_070_336,
	anon: 2_854_912,
	shmem: 73_400_320,
	file: 73_560_064,
	inactiveFile: 32_768,
	kernel: 655_360,
	rssAnon: 2_854_912,
	rssFile: 81_817_600 - 2_854_912 - 73_400_320,
};

const fork4: Row = {
	usage: 56_840_192,
	anon: 55_701_504,
	shmem: 0,
	file: 4_096,
	inactiveFile: 0,
	kernel: 1_089_536,
	rssAnon: 55_701_504 + 165_416_960,
	rssFile: 4_096 + 12_591_104,
};

const kernelMemory: Row = {
	usage: 32_215_040,
	anon: 3_915_776,
	shmem: 0,
	file: 368_640,
	inactiveFile: 32_215_040 - 32_043_008,
	kernel: 27_549_696,
	rssAnon: 3_915_776,
	rssFile: 9_670_656 - 3_915_776,
};

describe('working set and ΣRES, measured', () => {
	for (const [name, row, workingSet, resident, terms, residual] of [
		['anonymous', anon, 88_481_792, 92_397_568, { anon: 0, file: 4_452_352, kernel: -536_576 }, 0],
		['shared memory', shm, 77_037_568, 81_817_600, { shmem: 0, file: 5_435_392, kernel: -655_360 }, 0],
		[
			'four forks',
			fork4,
			56_840_192,
			233_713_664,
			{ anon: 165_416_960, file: 12_591_104, kernel: -1_089_536 },
			-45_056,
		],
		['kernel memory', kernelMemory, 32_043_008, 9_670_656, { file: 5_558_272, kernel: -27_549_696 }, -380_928],
	] as const) {
		test(`${name}: every term and the residual are the measured ones`, () => {
			const b2 = bridge(container(row), 'B2', 'top-in-container');
			assert.equal(b2.source, workingSet);
			assert.equal(b2.target, resident);
			for (const [id, value] of Object.entries(terms)) {
				assert.equal(term(b2, id) + 0, value, id);
			}
			assert.equal(b2.residual + 0, residual);
			assert.deepEqual(b2.missing, []);
			assert.equal(b2.residualReasons[0], residual === 0 ? undefined : 'counter-batches');
		});
	}

	test('a file that is read again and again: 57 MiB of active cache are in the working set only', () => {
		// The table gives sums only: of anonymous memory it says that both are equal.
		const ledger = container({
			usage: 68_157_440,
			anon: 4_000_000,
			shmem: 0,
			file: 68_157_440 - 4_000_000 - 2_056_192 - 233_472,
			inactiveFile: 0,
			kernel: 2_056_192,
			rssAnon: 4_000_000,
			rssFile: 8_577_024 - 4_000_000,
		});
		const b2 = bridge(ledger, 'B2', 'top-in-container');
		assert.equal(b2.target - b2.source, -59_580_416);
		assert.equal(term(b2, 'file'), -57_290_752);
		assert.equal(term(b2, 'kernel'), -2_056_192);
		assert.equal(b2.residual, -233_472);
	});
});

describe('kubectl top pod and docker stats, measured', () => {
	test('shared memory: 73Mi and 73.47MiB today, 3.35MiB before 20.10, with the terms of the difference', () => {
		const ledger = container(shm);
		assert.equal(printed(ledger, 'kubectl-top-pod'), '73Mi');
		assert.equal(printed(ledger, 'docker-stats'), '73.47MiB');
		assert.equal(printed(ledger, 'docker-stats-17.06'), '3.348MiB');
		assert.equal(printed(ledger, 'docker-stats-17.05'), '73.5MiB');
		assert.deepEqual(bridge(ledger, 'B1', 'docker-stats').terms, []);
		assert.equal(bridge(ledger, 'B1', 'docker-stats').residual, 0);
		const old = bridge(ledger, 'B1', 'docker-stats-17.06');
		assert.equal(old.target, 3_510_272);
		assert.equal(old.source - old.target, 73_527_296);
		assert.equal(term(old, 'shmem'), -73_400_320);
		assert.equal(term(old, 'active-file'), -126_976);
		assert.equal(old.residual, 0);
		const oldest = bridge(ledger, 'B1', 'docker-stats-17.05');
		assert.equal(term(oldest, 'inactive-file'), 32_768);
		assert.equal(oldest.residual, 0);
	});

	test('a file written once: 4Mi and 4.68MiB of 64.68MiB', () => {
		const ledger = makeLedger(
			'x',
			'container',
			readings({ 'cgroup-v1': { usage: 67_821_568, inactiveFile: 62_914_560 } }),
			v1,
		);
		assert.equal(printed(ledger, 'kubectl-top-pod'), '4Mi');
		assert.equal(printed(ledger, 'docker-stats'), '4.68MiB');
		assert.equal(bridge(ledger, 'B1', 'docker-stats').target, 4_907_008);
	});

	test('inactive file not smaller than usage: kubectl says 0Mi, docker says usage, and the bridge says why', () => {
		for (const inactiveFile of [8_388_608, 8_392_704]) {
			const ledger = makeLedger('x', 'container', readings({ 'cgroup-v2': { usage: 8_388_608, inactiveFile } }), v2);
			assert.equal(printed(ledger, 'kubectl-top-pod'), '0Mi');
			assert.equal(printed(ledger, 'docker-stats'), '8MiB');
			for (const to of ['docker-stats', 'docker-stats-17.06', 'docker-stats-17.05'] as const) {
				assert.equal(bridge(ledger, 'B1', to).residual, 0, to);
			}
			assert.equal(term(bridge(ledger, 'B1', 'docker-stats'), 'not-subtracted'), 8_388_608);
		}
	});
});

describe('usage and working set, measured', () => {
	test('etcd on cgroup v2: usage − working set is the inactive file, to the byte', () => {
		const ledger = makeLedger(
			'x',
			'container',
			readings({
				'kubelet-cadvisor': { usage: 47_861_760, workingSet: 44_290_048, inactiveFile: 3_571_712 },
			}),
			v2,
		);
		const b6 = bridge(ledger, 'B6', 'prometheus-working-set');
		assert.equal(term(b6, 'inactive-file'), -3_571_712);
		assert.equal(b6.residual, 0);
	});

	test('a container with split huge pages on cgroup v2: from the lists 802,816 are left, not 270,860,288', () => {
		const usage = 10_498_404_352;
		const [anonymous, file, kernel, unmapped] = [1_411_100_672, 8_621_432_832, 195_010_560, 270_057_472];
		const ledger = makeLedger(
			'x',
			'container',
			readings({
				'cgroup-v2': {
					usage,
					anon: anonymous,
					file,
					shmem: 20_480,
					kernel,
					socket: 0,
					// The table gives the sum of the lists.
					inactiveAnon: 0,
					activeAnon: anonymous + 20_480 + unmapped,
					inactiveFile: file - 20_480,
					activeFile: 0,
					unevictable: 0,
				},
			}),
			v2,
		);
		const b6 = bridge(ledger, 'B6', 'cadvisor-usage', 'prometheus-rss');
		assert.equal(term(b6, 'unmapped'), unmapped);
		assert.equal(b6.residual, 802_816);
		assert.equal(b6.residualReasons[0], 'counter-batches');
		assert.equal(ledger.slices.find((slice) => slice.id === 'remainder')?.value, 802_816);
	});
});

describe('a node and free on the host, measured', () => {
	const kibibyte = 1024;
	const meminfo = {
		memTotal: 24_684_096 * kibibyte,
		memFree: 19_139_976 * kibibyte,
		memAvailable: 22_276_296 * kibibyte,
		buffers: 11_984 * kibibyte,
		cached: 3_135_816 * kibibyte,
		swapCached: 0,
		activeFilePages: 1_348_588 * kibibyte,
		inactiveFilePages: 1_718_744 * kibibyte,
		anonPages: 1_467_744 * kibibyte,
		kernelReclaimable: 383_440 * kibibyte,
		slabReclaimable: 383_440 * kibibyte,
	};
	const root = {
		usage: 4_726_317_056,
		anon: 1_503_023_104,
		file: 3_223_375_872,
		inactiveFile: 1_760_018_432,
		activeFile: 1_380_958_208,
	};

	test('cgroup v1: 2828Mi against 2.3Gi, closed to the byte with the counters that differ by 24,576', () => {
		const ledger = makeLedger('host', 'host', readings({ 'cgroup-v1': root, proc: meminfo }), v1);
		assert.equal(printed(ledger, 'kubectl-top-node'), '2828Mi');
		assert.equal(printed(ledger, 'free'), '2407800 (-h 2.3Gi)');
		const b3 = bridge(ledger, 'B3', 'free');
		assert.equal(b3.source, 2_966_298_624);
		assert.equal(b3.target, 2_465_587_200);
		assert.equal(term(b3, 'active-file'), -1_380_954_112);
		assert.equal(term(b3, 'kernel-reclaimable'), -392_642_560);
		assert.equal(term(b3, 'kernel-other'), 950_861_824);
		assert.equal(term(b3, 'kernel-reserve'), 321_998_848);
		assert.equal(term(b3, 'inactive-file-counters'), 24_576);
		assert.equal(b3.residual, 0);
		const old = bridge(ledger, 'B3', 'free-3.3');
		assert.equal(old.target, 2_061_189_120);
		assert.equal(term(old, 'page-cache'), -3_223_347_200);
		assert.equal(term(old, 'slab-reclaimable'), -392_642_560);
		assert.equal(old.residual, 0);
	});

	test('cgroup v2 under kubelet 1.28: MemTotal − MemFree, so the kernel is inside and the bridge has no term for it', () => {
		const files = { anon: root.anon, file: root.file, inactiveFile: root.inactiveFile };
		const ledger = makeLedger('n', 'node', readings({ 'cgroup-v2': files, proc: meminfo }), {
			...v2,
			kubelet: 'v1.28.4',
		});
		const b3 = bridge(ledger, 'B3', 'free');
		// 24,576 less than by /proc/meminfo alone, by the flush of the root cgroup's counter.
		assert.equal(b3.source, 3_917_185_024 - 24_576);
		assert.ok(!b3.terms.some(({ id }) => id === 'kernel-other'));
		assert.equal(b3.residual, 0);
		assert.equal(bridge(ledger, 'B3', 'free-3.3').residual, 0);
	});

	test('a node that is a container itself has no bridge to the /proc/meminfo of its machine', () => {
		const nested = { usage: 917_110_784, anon: 500_000_000, file: 400_000_000, inactiveFile: 100_000_000 };
		const ledger = makeLedger('n', 'node', readings({ 'cgroup-v2': nested, proc: meminfo }), v2);
		assert.deepEqual(
			ledger.bridges.filter(({ id }) => id === 'B3'),
			[],
		);
	});

	test('kubectl top node prints 874Mi 11% and 574m 4%', () => {
		const ledger = makeLedger(
			'node/minikube',
			'node',
			readings({
				'metrics-api': { workingSet: 917_110_784, cpuRate: 573_081_903 },
				'node-status': { memoryAllocatable: 8_024_304 * 1024, cpuAllocatable: 14e9 },
			}),
			v2,
		);
		assert.equal(printed(ledger, 'kubectl-top-node'), '874Mi 11%');
		assert.equal(printed(ledger, 'kubectl-top-node', 'cpu'), '574m 4%');
	});
});

test('crictl prints 16.23MB of what kubectl prints as 15Mi', () => {
	const ledger = makeLedger('x', 'container', readings({ 'cgroup-v2': { usage: 16_232_448, inactiveFile: 0 } }), v2);
	assert.equal(printed(ledger, 'crictl-stats'), '16.23MB');
	assert.equal(printed(ledger, 'kubectl-top-pod'), '15Mi');
	assert.equal(bridge(ledger, 'B9', 'kubectl-top-pod').residual, 0);
});
