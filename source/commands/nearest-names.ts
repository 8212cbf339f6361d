/** Names that somebody may have meant who typed one that is not there. Pure. */
import { distance } from 'fastest-levenshtein';

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
	return Math.max(Math.min(1, shared / stem), 1 - distance(typed, name) / Math.max(typed.length, name.length));
}

/** ` Did you mean a or b?`, '' if nothing is near: what follows the sentence that there is no such thing. @param before stands before each */
export function didYouMean(typed: string, names: Iterable<string>, before = ''): string {
	const near = nearestNames(typed, names).map((name) => `${before}${name}`);
	return near.length === 0 ? '' : ` Did you mean ${near.join(', ')}?`;
}
