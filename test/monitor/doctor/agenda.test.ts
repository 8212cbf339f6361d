import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Agenda } from '../../../source/monitor/doctor/agenda.ts';

const second = 1_000;
const pace = { settle: 2 * second, least: 10 * second, again: 30 * second, seldom: 100 * second };
const signs = (amounts: Record<string, number>) => new Map(Object.entries(amounts));

/** Follows the agenda for so many seconds. @returns when it examined, s */
function followed(agenda: Agenda, until: number, seen: (at: number) => ReadonlyMap<string, number>): number[] {
	const examined: number[] = [];
	for (let at = 0; at <= until; at++) {
		agenda.see(seen(at), at * second);
		if (agenda.due <= at * second) {
			examined.push(at);
			agenda.ended(agenda.signs, at * second);
		}
	}
	return examined;
}

describe('the doctor’s agenda', () => {
	test('is empty while nothing is seen, and after what passed by itself', () => {
		assert.deepEqual(
			followed(new Agenda(pace), 600, (at) => signs(at % 10 === 0 ? { empty: 1 } : {})),
			[],
		);
	});

	test('has the same more and more seldom', () => {
		assert.deepEqual(
			followed(new Agenda(pace), 420, () => signs({ empty: 1 })),
			[2, 32, 92, 192, 292, 392],
		);
	});

	test('has the same no sooner because its number goes up and down', () => {
		const once = followed(new Agenda(pace), 190, () => signs({ pods: 5 }));
		assert.deepEqual(
			followed(new Agenda(pace), 190, (at) => signs({ pods: 1 + (at % 9) })),
			once,
		);
	});

	test('has what is ten times as many as soon as it is allowed', () => {
		assert.deepEqual(
			followed(new Agenda(pace), 31, (at) => signs({ pods: at < 20 ? 3 : 40 })),
			[2, 20],
		);
	});

	test('has something else soon, but not at once', () => {
		assert.deepEqual(
			followed(new Agenda(pace), 30, (at) => signs(at < 5 ? { empty: 1 } : { empty: 1, forbidden: 1 })),
			[2, 12],
		);
	});

	test('has what comes back neither at once nor as seldom as if it had stayed', () => {
		const examined = followed(new Agenda(pace), 230, (at) => signs(at >= 100 && at < 105 ? {} : { empty: 1 }));
		assert.deepEqual(examined, [2, 32, 92, 122, 182]);
	});

	test('has what was gone for long as if it were new', () => {
		const examined = followed(new Agenda(pace), 330, (at) => signs(at > 40 && at < 300 ? {} : { empty: 1 }));
		assert.deepEqual(examined, [2, 32, 302]);
	});

	test('forgets when somebody wants to know again', () => {
		const agenda = new Agenda(pace);
		followed(agenda, 5, () => signs({ empty: 1 }));
		assert.equal(agenda.due, 32 * second);
		agenda.forget();
		assert.ok(agenda.due <= 5 * second);
	});

	test('does not count one that was broken off', () => {
		const agenda = new Agenda(pace);
		agenda.see(signs({ empty: 1 }), 0);
		agenda.ended(new Map(), 3 * second);
		assert.equal(agenda.due, 13 * second);
	});
});
