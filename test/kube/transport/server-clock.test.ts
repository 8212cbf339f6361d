import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ServerClock } from '../../../source/kube/transport/server-clock.ts';

const noon = Date.UTC(2026, 0, 1, 12);

function header(time: number): string {
	return new Date(time).toUTCString();
}

describe("the server's clock", () => {
	test('is ours while nothing proves otherwise', () => {
		const clock = new ServerClock();
		clock.observe(undefined, noon, noon);
		clock.observe('nonsense', noon, noon);
		clock.observe(header(noon), noon + 400, noon + 420);
		assert.equal(clock.offset, 0);
	});
	test('is ahead or behind by what the header proves', () => {
		const clock = new ServerClock();
		clock.observe(header(noon + 90_000), noon, noon + 10);
		assert.equal(clock.offset, 89_990);
		clock.observe(header(noon - 90_000), noon, noon + 10);
		assert.equal(clock.offset, -89_000);
	});
	test('comes within a second of the truth, and stays as it is while it is right', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: -86_400_000, max: 86_400_000 }),
				fc.array(fc.record({ at: fc.nat(3_600_000), out: fc.nat(400), back: fc.nat(400) }), { minLength: 1 }),
				(skew, answers) => {
					const clock = new ServerClock();
					for (const { at, out, back } of answers) {
						const sent = noon + at;
						clock.observe(header(sent + out + skew), sent, sent + out + back);
					}
					return Math.abs(clock.offset - skew) <= 1000 + 800;
				},
			),
		);
	});
});
