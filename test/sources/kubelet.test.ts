import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Readings } from '../../source/model/reading.ts';
import {
	bySubject,
	capturedCadvisor,
	capturedResource,
	capturedSummary,
	pods,
	readingsOf,
	receivedAt,
} from './kubelet-fixture.ts';

const summary = capturedSummary();
const resource = capturedResource();
const cadvisor = capturedCadvisor();

function sum(parts: readonly Readings[], quantity: Parameters<Readings['value']>[0]): number {
	return parts.reduce((total, part) => total + part.value(quantity), 0);
}

/** Containers and pause of a pod. */
function insideOf(pod: string): Readings[] {
	return [...bySubject(cadvisor)]
		.filter(([label]) => label.startsWith(`container ${pod}/`) || label === `pause ${pod}`)
		.map(([, readings]) => readings);
}

describe('a real kubelet on cgroup v1', () => {
	test('names its node, its groups of cgroups, pods and containers', () => {
		assert.equal(summary.nodeName, 'node-a');
		const containers = [
			'container default/anonymous/app',
			'container default/inactive-cache/app',
			'container default/memory-volume/app',
			'container jobs/cache-limit/app',
			'container jobs/cpu-limit/app',
			'container web/native-sidecar/app',
			'container web/native-sidecar/proxy',
		];
		const named = pods.map((pod) => `pod ${pod}`);
		assert.deepEqual([...bySubject(summary).keys()].sort(), [...containers, 'node', ...named, 'system pods'].sort());
		assert.deepEqual([...bySubject(resource).keys()].sort(), [...containers, 'node', ...named].sort());
		const pauses = pods.map((pod) => `pause ${pod}`);
		assert.deepEqual(
			[...bySubject(cadvisor).keys()].sort(),
			[
				...containers,
				'node',
				...named,
				...pauses,
				// Its container was just killed: only the pod's cgroup and the pause container are left.
				'pod jobs/oom-loop',
				'pause jobs/oom-loop',
				'cgroup /kubepods',
				'cgroup /kubepods/besteffort',
				'cgroup /kubepods/burstable',
			].sort(),
		);
	});

	test('its three sources give the same numbers, to the byte and the nanosecond, where they are of the same sample', () => {
		let compared = 0;
		for (const [label, ofResource] of bySubject(resource)) {
			const ofSummary = readingsOf(summary, label);
			const ofCadvisor = readingsOf(cadvisor, label);
			for (const quantity of ['workingSet', 'cpuTime', 'swap'] as const) {
				const exact = ofResource.find(quantity);
				const whole = ofSummary.find(quantity);
				const raw = ofCadvisor.find(quantity);
				assert.ok(exact && whole && raw, `${label} ${quantity}`);
				if (raw.at === exact.at) {
					assert.equal(raw.value, exact.value, `${label} ${quantity}`);
					compared++;
				}
				if (whole.at === Math.floor(exact.at / 1000) * 1000) {
					assert.equal(whole.value, exact.value, `${label} ${quantity}`);
					compared++;
				}
			}
		}
		assert.ok(compared >= 60, `${compared} compared`);
	});

	test('usage less working set is the inactive file pages', () => {
		for (const [label, readings] of bySubject(cadvisor)) {
			assert.equal(readings.value('usage') - readings.value('workingSet'), readings.value('inactiveFile'), label);
		}
		assert.equal(readingsOf(cadvisor, 'container default/inactive-cache/app').value('inactiveFile'), 2_097_152);
		assert.equal(readingsOf(cadvisor, 'container default/anonymous/app').value('inactiveFile'), 0);
	});

	test('usage is anonymous, file and kernel memory, where nothing moves; of the root without the kernel', () => {
		for (const pod of ['default/anonymous', 'default/inactive-cache', 'default/memory-volume', 'web/native-sidecar']) {
			for (const readings of insideOf(pod)) {
				assert.equal(
					readings.value('anon') + readings.value('file') + readings.value('kernel'),
					readings.value('usage'),
					pod,
				);
			}
		}
		const node = readingsOf(cadvisor, 'node');
		// usage and memory.stat are two files: 14 pages moved between the two reads.
		assert.equal(node.value('anon') + node.value('file') - node.value('usage'), 14 * 4096);
		assert.ok(node.value('kernel') > 300e6, 'which the root counts apart');
	});

	test("a pod's cgroup is its containers, the pause container and a little kernel memory of its own", () => {
		for (const pod of ['default/anonymous', 'default/inactive-cache', 'default/memory-volume', 'web/native-sidecar']) {
			const whole = readingsOf(cadvisor, `pod ${pod}`);
			const inside = insideOf(pod);
			assert.equal(whole.value('anon'), sum(inside, 'anon'), pod);
			assert.equal(whole.value('file'), sum(inside, 'file'), pod);
			const own = whole.value('usage') - sum(inside, 'usage');
			assert.equal(own, whole.value('kernel') - sum(inside, 'kernel'), pod);
			assert.ok(own > 0 && own < 65_536, `${pod}: ${own}`);
		}
	});

	test('MemTotal is what the summary calls available, and the working set', () => {
		const memTotal = readingsOf(summary, 'node').value('memTotal');
		assert.equal(memTotal, readingsOf(cadvisor, 'node').value('memTotal'));
		assert.equal(memTotal, 24_684_084 * 1024);
		assert.equal(readingsOf(cadvisor, 'node').find('memoryLimit'), undefined);
	});

	test('each reading says which field it was read from, and when', () => {
		const field = (readings: Readings, quantity: Parameters<Readings['find']>[0]) => readings.find(quantity)?.field;
		const app = 'container default/anonymous/app';
		assert.equal(
			field(readingsOf(summary, app), 'workingSet'),
			'pods[default/anonymous].containers[app].memory.workingSetBytes',
		);
		assert.equal(
			field(readingsOf(summary, 'system pods'), 'cpuTime'),
			'node.systemContainers[pods].cpu.usageCoreNanoSeconds',
		);
		assert.equal(
			field(readingsOf(summary, app), 'swap'),
			'pods[default/anonymous].containers[app].swap.swapUsageBytes',
		);
		assert.equal(field(readingsOf(resource, 'pod default/anonymous'), 'workingSet'), 'pod_memory_working_set_bytes');
		assert.equal(field(readingsOf(cadvisor, app), 'anon'), 'container_memory_rss');
		for (const answer of [summary, resource, cadvisor]) {
			for (const { readings } of answer.subjects) {
				for (const { at, quantity } of readings) {
					assert.ok(at > receivedAt - 60_000 && at <= receivedAt, quantity);
				}
			}
		}
	});

	test('limits, throttling and what was hit are read', () => {
		const cpuLimit = readingsOf(cadvisor, 'container jobs/cpu-limit/app');
		assert.equal(cpuLimit.value('cpuLimit'), 200e6);
		assert.equal(cpuLimit.value('throttledPeriods'), 45_572);
		assert.ok(cpuLimit.value('cpuPeriods') > 45_572);
		assert.ok(cpuLimit.value('throttledTime') > 1e12);
		assert.equal(cpuLimit.value('memoryLimit'), 32 * 2 ** 20);
		const cacheLimit = readingsOf(cadvisor, 'pod jobs/cache-limit');
		assert.equal(cacheLimit.value('limitHits'), 907_102);
		assert.ok(cacheLimit.value('peak') >= cacheLimit.value('usage'));
		assert.equal(readingsOf(cadvisor, 'container default/inactive-cache/app').find('memoryLimit'), undefined);
	});

	test('pressure is all zero on cgroup v1, which means that it was not measured', () => {
		assert.deepEqual(summary.notes, ['pressure-not-measured']);
		assert.equal(summary.cgroup, '');
		assert.equal(
			summary.subjects.some(({ readings }) => readings.some(({ quantity }) => quantity.startsWith('pressure'))),
			false,
		);
		assert.deepEqual([cadvisor.cgroup, cadvisor.notes], ['v1', []]);
		assert.match(cadvisor.kernel, /^6\.18\./);
	});

	test('a container has its start, and in cAdvisor its id', () => {
		const found = cadvisor.subjects.find(
			({ subject }) => subject.kind === 'container' && subject.pod === 'anonymous',
		)?.subject;
		assert.ok(found?.kind === 'container');
		assert.equal(found.id, '2be789f9cadb4a79785c74c64b290d2de3648cf88a83c305bf0406ff83525821');
		const pod = cadvisor.subjects.find(
			({ subject }) => subject.kind === 'pod' && subject.name === 'anonymous',
		)?.subject;
		assert.ok(pod?.kind === 'pod');
		assert.equal(pod.uid, '0a2c5414-a0d9-4a8b-a5e3-f0f2d93b51b8');
		const starts = [resource, summary, cadvisor].map((answer) =>
			answer.subjects
				.filter(({ subject }) => subject.kind === 'container')
				.every(({ startedAt }) => startedAt > Date.UTC(2026, 10, 21) && startedAt < receivedAt),
		);
		assert.deepEqual(starts, [true, true, true]);
	});
});
