import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Drawing, type DrawingOptions } from '../../source/ui/drawing.ts';

function makeDrawing(options: Partial<DrawingOptions> = {}) {
	const done: string[] = [];
	const crashes: unknown[] = [];
	const drawing = new Drawing({
		parts: () => ['nodes', 'pods'].map((part) => () => void done.push(part)),
		compose: () => done.push('compose'),
		show: () => done.push('show'),
		onBegin: () => {},
		onCrash: (error) => crashes.push(error),
		gather: 1,
		...options,
	});
	return { crashes, done, drawing };
}

async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 5000;
	while (!condition()) {
		assert.ok(Date.now() < deadline, 'waited in vain');
		await sleep(2);
	}
}

describe('drawing', () => {
	test('draws at once in one go', () => {
		const { done, drawing } = makeDrawing();
		drawing.now();
		assert.deepEqual(done, ['compose', 'show']);
		drawing.within(0);
		assert.deepEqual(done, ['compose', 'show', 'compose', 'show']);
	});

	test('draws within a time part after part', async () => {
		const { done, drawing } = makeDrawing();
		drawing.within(1);
		drawing.within(60_000);
		await until(() => done.includes('show'));
		assert.deepEqual(done, ['nodes', 'pods', 'compose', 'show']);
		drawing.end();
	});

	test('draws what comes between two parts at once, and the rest no more', async () => {
		const made = makeDrawing({ parts: () => [() => made.drawing.now(), () => made.done.push('too late')] });
		made.drawing.within(1);
		await until(() => made.done.includes('show'));
		await sleep(20);
		assert.deepEqual(made.done, ['compose', 'show']);
	});

	test('comes to an end where new data come faster than it is drawn', async () => {
		const slow = () => {
			made.done.push('part');
			made.drawing.within(1);
			const end = performance.now() + 3;
			while (performance.now() < end);
		};
		const made = makeDrawing({ parts: () => [slow, slow, slow] });
		made.drawing.within(1);
		const shown = () => made.done.filter((step) => step === 'show').length;
		await until(() => shown() > 0);
		assert.deepEqual(made.done.slice(0, 5), ['part', 'part', 'part', 'compose', 'show']);
		// What was wanted meanwhile is drawn too.
		await until(() => shown() > 1);
		made.drawing.end();
	});

	test('tells what a part threw, and does nothing of the rest', async () => {
		const fault = new Error('no such row');
		const { crashes, done, drawing } = makeDrawing({
			parts: () => [
				() => {
					throw fault;
				},
			],
		});
		drawing.within(1);
		await until(() => crashes.length > 0);
		await sleep(20);
		assert.deepEqual([crashes, done], [[fault], []]);
	});

	test('tells that the parts could not even be named', async () => {
		const { crashes, drawing } = makeDrawing({
			parts: () => {
				throw new Error('no layout');
			},
		});
		drawing.within(1);
		await until(() => crashes.length > 0);
	});

	test('ends between two parts', async () => {
		const made = makeDrawing({ parts: () => [() => made.drawing.end()] });
		made.drawing.within(1);
		await sleep(30);
		made.drawing.now();
		made.drawing.within(1);
		await sleep(30);
		assert.deepEqual(made.done, []);
	});
});
