/** The questions that stand, and what was answered last: an answer that has not changed is not sent again. */
import type { ClusterStatus, Detail, ListName, ListQuery, Rows, Subject } from './messages.ts';

export class Standing {
	readonly queries = new Map<ListName, ListQuery>();
	subject: Subject | null = null;
	readonly #sent = new Map<string, string>();

	set(query: ListQuery): void {
		const before = this.queries.get(query.list);
		if (before?.sequence !== query.sequence) {
			this.#sent.delete(query.list);
		}
		this.queries.set(query.list, query);
	}

	drop(list: ListName): void {
		this.queries.delete(list);
		this.#sent.delete(list);
	}

	focus(subject: Subject | null): void {
		this.subject = subject;
		this.#sent.delete('detail');
	}

	/** @returns Whether the answer differs from the one that was sent last under its name. */
	isNews(message: Rows | Detail | ClusterStatus): boolean {
		const name = message.type === 'rows' ? message.list : message.type;
		const text = JSON.stringify(message.type === 'cluster' ? timeless(message) : message);
		if (this.#sent.get(name) === text) {
			return false;
		}
		this.#sent.set(name, text);
		return true;
	}
}

/** The clock and the cost always move; alone they are no news. */
function timeless(status: ClusterStatus): Omit<ClusterStatus, 'serverTime' | 'cost'> {
	const { serverTime: _time, cost: _cost, ...rest } = status;
	return rest;
}
