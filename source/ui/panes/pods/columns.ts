/** The columns of pods. One entry adds one column. */
import { podColumnMessages as messages, type TrendColumn } from '../../../messages/en/columns.ts';
import type { PodColumn } from '../../../model/columns.ts';
import type { PodRow } from '../../../monitor/messages.ts';
import { span } from '../../text/line.ts';
import { ageCell, percentCell, restartsCell, sampleAgeCell, textCell } from '../list/cells.ts';
import type { Column } from '../list/column.ts';
import { podHealth } from '../list/severity.ts';
import { allottedColumns, share, trendColumn, usageColumns } from '../list/usage-columns.ts';

type PodListColumn = Column<PodRow, PodColumn | TrendColumn>;

export const podColumns: readonly PodListColumn[] = [
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
		id: 'name',
		message: messages.name,
		align: 'left',
		minimum: 20,
		comfortable: 26,
		squeezed: 10,
		maximum: 64,
		drop: 0,
		cut: 'middle',
		cell: (row) => span(row.name, podHealth(row).tone),
	},
	{
		id: 'ready',
		message: messages.ready,
		align: 'right',
		minimum: 5,
		drop: 45,
		cell: (row) =>
			span(
				`${row.readyContainers}/${row.totalContainers}`,
				row.readyContainers < row.totalContainers ? podHealth(row).tone : 'plain',
			),
	},
	{
		id: 'status',
		message: messages.status,
		align: 'left',
		minimum: 8,
		comfortable: 12,
		maximum: 28,
		drop: 40,
		cell: (row) => span(row.status, podHealth(row).tone),
	},
	{
		id: 'restarts',
		message: messages.restarts,
		align: 'right',
		minimum: 3,
		maximum: 6,
		drop: 44,
		cell: (row, context) => restartsCell(row.restarts, row.lastRestartAt, context),
	},
	...usageColumns('cpu', messages, { usage: 6, request: 25, limit: 12 }),
	{
		id: 'cpuAllocatable%',
		message: messages['cpuAllocatable%'],
		...share,
		wide: true,
		drop: 62,
		cell: (row, context, width) => percentCell('cpu', row.usage, row.cpuAllocatable, context, { width, bound: false }),
	},
	...allottedColumns('cpu', messages, { request: 57, limit: 56 }),
	...usageColumns('memory', messages, { usage: 5, request: 25, limit: 10 }),
	{
		id: 'memoryAllocatable%',
		message: messages['memoryAllocatable%'],
		...share,
		wide: true,
		drop: 61,
		cell: (row, context, width) =>
			percentCell('memory', row.usage, row.memoryAllocatable, context, { width, bound: false }),
	},
	...allottedColumns('memory', messages, { request: 55, limit: 54 }),
	trendColumn('cpu', messages, 31),
	trendColumn('memory', messages, 30),
	{
		id: 'sampleAge',
		message: messages.sampleAge,
		align: 'right',
		minimum: 8,
		wide: true,
		drop: 63,
		cell: (row, context) => sampleAgeCell(row.usage, context),
	},
	{
		id: 'owner',
		message: messages.owner,
		align: 'left',
		minimum: 16,
		maximum: 48,
		wide: true,
		drop: 64,
		cell: (row, context) => textCell(row.owner, context),
	},
	{
		id: 'qos',
		message: messages.qos,
		align: 'left',
		minimum: 10,
		wide: true,
		drop: 66,
		cell: (row, context) => textCell(row.qosClass, context),
	},
	{
		id: 'ip',
		message: messages.ip,
		align: 'left',
		minimum: 12,
		maximum: 39,
		wide: true,
		drop: 65,
		cell: (row, context) => textCell(row.ip, context),
	},
	{
		id: 'node',
		message: messages.node,
		align: 'left',
		minimum: 6,
		comfortable: 20,
		maximum: 40,
		drop: 50,
		cell: (row, context) => textCell(row.node, context),
	},
	{
		id: 'age',
		message: messages.age,
		align: 'right',
		minimum: 5,
		drop: 51,
		cell: (row, context) => ageCell(row.createdAt, context),
	},
];
