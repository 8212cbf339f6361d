/** A line of items that say less, in a given order, as the line gets narrower. */
import { type Span, span, spansWidth } from './line.ts';

export interface Item {
	/** The ways to say it, longest first. An empty one leaves the item out. */
	forms: ReadonlyArray<readonly Span[]>;
	/** For each step from one form to the next: the lower the number, the earlier it is taken. */
	steps: readonly number[];
}

/** An item that is left out at `step`, or never if it is not given. */
export function item(spans: readonly Span[], step?: number): Item {
	return step === undefined ? { forms: [spans], steps: [] } : { forms: [spans, []], steps: [step] };
}

/** Puts separators between the items that say something. */
function joined(forms: ReadonlyArray<readonly Span[]>, separator: Span): Span[] {
	const spans: Span[] = [];
	for (const form of forms) {
		if (form.length === 0) {
			continue;
		}

		if (spans.length > 0) {
			spans.push(separator);
		}

		spans.push(...form);
	}

	return spans;
}

export interface Group {
	items: readonly Item[];
	separator: Span;
}

/**
 * Chooses forms so that both groups fit into `width`, the left one at the left edge, the right one at the right edge,
 * at least two blanks between them. What does not fit even in its shortest form is cut by the caller's `line`.
 */
export function spread(left: Group, right: Group, width: number): Span[] {
	const items = [...left.items, ...right.items];
	const chosen = items.map(() => 0);
	for (;;) {
		const forms = items.map((entry, index) => entry.forms[chosen[index] ?? 0] ?? []);
		const start = joined(forms.slice(0, left.items.length), left.separator);
		const end = joined(forms.slice(left.items.length), right.separator);
		const gap = width - spansWidth(start) - spansWidth(end);
		if (gap >= (start.length > 0 && end.length > 0 ? 2 : 0)) {
			return [...start, span(' '.repeat(gap)), ...end];
		}

		let next = -1;
		let lowest = Number.POSITIVE_INFINITY;
		for (const [index, entry] of items.entries()) {
			const step = entry.steps[chosen[index] ?? 0];
			if (step !== undefined && step < lowest) {
				lowest = step;
				next = index;
			}
		}

		if (next < 0) {
			return [...start, span(' '.repeat(Math.max(1, gap))), ...end];
		}

		chosen[next] = (chosen[next] ?? 0) + 1;
	}
}
