/** How claims are made: one maker a tool. */
import type { Claim, LedgerKind, ToolId } from '../../model/ledger.ts';
import type { Reading } from '../../model/reading.ts';
import type { Context } from '../context.ts';

/** Everything of a claim but the tool and the resource, which its maker knows. */
export type Statement = Omit<Claim, 'tool' | 'of'>;

export interface ClaimMaker {
	tool: ToolId;
	/** Subjects that the tool has a number for. */
	kinds: readonly LedgerKind[];
	memory?: (context: Context) => Statement | undefined;
	cpu?: (context: Context) => Statement | undefined;
}

export interface Wording {
	formula: string;
	/** Default: true. */
	live?: boolean;
	decidedBy?: string;
}

/** A number with the readings that it was made of, or what it needs. */
export interface Measured {
	value: number;
	from: readonly Reading[];
	needs: string;
}

/** A statement of a value in the tool's own print; without a value, of what it needs. */
export function state(measured: Measured, print: (value: number) => string, wording: Wording): Statement {
	const known = !Number.isNaN(measured.value);
	return {
		value: measured.value,
		printed: known ? print(measured.value) : '',
		from: known ? measured.from : [],
		formula: wording.formula,
		live: wording.live ?? true,
		decidedBy: wording.decidedBy ?? '',
		needs: known ? '' : measured.needs,
	};
}

/** Bytes or counts as they are in a file or a series. */
export function whole(value: number): string {
	return String(Math.round(value));
}

/** Sum of the values of readings, NaN of none. */
export function total(readings: readonly Reading[]): number {
	return readings.length === 0 ? Number.NaN : readings.reduce((sum, reading) => sum + reading.value, 0);
}

export const workloads: readonly LedgerKind[] = ['container', 'pod', 'cgroup'];
export const machines: readonly LedgerKind[] = ['node', 'host'];
export const groups: readonly LedgerKind[] = [...workloads, ...machines];
