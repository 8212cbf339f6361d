/** The exit codes of every command; the README prints this table. */
export const exitCodes = {
	/** Done; nothing found where something is looked for. */
	ok: 0,
	/** The cluster answered, and the answer is no: no metrics, forbidden, not found, or findings. */
	failed: 1,
	/** It could not be asked: wrong usage, unusable kubeconfig, no connection, Node too old. */
	couldNotRun: 2,
	/** A fault in whytop itself; a report was written. */
	crashed: 70,
	hangup: 129,
	interrupted: 130,
	terminated: 143,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
