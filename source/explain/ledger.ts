/** The ledger of one subject: every tool's number side by side, and the way from one to the other. */
import type { Bridge, Ledger, LedgerKind, ToolId } from '../model/ledger.ts';
import type { Readings, Versions } from '../model/reading.ts';
import { makeBridges } from './bridges.ts';
import { makeClaims } from './claims.ts';
import type { Context } from './context.ts';
import { makeSlices } from './slices.ts';
import { makeTruths } from './truths.ts';

/**
 * @param subject `container/web/api-1/app`, `node/n05`, `docker/db` …; as it is shown
 * @param kind what it is: a docker container is a `container`
 * @param previous readings of the same subject some seconds ago, for rates of CPU counters
 */
export function makeLedger(
	subject: string,
	kind: LedgerKind,
	readings: Readings,
	versions: Versions,
	previous?: Readings,
): Ledger {
	const context: Context = { subject, kind, readings, versions, previous };
	const claims = makeClaims(context);
	return {
		subject,
		versions,
		readings: readings.all,
		claims,
		bridges: makeBridges(context, claims),
		slices: makeSlices(context),
		truths: makeTruths(context),
	};
}

/** The same way walked from its other end. */
export function reversed(bridge: Bridge): Bridge {
	const signs: Readonly<Record<string, string>> = { '+': '−', '−': '+' };
	return {
		...bridge,
		from: bridge.to,
		to: bridge.from,
		source: bridge.target,
		target: bridge.source,
		terms: bridge.terms.map((term) => ({
			...term,
			value: 0 - term.value,
			fields: term.fields.replace(/(^|(?<= ))[+−](?= )/g, (sign) => signs[sign] ?? sign),
		})),
		residual: 0 - bridge.residual,
	};
}

/**
 * The shortest chain of bridges from one tool's number to another's, each walked in that direction; undefined if the
 * ledger has none, empty if both are the same tool.
 */
export function bridgePath(
	ledger: Ledger,
	from: ToolId,
	to: ToolId,
	of: 'memory' | 'cpu',
): readonly Bridge[] | undefined {
	const ways = ledger.bridges.filter((bridge) => bridge.of === of).flatMap((bridge) => [bridge, reversed(bridge)]);
	const paths = new Map<ToolId, readonly Bridge[]>([[from, []]]);
	const queue: ToolId[] = [from];
	for (const tool of queue) {
		for (const way of ways) {
			if (way.from === tool && !paths.has(way.to)) {
				paths.set(way.to, [...(paths.get(tool) ?? []), way]);
				queue.push(way.to);
			}
		}
	}
	return paths.get(to);
}
