/** The columns of processes, as top has them. One entry adds one column. */
import { processColumnMessages as messages } from '../../../messages/en/columns.ts';
import type { ProcessColumn } from '../../../model/columns.ts';
import type { ProcessRow } from '../../../monitor/messages.ts';
import { span } from '../../text/line.ts';
import { amount } from '../list/amounts.ts';
import { ageCell, textCell } from '../list/cells.ts';
import type { Cell, CellContext, Column } from '../list/column.ts';

/** Uninterruptible, dead but not waited for, stopped: what one looks for when a machine hangs. */
const unusual = /^[DZTtX]/;

function memoryCell(bytes: number, { glyphs }: CellContext): Cell {
	return Number.isFinite(bytes) ? span(amount('memory', bytes)) : span(glyphs.unset, 'dim');
}

/** `12:34.56`, minutes, seconds and hundredths, as top's TIME+; in hours where minutes are many. */
function timeText(nanoseconds: number): string {
	const hundredths = Math.floor(nanoseconds / 1e7);
	const seconds = Math.floor(hundredths / 100);
	const two = (value: number) => String(value).padStart(2, '0');
	const minutes = Math.floor(seconds / 60);
	return minutes < 1000
		? `${minutes}:${two(seconds % 60)}.${two(hundredths % 100)}`
		: `${Math.floor(minutes / 60)}h${two(minutes % 60)}`;
}

export const processColumns: ReadonlyArray<Column<ProcessRow, ProcessColumn>> = [
	{
		id: 'pid',
		message: messages.pid,
		align: 'right',
		minimum: 5,
		maximum: 7,
		drop: 3,
		cell: ({ pid }) => span(String(pid)),
	},
	{
		id: 'user',
		message: messages.user,
		align: 'left',
		minimum: 8,
		maximum: 16,
		drop: 30,
		cell: ({ user }, context) => textCell(user, context),
	},
	{
		id: 'state',
		message: messages.state,
		align: 'left',
		minimum: 1,
		drop: 20,
		cell: ({ state }, context) => textCell(state, context, unusual.test(state) ? 'warning' : 'plain'),
	},
	{
		id: 'cpu',
		message: messages.cpu,
		align: 'right',
		minimum: 6,
		drop: 6,
		cell: ({ cpu }, { glyphs }) =>
			Number.isFinite(cpu) ? span((cpu / 1e7).toFixed(1), cpu < 5e5 ? 'dim' : 'plain') : span(glyphs.missing, 'dim'),
	},
	{
		id: 'memory',
		message: messages.memory,
		align: 'right',
		minimum: 7,
		drop: 5,
		cell: ({ resident }, context) => memoryCell(resident, context),
	},
	{
		id: 'proportional',
		message: messages.proportional,
		align: 'right',
		minimum: 7,
		drop: 41,
		cell: ({ proportional }, context) => memoryCell(proportional, context),
	},
	{
		id: 'threads',
		message: messages.threads,
		align: 'right',
		minimum: 4,
		drop: 40,
		cell: ({ threads }, { glyphs }) => (Number.isFinite(threads) ? span(String(threads)) : span(glyphs.unset, 'dim')),
	},
	{
		id: 'time',
		message: messages.time,
		align: 'right',
		minimum: 8,
		drop: 31,
		cell: ({ cpuTime }, { glyphs }) => (Number.isFinite(cpuTime) ? span(timeText(cpuTime)) : span(glyphs.unset, 'dim')),
	},
	{
		id: 'age',
		message: messages.age,
		align: 'right',
		minimum: 5,
		drop: 42,
		cell: ({ startedAt }, context) => ageCell(startedAt, context),
	},
	{
		id: 'name',
		message: messages.name,
		align: 'left',
		minimum: 20,
		squeezed: 8,
		maximum: 1000,
		last: true,
		drop: 0,
		cell: ({ command }, context) => textCell(command, context),
	},
];
