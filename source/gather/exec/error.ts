/** Why the files inside a container could not be read. */
export type ExecProblemId =
	/** The right to exec is missing. */
	| 'forbidden'
	/** Neither shell nor cat: distroless, scratch. */
	| 'no-reader'
	/** Something on the way does not let a websocket through. */
	| 'no-upgrade'
	| 'not-running'
	| 'not-found'
	| 'timeout'
	| 'connection'
	/** The container sees no cgroup files. */
	| 'no-cgroup'
	| 'failed';

export class ExecError extends Error {
	readonly id: ExecProblemId;

	constructor(id: ExecProblemId, sentence: string) {
		super(sentence);
		this.id = id;
	}
}
