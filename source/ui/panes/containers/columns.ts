/** The columns of containers. One entry adds one column. */
import { containerColumnMessages as messages, type TrendColumn } from '../../../messages/en/columns.ts';
import type { ContainerColumn } from '../../../model/columns.ts';
import { shortDuration } from '../../../model/display.ts';
import type { ContainerKind } from '../../../model/records.ts';
import type { ContainerRow } from '../../../monitor/messages.ts';
import { span } from '../../text/line.ts';
import {
	ageCell,
	amountCell,
	percentCell,
	restartsCell,
	sampleAgeCell,
	textCell,
	trendCell,
	trendTitle,
	usageCell,
} from '../list/cells.ts';
import type { Column } from '../list/column.ts';
import { containerHealth } from '../list/severity.ts';

type ContainerListColumn = Column<ContainerRow, ContainerColumn | TrendColumn>;

const bound = { align: 'right', minimum: 4, ideal: 7, maximum: 6, glyphSlot: true } as const;
const share = { align: 'right', minimum: 4, ideal: 6, maximum: 6 } as const;
const amount = { align: 'right', minimum: 6 } as const;

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
	{
		id: 'cpu',
		message: messages.cpu,
		...amount,
		drop: 6,
		cell: (row, context) => usageCell('cpu', row.usage, context),
	},
	{
		id: 'cpuRequest%',
		message: messages['cpuRequest%'],
		...share,
		drop: 33,
		cell: (row, context, width) => percentCell('cpu', row.usage, row.cpuRequest, context, { width, bound: false }),
	},
	{
		id: 'cpuLimit%',
		message: messages['cpuLimit%'],
		...bound,
		drop: 12,
		cell: (row, context, width) => percentCell('cpu', row.usage, row.cpuLimit, context, { width, bound: true }),
	},
	{
		id: 'cpuRequest',
		message: messages.cpuRequest,
		align: 'right',
		minimum: 7,
		wide: true,
		drop: 57,
		cell: (row, context) => amountCell('cpu', row.cpuRequest, context),
	},
	{
		id: 'cpuLimit',
		message: messages.cpuLimit,
		align: 'right',
		minimum: 7,
		wide: true,
		drop: 56,
		cell: (row, context) => amountCell('cpu', row.cpuLimit, context),
	},
	{
		id: 'memory',
		message: messages.memory,
		...amount,
		drop: 5,
		cell: (row, context) => usageCell('memory', row.usage, context),
	},
	{
		id: 'memoryRequest%',
		message: messages['memoryRequest%'],
		...share,
		drop: 33,
		cell: (row, context, width) =>
			percentCell('memory', row.usage, row.memoryRequest, context, { width, bound: false }),
	},
	{
		id: 'memoryLimit%',
		message: messages['memoryLimit%'],
		...bound,
		drop: 10,
		cell: (row, context, width) => percentCell('memory', row.usage, row.memoryLimit, context, { width, bound: true }),
	},
	{
		id: 'memoryRequest',
		message: messages.memoryRequest,
		align: 'right',
		minimum: 7,
		wide: true,
		drop: 55,
		cell: (row, context) => amountCell('memory', row.memoryRequest, context),
	},
	{
		id: 'memoryLimit',
		message: messages.memoryLimit,
		align: 'right',
		minimum: 7,
		wide: true,
		drop: 54,
		cell: (row, context) => amountCell('memory', row.memoryLimit, context),
	},
	{
		id: 'cpuTrend',
		message: messages.cpuTrend,
		align: 'left',
		minimum: 9,
		maximum: 30,
		last: true,
		drop: 37,
		title: trendTitle(messages.cpuTrend.title),
		cell: (row, context, width) => trendCell('cpu', row, row.cpuLimit, context, width),
	},
	{
		id: 'memoryTrend',
		message: messages.memoryTrend,
		align: 'left',
		minimum: 9,
		maximum: 30,
		last: true,
		drop: 36,
		title: trendTitle(messages.memoryTrend.title),
		cell: (row, context, width) => trendCell('memory', row, row.memoryLimit, context, width),
	},
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
