import type { FindingColumn } from '../../model/columns.ts';
import { type Finding, findingKey, type Severity } from '../../model/finding.ts';
import type { SortKey } from './sort-key.ts';
import type { ListTable } from './table.ts';

const weights: Readonly<Record<Severity, number>> = { error: 2, warning: 1, info: 0 };

/** The list of findings: a slot is an index into the newest of them. */
export class FindingList implements ListTable<Finding, FindingColumn> {
	readonly hasLabels = false;
	readonly #findings: () => readonly Finding[];

	constructor(findings: () => readonly Finding[]) {
		this.#findings = findings;
	}

	slots(): Uint32Array {
		return Uint32Array.from(this.#findings(), (_, index) => index);
	}

	text(slot: number): string {
		const finding = this.row(slot);
		return `${finding.id} ${finding.subject} ${Object.values(finding.facts).join(' ')}`;
	}

	uid(slot: number): string {
		return findingKey(this.row(slot));
	}

	keys(): Record<FindingColumn, SortKey> {
		return {
			severity: { numbers: (slot) => weights[this.row(slot).severity] },
			id: { words: (slot) => this.row(slot).id },
			subject: { words: (slot) => this.row(slot).subject },
			since: { numbers: (slot) => this.row(slot).since },
		};
	}

	row(slot: number): Finding {
		const finding = this.#findings()[slot];
		if (finding === undefined) {
			throw new RangeError(`there is no finding ${slot}`);
		}
		return finding;
	}
}
