/** The one subject that the detail is about, from the newest that is known of it. Pure. */
import type { ContainerRow, Detail, NodeRow, PodRow, Subject } from '../../../monitor/messages.ts';
import type { ScreenState } from '../../state.ts';

export type SubjectRow =
	| { kind: 'pod'; row: PodRow }
	| { kind: 'container'; row: ContainerRow }
	| { kind: 'node'; row: NodeRow };

export interface SubjectView {
	subject: SubjectRow | null;
	/** The host has answered that there is no such thing any more. */
	gone: boolean;
	/** The history, if the answer for this subject is here. */
	history: Detail | null;
}

function same(a: Subject, b: Subject): boolean {
	return a.kind === b.kind && a.uid === b.uid;
}

function typed(kind: Subject['kind'], row: PodRow | ContainerRow | NodeRow): SubjectRow {
	// The host answers each kind of subject with its kind of row.
	return { kind, row } as SubjectRow;
}

/** The row of the answer for it; until that is here, the row in the list where the cursor stands. */
export function subjectView(state: ScreenState): SubjectView {
	const { subject, detail } = state;
	if (subject === null || subject.kind === 'process') {
		return { subject: null, gone: false, history: null };
	}

	const history = detail !== null && same(detail.subject, subject) ? detail : null;
	if (history !== null && history.row !== null) {
		return { subject: typed(subject.kind, history.row), gone: false, history };
	}

	const list = ({ node: 'nodes', pod: 'pods', container: 'containers' } as const)[subject.kind];
	const found = state.lists[list].answer?.rows.find((row) => 'uid' in row && row.uid === subject.uid);
	return {
		subject:
			history === null && found !== undefined && 'uid' in found && !('pid' in found)
				? typed(subject.kind, found)
				: null,
		gone: history !== null,
		history,
	};
}

/** `web/api-1 · app`, `node n03`. */
export function subjectTitle(view: SubjectRow, dot: string): string {
	switch (view.kind) {
		case 'node': {
			return `node ${view.row.name}`;
		}

		case 'pod': {
			return `${view.row.namespace}/${view.row.name}`;
		}

		default: {
			return `${view.row.namespace}/${view.row.pod} ${dot} ${view.row.name}`;
		}
	}
}
