/** From the state of the screen to the view of one list. Pure. */
import { type Finding, findingKey, type Severity } from '../../../model/finding.ts';
import type { ContainerRow, ListName, NodeRow, PodRow, ProcessRow, Rows } from '../../../monitor/messages.ts';
import type { ListState, ScreenState } from '../../state.ts';
import type { Theme } from '../../theme.ts';
import { containerColumns } from '../containers/columns.ts';
import { findingColumns } from '../diagnostics/columns.ts';
import { nodeColumns } from '../nodes/columns.ts';
import { podColumns } from '../pods/columns.ts';
import { processColumns } from '../processes/columns.ts';
import type { CellContext, Column } from './column.ts';
import { type ListView, renderList } from './list.ts';
import { containerHealth, nodeHealth, podHealth, severityOfUsage, worst } from './severity.ts';

/** The identity of a row, as the cursor holds it. */
export function uidOf(row: Rows['rows'][number]): string {
	return 'uid' in row ? row.uid : findingKey(row);
}

/** Index of the row under the cursor in the matched order, −1 if it is not known. */
export function cursorIndex(list: ListState): number {
	const { answer, cursor } = list;
	if (answer === null || answer.rows.length === 0) {
		return -1;
	}

	if (cursor === null) {
		return list.cursorIndex;
	}

	const found = answer.rows.findIndex((row) => uidOf(row) === cursor);
	return found >= 0 ? answer.offset + found : list.cursorIndex;
}

/** The row under the cursor, if it is at hand. */
export function cursorRow(list: ListState): Rows['rows'][number] | undefined {
	const { answer } = list;
	return answer?.rows[cursorIndex(list) - answer.offset];
}

/** The row that is shown beside a list: the one under the cursor, or while keys run through the list the one they left. */
export function restingRow(state: ScreenState, list: ListName): Rows['rows'][number] | undefined {
	const { answer } = state.lists[list];
	const left = state.focus === list && state.passing !== null ? state.passing : undefined;
	const rows: readonly Rows['rows'][number][] = left === undefined ? [] : (answer?.rows ?? []);
	return rows.find((row) => uidOf(row) === left) ?? cursorRow(state.lists[list]);
}

export function cellContext(state: ScreenState, list: ListName, theme: Theme): CellContext {
	return {
		now: state.cluster?.serverTime ?? Number.NaN,
		glyphs: theme.glyphs,
		sort: state.lists[list].sort,
		wide: state.wide,
		refresh: state.cluster?.refresh ?? 15_000,
	};
}

function podSeverity(row: PodRow): Severity {
	return worst(podHealth(row).severity, severityOfUsage(row.usage, row.cpuLimit, row.memoryLimit));
}

function containerSeverity(row: ContainerRow): Severity {
	return worst(containerHealth(row).severity, severityOfUsage(row.usage, row.cpuLimit, row.memoryLimit));
}

function nodeSeverity(row: NodeRow): Severity {
	return worst(nodeHealth(row).severity, severityOfUsage(row.usage, row.cpuAllocatable, row.memoryAllocatable));
}

/** One trend is enough unless the view is wide: that of the resource that the list is sorted by, else memory. */
function hiddenTrends(context: CellContext): string[] {
	return context.wide ? [] : [context.sort.column.startsWith('cpu') ? 'memoryTrend' : 'cpuTrend'];
}

/** Columns that would say the same in each row, or nothing. */
function hidden(state: ScreenState, answer: Rows, context: CellContext): Set<string> {
	const ids = new Set(hiddenTrends(context));
	const { scope } = state.lists[answer.list];
	if ((state.cluster?.namespace ?? null) !== null || scope.namespace !== undefined || scope.pod !== undefined) {
		ids.add('namespace');
	}

	if (answer.list === 'containers') {
		if (scope.pod !== undefined) {
			ids.add('pod');
		}

		if (answer.rows.every(({ kind }) => kind === 'app')) {
			ids.add('kind');
		}

		if (answer.rows.every(({ lastTermination }) => lastTermination === '')) {
			ids.add('lastTermination');
		}
	}

	if (scope.node !== undefined) {
		ids.add('node');
	}

	return ids;
}

interface Place {
	width: number;
	height: number;
}

/** The rows of a list that has some. */
export function renderRows(state: ScreenState, answer: Rows, place: Place, theme: Theme): string[] {
	const list = state.lists[answer.list];
	const context = cellContext(state, answer.list, theme);
	const common = {
		offset: answer.offset,
		matched: answer.matched,
		top: list.top,
		cursor: cursorIndex(list),
		focused: state.focus === answer.list,
		hidden: hidden(state, answer, context),
		context,
		theme,
		...place,
	};
	switch (answer.list) {
		case 'nodes': {
			return renderList<NodeRow>({ ...common, columns: nodeColumns, rows: answer.rows, severity: nodeSeverity });
		}

		case 'pods': {
			return renderList<PodRow>({ ...common, columns: podColumns, rows: answer.rows, severity: podSeverity });
		}

		case 'containers': {
			return renderList<ContainerRow>({
				...common,
				columns: containerColumns,
				rows: answer.rows,
				severity: containerSeverity,
			});
		}

		case 'processes': {
			return renderList<ProcessRow>({ ...common, columns: processColumns, rows: answer.rows, severity: null });
		}

		default: {
			return renderList<Finding>({ ...common, columns: findingColumns, rows: answer.rows, severity: null });
		}
	}
}

/** The registries by list, for titles and for help. */
export const columnsOf: Readonly<Record<ListName, ReadonlyArray<Pick<Column<never>, 'id' | 'message' | 'wide'>>>> = {
	nodes: nodeColumns,
	pods: podColumns,
	containers: containerColumns,
	processes: processColumns,
	diagnostics: findingColumns,
};

export type { ListView };
