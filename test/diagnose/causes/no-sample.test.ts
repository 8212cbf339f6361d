import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
	type PodEvidence,
	timeToFirstSample,
	whyContainerHasNoSample,
	whyNodeHasNoSample,
	whyPodHasNoSample,
} from '../../../source/diagnose/causes/no-sample.ts';

const hour = 3_600_000;

const pod = (more: Partial<PodEvidence> = {}): PodEvidence => ({
	metrics: 'answering',
	phase: 'Running',
	sinceStart: hour,
	asked: true,
	restarting: false,
	nodeKind: 'ordinary',
	nodeSampled: true,
	window: 15_000,
	...more,
});

describe('a pod without a sample', () => {
	test('is finished or pending before anything else is to blame', () => {
		assert.equal(whyPodHasNoSample(pod({ phase: 'Succeeded', metrics: 'api-group-absent' })), 'pod-finished');
		assert.equal(whyPodHasNoSample(pod({ phase: 'Pending', metrics: 'metrics-empty' })), 'pod-pending-or-init');
	});

	test('shares the fate of the metrics API', () => {
		assert.equal(whyPodHasNoSample(pod({ metrics: 'api-group-absent' })), 'api-group-absent');
		assert.equal(whyPodHasNoSample(pod({ metrics: 'metrics-forbidden', sinceStart: 1 })), 'metrics-forbidden');
	});

	test('is too young until Metrics Server can have scraped it twice', () => {
		assert.equal(whyPodHasNoSample(pod({ sinceStart: 40_000 })), 'pod-too-young');
		assert.equal(whyPodHasNoSample(pod({ sinceStart: 60_000 })), 'one-container-lacks-sample');
		assert.equal(whyPodHasNoSample(pod({ sinceStart: 60_000, window: 60_000 })), 'pod-too-young');
	});

	test('that came after the newest answer is not missing from it', () => {
		assert.equal(whyPodHasNoSample(pod({ asked: false })), 'not-asked-yet');
		assert.equal(whyPodHasNoSample(pod({ asked: false, sinceStart: 40_000 })), 'pod-too-young');
		assert.equal(whyPodHasNoSample(pod({ asked: false, nodeSampled: false })), 'not-asked-yet');
	});

	test('restarts too often to be scraped twice', () => {
		assert.equal(whyPodHasNoSample(pod({ restarting: true, sinceStart: 5_000 })), 'container-restarting');
	});

	test('is on a node that has none either', () => {
		assert.equal(whyPodHasNoSample(pod({ nodeSampled: false })), 'node-without-samples');
		assert.equal(whyPodHasNoSample(pod({ nodeSampled: false, nodeKind: 'virtual' })), 'node-virtual');
		assert.equal(whyPodHasNoSample(pod({ nodeSampled: null, nodeKind: 'virtual' })), 'node-virtual');
		assert.equal(whyPodHasNoSample(pod({ nodeSampled: false, nodeKind: 'virtual', asked: false })), 'node-virtual');
	});

	test('whose node cannot be seen is not said to be on a node without samples', () => {
		assert.equal(whyPodHasNoSample(pod({ nodeSampled: null, nodeKind: null })), 'one-container-lacks-sample');
	});
});

test('a first sample takes two scrapes of at least 15 s, also when no window is known', () => {
	assert.equal(timeToFirstSample(Number.NaN), 49_000);
	assert.equal(timeToFirstSample(15_001), 49_002);
});

test('a node without a sample is named by its kind, its age, or as unknown', () => {
	const node = { metrics: 'answering', kind: 'ordinary', age: hour, asked: true, window: 15_000 } as const;
	assert.equal(whyNodeHasNoSample(node), 'node-row-unknown');
	assert.equal(whyNodeHasNoSample({ ...node, age: 1_000 }), 'node-too-young');
	assert.equal(whyNodeHasNoSample({ ...node, asked: false }), 'not-asked-yet');
	assert.equal(whyNodeHasNoSample({ ...node, kind: 'fargate' }), 'node-fargate');
	assert.equal(whyNodeHasNoSample({ ...node, kind: 'windows', metrics: 'metrics-empty' }), 'metrics-empty');
});

test('a container is told apart from its pod', () => {
	const app = { pod: pod(), podSampled: true, kind: 'app', running: true } as const;
	assert.equal(whyContainerHasNoSample(app), 'container-without-sample');
	assert.equal(whyContainerHasNoSample({ ...app, podSampled: false }), 'one-container-lacks-sample');
	assert.equal(whyContainerHasNoSample({ ...app, kind: 'init', running: false }), 'container-not-running');
	assert.equal(
		whyContainerHasNoSample({ ...app, running: false, pod: pod({ restarting: true }) }),
		'container-restarting',
	);
});
