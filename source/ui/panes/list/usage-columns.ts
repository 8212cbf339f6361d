/** The columns that pods and containers share: usage, what it is a percentage of, what was allotted, and its trend. */
import type { ColumnMessage } from '../../../messages/en/columns.ts';
import type { Resources } from '../../../model/records.ts';
import type { Usage } from '../../../model/usage.ts';
import type { Trend } from '../../../monitor/messages.ts';
import type { Quantity } from './amounts.ts';
import { amountCell, percentCell, trendCell, trendTitle, usageCell } from './cells.ts';
import type { Column } from './column.ts';

/** A row that uses something and was allotted something. */
export interface UsageRow extends Resources {
	usage: Usage;
	cpuTrend: Trend;
	memoryTrend: Trend;
}

type Percent<Q extends Quantity> = `${Q}Request%` | `${Q}Limit%`;
type Allotted<Q extends Quantity> = `${Q}Request` | `${Q}Limit`;
type Messages<Id extends string> = Readonly<Record<Id, ColumnMessage>>;

/** Percentages of something that may be exceeded. */
export const share = { align: 'right', minimum: 4, ideal: 6, maximum: 6 } as const;
/** Percentages of a limit, with room for the glyph of a threshold. */
const bound = { align: 'right', minimum: 4, ideal: 7, maximum: 6, glyphSlot: true } as const;
const amount = { align: 'right', minimum: 6 } as const;

/** Usage, and its percentages of the request and of the limit. `drop` as in {@link Column}. */
export function usageColumns<Q extends Quantity>(
	quantity: Q,
	messages: Messages<Q | Percent<Q>>,
	drop: { usage: number; request: number; limit: number },
): Column<UsageRow, Q | Percent<Q>>[] {
	const request = `${quantity}Request` as const;
	const limit = `${quantity}Limit` as const;
	return [
		{
			id: quantity,
			message: messages[quantity],
			...amount,
			drop: drop.usage,
			cell: (row, context) => usageCell(quantity, row.usage, context),
		},
		{
			id: `${request}%`,
			message: messages[`${request}%`],
			...share,
			drop: drop.request,
			cell: (row, context, width) => percentCell(quantity, row.usage, row[request], context, { width, bound: false }),
		},
		{
			id: `${limit}%`,
			message: messages[`${limit}%`],
			...bound,
			drop: drop.limit,
			cell: (row, context, width) => percentCell(quantity, row.usage, row[limit], context, { width, bound: true }),
		},
	];
}

/** Request and limit, in the wide view. */
export function allottedColumns<Q extends Quantity>(
	quantity: Q,
	messages: Messages<Allotted<Q>>,
	drop: { request: number; limit: number },
): Column<UsageRow, Allotted<Q>>[] {
	const column = (id: Allotted<Q>, order: number): Column<UsageRow, Allotted<Q>> => ({
		id,
		message: messages[id],
		align: 'right',
		minimum: 7,
		wide: true,
		drop: order,
		cell: (row, context) => amountCell(quantity, row[id], context),
	});
	return [column(`${quantity}Request`, drop.request), column(`${quantity}Limit`, drop.limit)];
}

/** The sparkline of the last polls, against the limit if there is one. */
export function trendColumn<Q extends Quantity>(
	quantity: Q,
	messages: Messages<`${Q}Trend`>,
	drop: number,
): Column<UsageRow, `${Q}Trend`> {
	const message = messages[`${quantity}Trend`];
	return {
		id: `${quantity}Trend`,
		message,
		align: 'left',
		minimum: 9,
		maximum: 30,
		last: true,
		drop,
		title: trendTitle(message.title),
		cell: (row, context, width) => trendCell(quantity, row, row[`${quantity}Limit`], context, width),
	};
}
