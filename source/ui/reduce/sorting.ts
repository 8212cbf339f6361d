/** By what a list is sorted, and what the sort keys mean in each. */
import {
	containerColumnMessages,
	findingColumnMessages,
	nodeColumnMessages,
	podColumnMessages,
	processColumnMessages,
} from '../../messages/en/columns.ts';
import {
	containerColumns,
	findingColumns,
	keyColumns,
	nodeColumns,
	podColumns,
	processColumns,
} from '../../model/columns.ts';
import type { ListName, Sort } from '../../monitor/messages.ts';

const columns: Readonly<Record<ListName, readonly string[]>> = {
	nodes: nodeColumns,
	pods: podColumns,
	containers: containerColumns,
	processes: processColumns,
	diagnostics: findingColumns,
};

const messages: Readonly<Record<ListName, Readonly<Record<string, { title: string }>>>> = {
	nodes: nodeColumnMessages,
	pods: podColumnMessages,
	containers: containerColumnMessages,
	processes: processColumnMessages,
	diagnostics: findingColumnMessages,
};

/** Ids of the columns that a list can be sorted by. */
export function sortableColumns(list: ListName): readonly string[] {
	return columns[list];
}

/** What stands over the column; its id where nothing does. */
export function columnTitle(list: ListName, column: string): string {
	return messages[list][column]?.title || column;
}

/** Columns that begin with the lowest: words, and the age, where the youngest is what has just happened. */
const ascending = new Set([
	'name',
	'namespace',
	'pod',
	'node',
	'status',
	'state',
	'roles',
	'version',
	'ip',
	'os',
	'kernel',
	'runtime',
	'arch',
	'owner',
	'qos',
	'kind',
	'image',
	'lastTermination',
	'id',
	'subject',
	'age',
	'ready',
	'pid',
	'user',
]);

/** The sort that choosing a column means: its usual direction, or the other way round if it is chosen again. */
export function sortedBy(column: string, before: Sort): Sort {
	return { column, descending: before.column === column ? !before.descending : !ascending.has(column) };
}

export type SortKey = keyof typeof keyColumns;

/** Findings have other columns: their subject is their name, and since when they are is their age. */
const findingKeyColumns: Readonly<Record<SortKey, string | null>> = {
	sortByCpu: null,
	sortByMemory: null,
	sortByName: 'subject',
	sortByAge: 'since',
};

/** The column that a sort key means in a list, null if none. */
export function columnOfKey(list: ListName, key: SortKey): string | null {
	return list === 'diagnostics' ? findingKeyColumns[key] : keyColumns[key];
}
