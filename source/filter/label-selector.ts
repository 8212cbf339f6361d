/** Where a label selector ends in a longer text. What it means is the API server's business. */

/** A label's key: an optional DNS prefix, then a name. */
const key = '[A-Za-z0-9](?:[A-Za-z0-9._/-]*[A-Za-z0-9])?';
const value = '[A-Za-z0-9._-]*';
const requirement = `(?:!\\s*${key}|${key}(?:\\s*(?:==|!=|=)\\s*${value}|\\s*[<>]\\s*\\d+|\\s+(?:notin|in)\\s*\\([^()]*\\))?)`;
const selector = new RegExp(`${requirement}(?:\\s*,\\s*${requirement})*(?=$|\\s|&&)`, 'y');

/**
 * Reads a selector as `kubectl -l` takes it (`app=web,tier in (a, b),!canary`), spaces included, from a position of
 * the text. Returns where it ends; −1 if none starts there.
 */
export function endOfLabelSelector(text: string, position: number): number {
	selector.lastIndex = position;
	return selector.test(text) ? selector.lastIndex : -1;
}
