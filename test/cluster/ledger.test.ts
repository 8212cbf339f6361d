/**
 * The ledger of real pods on a real kubelet, on the node itself: metrics API, Summary, `/metrics/resource`,
 * `/metrics/cadvisor`, cgroup files and processes in one. The pods are those of `workloads/default.yaml`, which have what they
 * have and do nothing more, so that samples of other moments say the same.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { findContainerCgroup } from '../../source/host/cgroup/find.ts';
import { findCgroupMounts, hierarchyOf, mainHierarchy } from '../../source/host/cgroup/mounts.ts';
import { cgroupFolder } from '../../source/host/cgroup/path.ts';
import type { Bridge, Ledger } from '../../source/model/ledger.ts';
import { explained, kubectl, kubectlProgram, nodeName } from './rig.ts';

const skip = kubectlProgram === '' && 'npm run test:cluster needs or brings up a cluster';

const MiB = 2 ** 20;
/** MEMCG_CHARGE_BATCH pages, which each CPU may hold of a counter. */
const batch = 64 * 4096;

/** What each pod has, and the term that is the reason why top inside of it shows something else. */
const pods: readonly (readonly [name: string, mebibytes: number, reason: string])[] = [
	['anonymous', 30, ''],
	['shared-memory', 24, ''],
	['memory-volume', 21, 'shmem'],
	['inactive-cache', 2, ''],
	['copy-on-write', 36, 'anon'],
];

function memory({ bridges }: Ledger): readonly Bridge[] {
	return bridges.filter(({ of }) => of === 'memory');
}

function printed({ claims }: Ledger, tool: string): string {
	return claims.find((claim) => claim.tool === tool && claim.of === 'memory')?.printed ?? '';
}

function say(t: TestContext, ledger: Ledger): void {
	for (const { from, id, residual, residualReasons, source, target, to } of memory(ledger)) {
		const percent = ((100 * residual) / Math.max(source, target)).toFixed(3);
		t.diagnostic(`${id} ${from} ${source} → ${to} ${target}: residual ${residual} (${percent} %) ${residualReasons}`);
	}
}

/** usage_in_bytes − total_inactive_file, or memory.current − inactive_file, by no code of ours but the way to the file. */
async function workingSetOf(containerId: string): Promise<number> {
	const mounts = await findCgroupMounts('/');
	const path = await findContainerCgroup(mounts, containerId);
	const main = mainHierarchy(mounts);
	assert.ok(path !== undefined && main !== undefined);
	const folder = cgroupFolder(main.version === 'v1' ? (hierarchyOf(mounts, 'memory') ?? main) : main, path);
	const [file, key] =
		main.version === 'v1' ? ['memory.usage_in_bytes', 'total_inactive_file'] : ['memory.current', 'inactive_file'];
	const inactive = new RegExp(`^${key} (\\d+)$`, 'm').exec(readFileSync(`${folder}/memory.stat`, 'utf8'))?.[1];
	return Number(readFileSync(`${folder}/${file}`, 'utf8')) - Number(inactive);
}

async function containerIdOf(pod: string): Promise<string> {
	const id = await kubectl(
		'get',
		'pod',
		pod,
		'-n',
		'default',
		'-o',
		'jsonpath={.status.containerStatuses[0].containerID}',
	);
	return id.replace(/^.*\/\//, '');
}

describe('ledgers of a real kubelet', { skip }, () => {
	for (const [name, mebibytes, reason] of pods) {
		test(`container ${name}: all its sources agree, and every way closes`, async (t) => {
			const { ledger, problems, readings } = await explained({
				kind: 'container',
				namespace: 'default',
				pod: name,
				container: 'app',
				id: '',
			});
			say(t, ledger);
			assert.deepEqual(problems, []);
			const bound = readings.value('onlineCpus') * batch;
			const sources = ['metrics-api', 'kubelet-summary', 'kubelet-resource', 'kubelet-cadvisor'] as const;
			const now = await workingSetOf(await containerIdOf(name));
			for (const source of sources) {
				const value = readings.value('workingSet', source);
				assert.ok(Math.abs(value - now) <= bound, `${source} has ${value}, the cgroup ${now}`);
			}
			const [, , , top = ''] = (
				await kubectl('top', 'pod', name, '-n', 'default', '--containers', '--no-headers')
			).split(/\s+/);
			assert.ok(Math.abs(Number.parseInt(top, 10) - Number.parseInt(printed(ledger, 'kubectl-top-pod'), 10)) <= 1, top);
			assert.ok(Math.abs(Number.parseInt(top, 10) - mebibytes) <= 2, top);
			const ids = memory(ledger).map(({ id }) => id);
			for (const id of ['B1', 'B2', 'B6', 'B8', 'B9'] as const) {
				assert.ok(ids.includes(id), id);
			}
			for (const { from, missing, residual, to } of memory(ledger)) {
				assert.deepEqual(missing, [], `${from} → ${to}`);
				assert.ok(Math.abs(residual) <= bound, `${from} → ${to}: ${residual}`);
			}
			const terms = memory(ledger).find(({ id }) => id === 'B2')?.terms ?? [];
			const [main] = terms.toSorted((one, other) => Math.abs(other.value) - Math.abs(one.value));
			assert.ok(reason === '' ? Math.abs(main?.value ?? 0) < 3 * MiB : main?.id === reason, main?.id);
		});
	}

	test('a pod is its containers, the pause container and what is charged to the pod itself', async (t) => {
		const { ledger } = await explained({ kind: 'pod', namespace: 'default', name: 'anonymous', uid: '' });
		say(t, ledger);
		const bridge = memory(ledger).find(({ id }) => id === 'B5');
		assert.ok(bridge);
		assert.deepEqual(
			bridge.terms.map(({ id }) => id),
			['pause'],
		);
		// 217,088 and 20,480 bytes on a kubelet 1.36 of cgroup v1.
		assert.ok((bridge.terms[0]?.value ?? 0) > 0 && (bridge.terms[0]?.value ?? 0) < 2 * MiB);
		assert.ok(Math.abs(bridge.residual) < MiB);
	});

	test('a node is its pods, and what the kubelet does not itemise', async (t) => {
		const { ledger } = await explained({ kind: 'node', name: nodeName });
		say(t, ledger);
		const bridge = memory(ledger).find(({ id }) => id === 'B4');
		assert.ok(bridge !== undefined && bridge.residual > 0);
		assert.ok(bridge.residualReasons.includes('not-itemised'));
		assert.match(printed(ledger, 'kubectl-top-node'), /^\d+Mi \d+%$/);
	});

	test('CPU of a container at its limit: every tool’s rate is of its own window, and the autoscaler rounds up', async () => {
		const { ledger } = await explained({
			kind: 'container',
			namespace: 'jobs',
			pod: 'cpu-limit',
			container: 'app',
			id: '',
		});
		const bridges = ledger.bridges.filter(({ of }) => of === 'cpu');
		assert.ok(bridges.some(({ id }) => id === 'B7') && bridges.some(({ id }) => id === 'B10'));
		for (const { id, residual, residualReasons } of bridges) {
			assert.ok(residual === 0 || residualReasons.length > 0, id);
		}
		assert.equal(bridges.find(({ id }) => id === 'B10')?.residual, 0);
		assert.ok(ledger.truths.some(({ id }) => id === 'throttled'));
	});
});
