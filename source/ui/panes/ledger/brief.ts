/** The ledger in short: the bar, and what each tool says that has a number and runs here. Pure. */
import { reportWords } from '../../../messages/en/ledger.ts';
import type { SubjectLedger } from '../../../monitor/messages.ts';
import { wrap } from '../../text/fit.ts';
import { type Span, span } from '../../text/line.ts';
import type { Theme } from '../../theme.ts';
import { barLines, claimLine, claimsOf, columnsFor, plainColumns } from './claims.ts';

interface Place {
	width: number;
	height: number;
}

/** As many lines as there is room for: memory first, then CPU, then what could not be read. */
export function briefLines({ ledger, problems }: SubjectLedger, { height, width }: Place, theme: Theme): Span[][] {
	const unread = problems.flatMap((text) => wrap(text, Math.max(1, width)).map((part) => [span(part, 'dim')]));
	if (ledger === null) {
		return unread;
	}
	const [memory, cpu] = (['memory', 'cpu'] as const).map((of) =>
		claimsOf(ledger, of).filter(({ live, printed }) => live && printed !== ''),
	);
	const columns = columnsFor(ledger, memory ?? [], width);
	const rows = [
		...barLines(ledger, columns, width, theme),
		...(memory ?? []).map((claim) => claimLine(claim, ledger, columns, theme)),
	];
	const plain = plainColumns(cpu ?? []);
	const more = [
		[span(reportWords.cpu, 'strong')],
		...(cpu ?? []).map((claim) => claimLine(claim, ledger, plain, theme)),
	];
	const all = cpu?.length === 0 ? rows : [...rows, ...more];
	return all.length + 1 < height ? [...all, [], ...unread] : all;
}
