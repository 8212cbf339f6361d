/** The bridges: folded, a line with the difference and whether it closes; unfolded, the whole addition. Pure. */
import { bridgeTitles } from '../../../messages/en/ledger.ts';
import { bridgeName, bridgeRows, residualWords, signed } from '../../../messages/en/ledger-rows.ts';
import { screenText } from '../../../messages/en/ledger-screen.ts';
import type { Bridge } from '../../../model/ledger.ts';
import { padEnd, padStart, wrap } from '../../text/fit.ts';
import { type Span, span } from '../../text/line.ts';

export interface WayColumns {
	name: number;
	difference: number;
}

function difference({ source, target }: Bridge): string {
	return signed(target - source);
}

export function wayColumns(bridges: readonly Bridge[]): WayColumns {
	return {
		name: Math.max(0, ...bridges.map((bridge) => bridgeName(bridge).length)),
		difference: Math.max(0, ...bridges.map((bridge) => difference(bridge).length)),
	};
}

/** `B2  kubectl top pod → top (ΣRES)  +1,044,480  closes exactly`. */
export function wayLine(bridge: Bridge, columns: WayColumns): Span[] {
	const residual = Math.round(bridge.residual);
	const left = residual === 0 ? residualWords(bridge) : screenText.residual(signed(residual), residualWords(bridge));
	return [
		span(padEnd(bridgeName(bridge), columns.name)),
		span('  '),
		span(padStart(difference(bridge), columns.difference), 'strong'),
		span('  '),
		span(left, residual === 0 ? 'good' : 'dim'),
	];
}

const indent = 4;

/** Term by term, each with its fields under it, and the residual with its reason. */
export function wayLines(bridge: Bridge, width: number): Span[][] {
	const rows = bridgeRows(bridge);
	const column = Math.max(...rows.map(({ number }) => number.length));
	const left = indent + column + 4;
	const room = Math.max(8, width - left);
	const blank = span(' '.repeat(left));
	return [
		...wrap(bridgeTitles[bridge.id], width - indent).map((text) => [span(' '.repeat(indent)), span(text, 'dim')]),
		...rows.flatMap(({ detail, kind, name, number }): Span[][] => {
			const [first = '', ...more] = wrap(name, room);
			const tone = kind === 'term' ? 'plain' : kind === 'residual' ? 'dim' : 'strong';
			return [
				[
					span(' '.repeat(indent)),
					span(kind === 'to' ? '= ' : '  '),
					span(padStart(number, column), tone),
					span('  '),
					span(first, tone),
				],
				...more.map((text): Span[] => [blank, span(text, tone)]),
				...(detail === '' ? [] : wrap(detail, room - 2)).map((text): Span[] => [blank, span(`  ${text}`, 'dim')]),
			];
		}),
	];
}
