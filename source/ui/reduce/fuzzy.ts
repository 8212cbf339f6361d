/** Picks what somebody may have meant by a few typed characters. */

/** How well a candidate fits, the lower the better; undefined if not at all. */
function distance(candidate: string, typed: string): number | undefined {
	const text = candidate.toLowerCase();
	const at = text.indexOf(typed);
	if (at >= 0) {
		return at === 0 ? text.length - typed.length : 1000 + at;
	}
	let position = -1;
	let gaps = 0;
	for (const character of typed) {
		const next = text.indexOf(character, position + 1);
		if (next < 0) {
			return undefined;
		}
		gaps += next - position - 1;
		position = next;
	}
	return 1_000_000 + gaps;
}

/**
 * The candidates that contain the typed characters in this order, best first: those that begin with them, those that
 * contain them in one piece, the rest. `textsOf` gives what a candidate may be called.
 */
export function fuzzy(
	candidates: readonly string[],
	typed: string,
	textsOf: (candidate: string) => readonly string[] = (candidate) => [candidate],
): string[] {
	const wanted = typed.trim().toLowerCase();
	return candidates
		.flatMap((candidate, index) => {
			const distances = textsOf(candidate).flatMap((text) => distance(text, wanted) ?? []);
			return distances.length === 0 ? [] : [{ candidate, index, least: wanted === '' ? 0 : Math.min(...distances) }];
		})
		.toSorted((a, b) => a.least - b.least || a.index - b.index)
		.map(({ candidate }) => candidate);
}
