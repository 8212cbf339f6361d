import assert from 'node:assert/strict';
import { constants, PerformanceObserver } from 'node:perf_hooks';
import { test } from 'node:test';
import { collectAll, collectYoung } from '../../source/engine/collect-garbage.ts';

const {
	NODE_PERFORMANCE_GC_FLAGS_FORCED: forced,
	NODE_PERFORMANCE_GC_MAJOR: whole,
	NODE_PERFORMANCE_GC_MINOR: young,
} = constants;

/** Resolves when the engine has told of a collection of this kind that it was asked for. */
function told(kind: number): Promise<void> {
	return new Promise((resolve) => {
		const observer = new PerformanceObserver((list) => {
			const its = list.getEntries() as unknown as readonly { detail: { kind: number; flags: number } }[];
			if (its.some(({ detail }) => detail.kind === kind && (detail.flags & forced) !== 0)) {
				observer.disconnect();
				resolve();
			}
		});
		observer.observe({ entryTypes: ['gc'] });
	});
}

test('the engine looks through its young objects when it is asked to', { timeout: 30_000 }, async () => {
	const done = told(young);
	collectYoung();
	await done;
});

test('the engine looks through all objects, and what was let go is gone', { timeout: 30_000 }, async () => {
	const gone = new WeakRef({ large: new Array<number>(1000) });
	// A weak reference holds until the turn in which it was made is over.
	await new Promise((resolve) => setTimeout(resolve, 0));
	const done = told(whole);
	collectAll();
	await done;
	assert.equal(gone.deref(), undefined);
});
