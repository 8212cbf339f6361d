import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
	type DockerEra,
	dockerCpuPercent,
	dockerMemory,
	dockerMemoryPercent,
	printDockerCpu,
	printDockerMemory,
	printDockerPercent,
} from '../../source/explain/docker-figures.ts';
import { type ReadingQuantity, Readings, type SourceId } from '../../source/model/reading.ts';
import { figuresOf, statsLine } from '../docker/figures.ts';
import type { StatsLine } from '../docker/rig.ts';

const folder = new URL('../sources/fixtures/', import.meta.url);
const captured = readdirSync(folder).filter((file) => /^docker-.*\.json$/.test(file));

interface Captured {
	line: StatsLine;
	frames: [object, object];
}

function load(file: string): Captured {
	return JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Captured;
}

function readings(values: Partial<Record<ReadingQuantity, number>>, cgroup: 'v1' | 'v2' = 'v1'): Readings {
	const total = cgroup === 'v1' ? 'total_' : '';
	return new Readings(
		Object.entries(values).map(([quantity, value]) => ({
			quantity: quantity as ReadingQuantity,
			value,
			source: 'docker' as SourceId,
			field: quantity === 'inactiveFile' ? `memory_stats.stats.${total}inactive_file` : quantity,
			at: 0,
			window: Number.NaN,
		})),
	);
}

function memory(values: Partial<Record<ReadingQuantity, number>>, era: DockerEra, cgroup: 'v1' | 'v2' = 'v1'): number {
	return dockerMemory(readings(values, cgroup), era).value;
}

const bytes = fc.integer({ min: 0, max: 2 ** 45 });

describe('docker stats, as a real command line printed it', () => {
	test('of each kind of memory', () => {
		assert.equal(captured.length, 9);
	});

	for (const file of captured) {
		test(file, () => {
			const { line, frames } = load(file);
			const [previous, current] = frames.map((frame) => Buffer.from(JSON.stringify(frame)));
			assert.equal(frames.length, 2);
			assert.deepEqual(statsLine(previous as Buffer, current as Buffer), figuresOf(line));
		});
	}

	test('of shared memory, the command lines from 17.06 to 19.03 left nearly all out', () => {
		const [, frame] = load('docker-shared-memory.json').frames.map((each) => Buffer.from(JSON.stringify(each)));
		const print = (era: DockerEra) => statsLine(frame as Buffer, frame as Buffer, era).MemUsage.split(' ')[0];
		assert.match(print('20.10') ?? '', /^7\d\.\d+MiB$/);
		assert.match(print('17.06') ?? '', /KiB$/);
		assert.match(print('17.05') ?? '', /^7\d\.\d+MiB$/);
	});
});

describe('MEM USAGE', () => {
	test('names the fields that it is made of', () => {
		const found = dockerMemory(readings({ usage: 100, inactiveFile: 30 }), '20.10');
		assert.equal(found.fields, '+ usage − memory_stats.stats.total_inactive_file');
		assert.deepEqual(
			found.from.map(({ quantity }) => quantity),
			['usage', 'inactiveFile'],
		);
	});

	test('is usage where there is no less of inactive file pages: it does not stop at zero', () => {
		assert.equal(memory({ usage: 100, inactiveFile: 100 }, '20.10'), 100);
		assert.equal(memory({ usage: 100, inactiveFile: 101 }, '20.10'), 100);
		assert.equal(memory({ usage: 100, inactiveFile: 99 }, '20.10'), 1);
	});

	test('from 17.06 to 19.03 subtracts the cache of cgroup v1, and nothing on v2', () => {
		assert.equal(memory({ usage: 100, inactiveFile: 30, localCache: 70 }, '17.06'), 30);
		assert.equal(memory({ usage: 100, inactiveFile: 30 }, '17.06', 'v2'), 100);
	});

	test('is unknown without what that command line subtracted', () => {
		assert.equal(memory({ usage: 100, inactiveFile: 30 }, '17.06'), Number.NaN);
		assert.equal(memory({ usage: 100 }, '20.10'), Number.NaN);
		assert.equal(memory({ inactiveFile: 30 }, '17.05'), Number.NaN);
		assert.equal(printDockerMemory(Number.NaN), '');
	});

	test('from 17.06 to 19.03 wrapped around below zero', () => {
		assert.equal(printDockerMemory(memory({ usage: 100, localCache: 4196, inactiveFile: 0 }, '17.06')), '16EiB');
	});

	test('never mixes two sources', () => {
		const mixed = readings({ usage: 100 }).with([
			{ quantity: 'inactiveFile', value: 40, source: 'cgroup-v1', field: 'memory.stat', at: 0, window: Number.NaN },
		]);
		assert.equal(dockerMemory(mixed, '20.10').value, Number.NaN);
	});

	test('is between nothing and usage, and the newest is least where all cache is inactive', () => {
		fc.assert(
			fc.property(bytes, bytes, (usage, inactiveFile) => {
				const value = memory({ usage, inactiveFile }, '20.10');
				assert.ok(value >= 0 && value <= usage);
				assert.equal(memory({ usage, inactiveFile, localCache: 0 }, '17.06'), memory({ usage }, '17.05'));
			}),
		);
	});

	// Made by Go's own fmt and strconv: ties go to the even digit there.
	const printed: readonly (readonly [number, string])[] = [
		[0, '0B'],
		[1, '1B'],
		[999, '999B'],
		[1000, '1000B'],
		[1023, '1023B'],
		[1024, '1KiB'],
		[1025, '1.001KiB'],
		[10239, '9.999KiB'],
		[102400, '100KiB'],
		[105119744, '100.2MiB'],
		[105381888, '100.5MiB'],
		[1048524, '1024KiB'],
		[1048575, '1024KiB'],
		[1048576, '1MiB'],
		[1073741823, '1024MiB'],
		[1073741824, '1GiB'],
		[85196800, '81.25MiB'],
		[1074790400, '1.001GiB'],
		[18446744073709552000, '16EiB'],
		[1072168960, '1022MiB'],
		[1054867456, '1006MiB'],
		[12587008, '12MiB'],
		[1313792, '1.253MiB'],
	];
	for (const [size, text] of printed) {
		test(`prints ${size} as ${text}`, () => {
			assert.equal(printDockerMemory(size), text);
		});
	}

	test('prints at most four digits, within half of the last', () => {
		fc.assert(
			fc.property(bytes, (size) => {
				const [, digits = '', unit = ''] = /^([\d.]+)(B|KiB|MiB|GiB|TiB)$/.exec(printDockerMemory(size)) ?? [];
				assert.ok(digits.replace('.', '').replace(/^0+/, '').length <= 4);
				assert.ok(!/\.\d*0$/.test(digits) && !digits.endsWith('.'));
				const power = 1024 ** ['B', 'KiB', 'MiB', 'GiB', 'TiB'].indexOf(unit);
				assert.ok(Math.abs(Number(digits) * power - size) <= (size / 1000) * 0.5 + 1e-9);
			}),
		);
	});
});

describe('percentages', () => {
	// Made by Go's own strconv.
	const printed: readonly (readonly [number, string])[] = [
		[0, '0.00%'],
		[0.125, '0.12%'],
		[0.375, '0.38%'],
		[84.875, '84.88%'],
		[0.005, '0.01%'],
		[12.345, '12.35%'],
		[199.995, '200.00%'],
		[1e-9, '0.00%'],
		[0.625, '0.62%'],
	];
	for (const [percent, text] of printed) {
		test(`print ${percent} as ${text}`, () => {
			assert.equal(printDockerPercent(percent), text);
		});
	}

	test('of memory are of the limit, and 0 without one', () => {
		assert.equal(dockerMemoryPercent(25, 200), 12.5);
		assert.equal(dockerMemoryPercent(25, 0), 0);
	});

	const sample = (cpuTime: number, systemCpuTime: number, onlineCpus = 2) =>
		readings({ cpuTime, systemCpuTime, onlineCpus });

	test('of CPU time are of the time of all CPUs, 100 % being one', () => {
		// Measured on a real engine: two busy processes on two CPUs.
		const percent = dockerCpuPercent(sample(0, 0), sample(891_274_255, 2_100_000_000));
		assert.equal(printDockerCpu(percent), '84.88%');
	});

	test('of CPU time are 0 where a counter did not grow', () => {
		assert.equal(dockerCpuPercent(sample(5, 100), sample(5, 200)), 0);
		assert.equal(dockerCpuPercent(sample(9, 100), sample(5, 200)), 0);
		assert.equal(dockerCpuPercent(sample(5, 200), sample(9, 200)), 0);
	});

	test('of CPU time are unknown without an earlier sample', () => {
		assert.equal(dockerCpuPercent(new Readings([]), sample(5, 100)), Number.NaN);
		assert.equal(printDockerCpu(Number.NaN), '');
	});

	test('of CPU time never exceed that of all CPUs, if the container had no more than there was', () => {
		const count = fc.integer({ min: 1, max: 256 });
		const time = fc.integer({ min: 1, max: 10 ** 12 });
		fc.assert(
			fc.property(count, time, time, time, (cpus, before, used, idle) => {
				const percent = dockerCpuPercent(
					sample(before, before, cpus),
					sample(before + used, before + used + idle, cpus),
				);
				assert.ok(percent > 0 && percent <= cpus * 100 * (1 + 1e-12));
			}),
		);
	});
});
