/** The columns of findings. One entry adds one column. */
import { findingColumnMessages as messages } from '../../../messages/en/columns.ts';
import { findingTitle } from '../../../messages/en/proof.ts';
import type { FindingColumn } from '../../../model/columns.ts';
import type { Finding, Severity } from '../../../model/finding.ts';
import { span } from '../../text/line.ts';
import type { Tone } from '../../theme.ts';
import { ageCell } from '../list/cells.ts';
import type { Column } from '../list/column.ts';

export const severityTones: Readonly<Record<Severity, Tone>> = { error: 'error', warning: 'warning', info: 'dim' };

export const findingColumns: ReadonlyArray<Column<Finding, FindingColumn | 'message'>> = [
	{
		id: 'severity',
		message: messages.severity,
		align: 'left',
		minimum: 1,
		drop: 2,
		cell: (row, { glyphs }) => span(glyphs[row.severity], severityTones[row.severity]),
	},
	{
		id: 'id',
		message: messages.id,
		align: 'left',
		minimum: 20,
		maximum: 32,
		drop: 20,
		cell: (row) => span(row.id, severityTones[row.severity]),
	},
	{
		id: 'subject',
		message: messages.subject,
		align: 'left',
		minimum: 10,
		maximum: 36,
		drop: 41,
		cut: 'middle',
		cell: (row) => span(row.subject),
	},
	{
		id: 'message',
		message: messages.message,
		align: 'left',
		minimum: 44,
		squeezed: 8,
		maximum: 400,
		last: true,
		drop: 0,
		cell: (row) => span(findingTitle(row)),
	},
	{
		id: 'since',
		message: messages.since,
		align: 'right',
		minimum: 6,
		drop: 42,
		// A screen on which nothing else changes keeps its time: a finding can be younger than that.
		cell: (row, context) => ageCell(Math.min(row.since, context.now), context, 'dim'),
	},
];
