import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { makeLedger } from '../../source/explain/ledger.ts';
import { bridgeLines, reportLines } from '../../source/explain/report.ts';
import { Readings } from '../../source/model/reading.ts';
import { v1, v2 } from './made.ts';
import { container, containerPages, machine, machinePages } from './simulated.ts';

const none = Object.fromEntries(
	[
		'anonInactive anonActive anonLocked anonLazy unmapped shmemInactive shmemActive shmemLocked',
		'fileInactive fileActive fileLocked kernel socket childShare residentAnon residentShmem residentFile',
	]
		.flatMap((names) => names.split(' '))
		.map((name) => [name, 0]),
) as Parameters<typeof container>[0];

/** A usage that was read a moment before its lists: the remainder is negative. */
function less(all: Readings): Readings {
	return new Readings(
		all.all.map((one) => (one.quantity === 'usage' ? { ...one, value: Math.max(0, one.value - 40_960_000) } : one)),
	);
}

describe('the report', () => {
	test('a bridge is an addition with aligned numbers, signs, fields and the residual', () => {
		const pages = { ...none, anonActive: 2 ** 20, kernel: 4096, residentAnon: 2 ** 21 };
		const ledger = makeLedger('docker/x', 'container', container(pages, 'v1'), v1);
		const bridge = ledger.bridges.find(({ id }) => id === 'B2');
		assert.ok(bridge);
		assert.deepEqual(bridgeLines(bridge, 80), [
			'B2  kubectl top pod → top (ΣRES), bytes: a cgroup is charged for pages,',
			'    processes map them',
			'   1,052,672  kubectl top pod',
			'  +1,048,576  anonymous: mapped by processes, less charged',
			'                + proc residentAnon − cgroup-v1 anon',
			'          +0  shared memory and tmpfs',
			'                + proc residentShmem − cgroup-v1 shmem',
			'          +0  file pages that are not inactive',
			'                + proc residentFile − cgroup-v1 file + cgroup-v1 shmem +',
			'                cgroup-v1 inactiveFile',
			'      −4,096  kernel memory (slab, stacks, page tables, pipes)',
			'                − cgroup-v1 kernel',
			'          +0  residual',
			'                closes exactly',
			'=  2,097,152  top (ΣRES)',
		]);
	});

	test('no line is wider than the terminal, and nothing is undefined, at any width from 60 on', () => {
		fc.assert(
			fc.property(containerPages, machinePages, fc.integer({ min: 60, max: 200 }), (pages, host, width) => {
				for (const ledger of [
					makeLedger('pod/web/api', 'container', container(pages, 'v2'), v2),
					makeLedger('host', 'host', machine(host, 'v1'), v1),
					makeLedger('x', 'container', less(container(pages, 'v2')), v2),
				]) {
					const lines = reportLines(ledger, width);
					for (const line of lines) {
						assert.ok(line.length <= width, `${line.length} > ${width}: ${line}`);
						assert.doesNotMatch(line, /undefined|NaN|\bnull\b/);
					}
				}
			}),
			{ numRuns: 40 },
		);
	});
});
