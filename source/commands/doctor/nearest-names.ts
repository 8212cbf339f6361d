/** Names that somebody may have meant who typed one that is not there. Pure. */

const most = 3;
/** Less alike than this is another name. */
const alike = 0.5;

/** What controllers put behind the name of what makes a pod: another pod of it ends otherwise. */
const ending = /(?<=.)(?:-[a-z0-9]{6,10})?-[a-z0-9]{5}$/;

/** The nearest first; one that contains what was typed before all others. */
export function nearestNames(typed: string, names: Iterable<string>): readonly string[] {
	return [...names]
		.map((name) => ({ name, likeness: likenessOf(typed, name) }))
		.filter(({ likeness }) => likeness >= alike)
		.toSorted((one, other) => other.likeness - one.likeness || one.name.localeCompare(other.name))
		.slice(0, most)
		.map(({ name }) => name);
}

/** From 0 to 1: a pod that was replaced shares the beginning, a typing error nearly everything. */
function likenessOf(typed: string, name: string): number {
	if (name.includes(typed)) {
		return 1;
	}
	let shared = 0;
	while (shared < typed.length && typed[shared] === name[shared]) {
		shared++;
	}
	const stem = typed.replace(ending, '').length;
	return Math.max(Math.min(1, shared / stem), 1 - editsBetween(typed, name) / Math.max(typed.length, name.length));
}

/** Letters to put in, take out or change (Levenshtein). */
function editsBetween(one: string, other: string): number {
	let before = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let row = 1; row <= one.length; row++) {
		const now = [row];
		for (let column = 1; column <= other.length; column++) {
			const change = (before[column - 1] ?? 0) + (one[row - 1] === other[column - 1] ? 0 : 1);
			now.push(Math.min(change, (before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1));
		}
		before = now;
	}
	return before[other.length] ?? 0;
}
