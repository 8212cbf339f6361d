/** The questions that stand, and what was answered last: an answer that has not changed is not sent again. */
import type { ClusterStatus, Detail, ListName, ListQuery, Rows, Subject } from './messages.ts';

export class Standing {
	readonly queries = new Map<ListName, ListQuery>();
	subject: Subject | null = null;
	/** What was answered last; its text once that has been asked for, for an answer to a key must not wait for it. */
	readonly #sent = new Map<string, { message: Rows | Detail | ClusterStatus; text: string | null }>();

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
		const before = this.#sent.get(name);
		const text = before === undefined ? null : textOf(message);
		if (before !== undefined && (before.text ?? textOf(before.message)) === text) {
			before.text = text;
			return false;
		}
		this.#sent.set(name, { message, text });
		return true;
	}
}

function textOf(message: Rows | Detail | ClusterStatus): string {
	return JSON.stringify(message.type === 'cluster' ? timeless(message) : message);
}

/** The clock and the cost always move; alone they are no news. */
function timeless(status: ClusterStatus): Omit<ClusterStatus, 'serverTime' | 'cost'> {
	const { serverTime: _time, cost: _cost, ...rest } = status;
	return rest;
}
