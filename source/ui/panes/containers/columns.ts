/** The columns of containers. One entry adds one column. */
import { containerColumnMessages as messages, type TrendColumn } from '../../../messages/en/columns.ts';
import type { ContainerColumn } from '../../../model/columns.ts';
import { shortDuration } from '../../../model/display.ts';
import type { ContainerKind } from '../../../model/records.ts';
import type { ContainerRow } from '../../../monitor/messages.ts';
import { span } from '../../text/line.ts';
import { ageCell, restartsCell, sampleAgeCell, textCell } from '../list/cells.ts';
import type { Column } from '../list/column.ts';
import { containerHealth } from '../list/severity.ts';
import { allottedColumns, trendColumn, usageColumns } from '../list/usage-columns.ts';

type ContainerListColumn = Column<ContainerRow, ContainerColumn | TrendColumn>;

/** The usual kind says nothing. */
const kinds: Readonly<Record<ContainerKind, { mark: string; word: string }>> = {
	app: { mark: '', word: '' },
	init: { mark: 'init', word: 'init' },
	sidecar: { mark: 'side', word: 'sidecar' },
	ephemeral: { mark: 'eph', word: 'ephemeral' },
};

/** What a kill is called that deserves more than grey. */
const violent = /OOM|Error|ContainerCannotRun|DeadlineExceeded|Signal/;

export const containerColumns: readonly ContainerListColumn[] = [
	{
		id: 'namespace',
		message: messages.namespace,
		align: 'left',
		minimum: 8,
		comfortable: 16,
		maximum: 28,
		drop: 20,
		cell: (row) => span(row.namespace, 'dim'),
	},
	{
		id: 'pod',
		message: messages.pod,
		align: 'left',
		minimum: 16,
		comfortable: 28,
		squeezed: 9,
		maximum: 64,
		drop: 8,
		cut: 'middle',
		cell: (row) => span(row.pod),
	},
	{
		id: 'name',
		message: messages.name,
		align: 'left',
		minimum: 12,
		comfortable: 20,
		squeezed: 8,
		maximum: 48,
		drop: 0,
		cut: 'middle',
		cell: (row) => span(row.name, containerHealth(row).tone),
	},
	{
		id: 'kind',
		message: messages.kind,
		align: 'left',
		minimum: 4,
		ideal: 9,
		drop: 30,
		cell: (row, _, width) => span(width < 9 ? kinds[row.kind].mark : kinds[row.kind].word, 'dim'),
	},
	{
		id: 'state',
		message: messages.state,
		align: 'left',
		minimum: 8,
		maximum: 28,
		drop: 28,
		cell: (row, context) => textCell(row.state, context, containerHealth(row).tone),
	},
	{
		id: 'ready',
		message: messages.ready,
		align: 'left',
		minimum: 5,
		drop: 46,
		cell: (row, { glyphs }) => (row.ready ? span(glyphs.good) : span(glyphs.unset, 'dim')),
	},
	{
		id: 'restarts',
		message: messages.restarts,
		align: 'right',
		minimum: 3,
		maximum: 6,
		drop: 29,
		cell: (row, context) => restartsCell(row.restarts, row.lastTerminatedAt, context),
	},
	...usageColumns('cpu', messages, { usage: 6, request: 33, limit: 12 }),
	...allottedColumns('cpu', messages, { request: 57, limit: 56 }),
	...usageColumns('memory', messages, { usage: 5, request: 33, limit: 10 }),
	...allottedColumns('memory', messages, { request: 55, limit: 54 }),
	trendColumn('cpu', messages, 37),
	trendColumn('memory', messages, 36),
	{
		id: 'lastTermination',
		message: messages.lastTermination,
		align: 'left',
		minimum: 12,
		maximum: 24,
		drop: 31,
		cell: (row, context) =>
			row.lastTermination === ''
				? span(context.glyphs.unset, 'dim')
				: span(
						Number.isFinite(row.lastTerminatedAt)
							? `${row.lastTermination} ${shortDuration(context.now - row.lastTerminatedAt)}`
							: row.lastTermination,
						violent.test(row.lastTermination) ? 'warning' : 'plain',
					),
	},
	{
		id: 'sampleAge',
		message: messages.sampleAge,
		align: 'right',
		minimum: 8,
		wide: true,
		drop: 62,
		cell: (row, context) => sampleAgeCell(row.usage, context),
	},
	{
		id: 'image',
		message: messages.image,
		align: 'left',
		minimum: 20,
		maximum: 60,
		wide: true,
		drop: 63,
		cut: 'middle',
		cell: (row, context) => textCell(row.image, context),
	},
	{
		id: 'node',
		message: messages.node,
		align: 'left',
		minimum: 10,
		maximum: 40,
		wide: true,
		drop: 61,
		cell: (row, context) => textCell(row.node, context),
	},
	{
		id: 'age',
		message: messages.age,
		align: 'right',
		minimum: 5,
		drop: 51,
		cell: (row, context) => ageCell(row.startedAt, context),
	},
];
