import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findCause } from '../../../source/diagnose/causes.ts';
import { evidenceOf, healthy, listedContainer, listedPod, log, now, read, seconds } from '../evidence.ts';

const judge = (id: string, answers: Parameters<typeof evidenceOf>[0]) =>
	findCause(id)?.judge(evidenceOf(answers)).verdict;

const withContainers = (...containers: ReturnType<typeof listedContainer>[]) => ({
	...healthy,
	pods: read([listedPod('web', 'api', { containers })]),
});

describe('a container that its pod’s sample lacks', () => {
	test('is no finding while it is new', () => {
		const fresh = listedContainer('sidecar', { startedAt: now - seconds(20) });
		assert.equal(judge('container-rate-skipped', withContainers(listedContainer('app'), fresh)), 'ruled-out');
	});

	test('is no finding while it does not run', () => {
		const ended = listedContainer('sidecar', { state: 'Completed', startedAt: Number.NaN });
		assert.equal(judge('container-rate-skipped', withContainers(listedContainer('app'), ended)), 'ruled-out');
	});
});

describe('failed scrapes of a node that has a sample', () => {
	const failure = (time: string) =>
		`E1128 ${time}.123456       1 scraper.go:149] "Failed to scrape node" err="context deadline exceeded" node="n2"`;
	const verdict = (...times: readonly string[]) =>
		judge('metrics-vanish-after-failed-scrape', { ...healthy, log: log(...times.map(failure)) });

	test('are a finding where there were several lately', () => {
		assert.equal(verdict('11:50:00', '11:58:00'), 'proved');
	});

	test('are none where it was one', () => {
		assert.equal(verdict('11:58:00'), 'ruled-out');
	});

	test('are none where they are over', () => {
		assert.equal(verdict('09:50:00', '09:58:00', '23:58:00'), 'ruled-out');
	});
});
