import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chargedPages, kernelPages, memoryPages } from '../../../source/demo/model/memory.ts';
import { makeWorld } from '../../../source/demo/model/world.ts';

const world = makeWorld({ seed: 3, nodes: 12, pods: 400, origin: Date.UTC(2026, 5, 1) });
const profiles = world.workloads.flatMap(({ containers }) => containers);
const started = 1_780_000_000;

describe('pages of a container', () => {
	test('the anonymous lists hold what is mapped, shared and left over of huge pages, to the page', () => {
		for (const [index, { memory }] of profiles.entries()) {
			for (const age of [0, 7, 100, 5000, 90_000]) {
				const pages = memoryPages(memory, index, started, started + age);
				const lists = pages.activeAnonymous + pages.inactiveAnonymous;
				assert.equal(lists, pages.mappedAnonymous + pages.shared + pages.unmappedAnonymous);
			}
		}
	});

	test('are whole and never negative', () => {
		for (const [index, { memory }] of profiles.entries()) {
			const { processes, ...counts } = memoryPages(memory, index, started, started + index * 311);
			for (const [name, value] of Object.entries(counts))
				assert.ok(Number.isInteger(value) && value >= 0, `${name} ${value}`);
			for (const process of processes)
				assert.ok(process.privateAnonymous >= 0 && Number.isInteger(process.privateAnonymous));
		}
	});

	test('what processes map alone adds up to the mapped anonymous memory', () => {
		for (const [index, { memory }] of profiles.entries()) {
			const pages = memoryPages(memory, index, started, started + 600);
			const sum = pages.processes.reduce((total, process) => total + process.privateAnonymous, 0);
			assert.equal(sum, pages.mappedAnonymous);
		}
	});

	test('charge is the sum of all lists and kernel memory, with socket buffers on cgroup v2 only', () => {
		const pages = memoryPages({ anonymous: 10, sockets: 2, inactiveFile: 3 }, 1, started, started + 60);
		const lists = pages.activeAnonymous + pages.inactiveAnonymous + pages.activeFile + pages.inactiveFile;
		assert.equal(chargedPages(pages, 1), lists + kernelPages(pages));
		assert.equal(chargedPages(pages, 2) - chargedPages(pages, 1), 512);
	});

	test('a leak grows by what it says, a minute at a time', () => {
		const at = (age: number) =>
			memoryPages({ anonymous: 10, breath: 0, leak: 6 }, 1, started, started + age).mappedAnonymous;
		assert.equal(at(660) - at(600), (6 * 1024 * 1024) / 4096);
	});
});
