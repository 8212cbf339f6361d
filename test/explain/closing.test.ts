/** Whatever pages there are: every bridge closes to the byte, and what is not read is missing, never wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { bridgePath, makeLedger } from '../../source/explain/ledger.ts';
import type { Bridge, Ledger, LedgerKind } from '../../source/model/ledger.ts';
import { Readings, type Versions } from '../../source/model/reading.ts';
import { v1, v2 } from './made.ts';
import { container, containerPages, machine, machinePages } from './simulated.ts';

function nameOf(bridge: Bridge): string {
	return `${bridge.id} ${bridge.from} → ${bridge.to}`;
}

function sumOfTerms(bridge: Bridge): number {
	return bridge.terms.reduce((sum, term) => sum + term.value, 0);
}

function assertCloses(ledger: Ledger, expected: readonly string[]): void {
	assert.deepEqual(ledger.bridges.filter(({ of }) => of === 'memory').map(nameOf), expected);
	for (const bridge of ledger.bridges) {
		assert.equal(bridge.residual + 0, 0, nameOf(bridge));
		assert.equal(bridge.target, bridge.source + sumOfTerms(bridge), nameOf(bridge));
		assert.deepEqual(bridge.missing, [], nameOf(bridge));
		assert.deepEqual(bridge.residualReasons, [], nameOf(bridge));
	}
}

const ofContainer = [
	'B1 kubectl-top-pod → docker-stats',
	'B1 kubectl-top-pod → docker-stats-17.06',
	'B1 kubectl-top-pod → docker-stats-17.05',
	'B2 kubectl-top-pod → top-in-container',
	'B6 cadvisor-usage → prometheus-working-set',
	'B6 prometheus-rss → cadvisor-usage',
	'B8 prometheus-working-set → kubectl-top-pod',
	'B8 prometheus-rss → kubectl-top-pod',
	'B9 crictl-stats → kubectl-top-pod',
];

const ofMachine = [
	'B3 kubectl-top-node → free',
	'B3 kubectl-top-node → free-3.3',
	'B6 cadvisor-usage → prometheus-working-set',
];

/** All ledgers of the same readings without one of them. */
function* withoutOne(kind: LedgerKind, readings: Readings, versions: Versions) {
	for (const left of readings.all) {
		const rest = readings.all.filter((reading) => reading !== left);
		yield { left, ledger: makeLedger('x', kind, new Readings(rest), versions) };
	}
}

/** Terms that stand for two when the kernel does not tell these apart. */
const joined = new Set(['cache', 'pages', 'lazy-free', 'file']);

function assertOnlyMissing(kind: LedgerKind, readings: Readings, versions: Versions): void {
	const full = makeLedger('x', kind, readings, versions);
	for (const { left, ledger } of withoutOne(kind, readings, versions)) {
		const without = `without ${left.source} ${left.quantity}`;
		for (const claim of ledger.claims) {
			const whole = full.claims.find(({ tool, of }) => tool === claim.tool && of === claim.of);
			if (Number.isNaN(claim.value)) {
				assert.notEqual(claim.needs, '', `${claim.tool} ${without}`);
				assert.equal(claim.printed, '');
			} else {
				assert.equal(claim.value, whole?.value, `${claim.tool} ${without}`);
				assert.equal(claim.printed, whole?.printed);
			}
		}
		for (const bridge of ledger.bridges) {
			const whole = full.bridges.find((one) => nameOf(one) === nameOf(bridge));
			assert.equal(bridge.residual, bridge.target - bridge.source - sumOfTerms(bridge));
			for (const term of bridge.terms) {
				assert.ok(!Number.isNaN(term.value));
				// Kernels before 4.20 have only SReclaimable; then the reserve is what that leaves.
				const older = left.quantity === 'kernelReclaimable' && /kernel-re/.test(term.id);
				if (!joined.has(term.id) && !older) {
					assert.equal(term.value, whole?.terms.find(({ id }) => id === term.id)?.value, `${term.id} ${without}`);
				}
			}
			if (bridge.missing.length === 0) {
				assert.equal(bridge.residual + 0, 0, `${nameOf(bridge)} ${without}`);
			} else if (bridge.residual !== 0) {
				assert.equal(bridge.residualReasons[0], 'unread-terms', `${nameOf(bridge)} ${without}`);
			}
		}
		const slices = ledger.slices.reduce((sum, slice) => sum + slice.value, 0);
		const usage = ledger.claims.find(({ tool }) => tool === 'cadvisor-usage')?.value;
		assert.ok(ledger.slices.length === 0 || slices === usage, `slices ${without}`);
	}
}

describe('bridges of simulated pages', () => {
	for (const [version, versions] of [
		['v1', v1],
		['v2', v2],
	] as const) {
		test(`a container on cgroup ${version}: every bridge closes to the byte`, () => {
			fc.assert(
				fc.property(containerPages, (pages) => {
					const ledger = makeLedger('x', 'container', container(pages, version), versions);
					assertCloses(ledger, ofContainer);
					assert.equal(ledger.slices.at(-1)?.id, 'remainder');
					const total = ledger.slices.reduce((sum, slice) => sum + slice.value, 0);
					assert.equal(total, ledger.claims.find(({ tool }) => tool === 'raw-usage')?.value);
				}),
			);
		});

		test(`a container on cgroup ${version} with one field missing says that it is missing, and nothing wrong`, () => {
			fc.assert(
				fc.property(containerPages, (pages) => assertOnlyMissing('container', container(pages, version), versions)),
				{ numRuns: 30 },
			);
		});

		for (const kubelet of ['', 'v1.28.2', 'v1.36.3']) {
			test(`a machine on cgroup ${version}, kubelet ${kubelet || 'unknown'}: both bridges to free close to the byte`, () => {
				fc.assert(
					fc.property(machinePages, (pages) => {
						assertCloses(makeLedger('host', 'host', machine(pages, version), { ...versions, kubelet }), ofMachine);
					}),
				);
			});

			test(`a machine on cgroup ${version}, kubelet ${kubelet || 'unknown'}, with one line missing says nothing wrong`, () => {
				fc.assert(
					fc.property(machinePages, (pages) => {
						assertOnlyMissing('host', machine(pages, version), { ...versions, kubelet });
					}),
					{ numRuns: 30 },
				);
			});
		}
	}

	test('slices without locked, lazily freed and unmapped pages are the pages themselves', () => {
		fc.assert(
			fc.property(containerPages, (any) => {
				const pages = { ...any, anonLocked: 0, shmemLocked: 0, fileLocked: 0, anonLazy: 0, unmapped: 0 };
				const { slices } = makeLedger('x', 'container', container(pages, 'v2'), v2);
				assert.deepEqual(slices, [
					{ id: 'anon', value: pages.anonInactive + pages.anonActive },
					{ id: 'shmem', value: pages.shmemInactive + pages.shmemActive },
					{ id: 'activeFile', value: pages.fileActive },
					{ id: 'inactiveFile', value: pages.fileInactive },
					{ id: 'kernel', value: pages.kernel },
					{ id: 'socket', value: pages.socket },
					{ id: 'remainder', value: 0 },
				]);
			}),
		);
	});

	test('a chain of bridges leads from any tool to any other, in both directions', () => {
		fc.assert(
			fc.property(containerPages, (pages) => {
				const ledger = makeLedger('x', 'container', container(pages, 'v2'), v2);
				const path = bridgePath(ledger, 'docker-stats-17.05', 'top-in-container', 'memory');
				assert.deepEqual(path?.map(nameOf), [
					'B1 docker-stats-17.05 → kubectl-top-pod',
					'B2 kubectl-top-pod → top-in-container',
				]);
				const [first, second] = path ?? [];
				assert.ok(first !== undefined && second !== undefined);
				assert.equal(first.source + sumOfTerms(first) + sumOfTerms(second), second.target);
				assert.deepEqual(bridgePath(ledger, 'hpa', 'free', 'memory'), undefined);
				assert.deepEqual(bridgePath(ledger, 'hpa', 'hpa', 'memory'), []);
			}),
			{ numRuns: 20 },
		);
	});
});
