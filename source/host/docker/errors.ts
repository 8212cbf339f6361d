/**
 * What kind of thing went wrong on the way to an answer of a Docker Engine.
 *
 * - `configuration`: DOCKER_HOST and its companions cannot be used; nothing was asked.
 * - `permission`: the socket is not for this user.
 * - `unreachable`: no engine there, or the connection broke.
 * - `tls`: its certificate, or ours, is not accepted.
 * - `timeout`: nothing came in time.
 * - `not-found`: the engine has no such container.
 * - `not-running`: it has, but the container does not run.
 * - `status`: another error status.
 * - `protocol`: the answer is not one of a Docker Engine.
 */
export type DockerErrorKind =
	| 'configuration'
	| 'permission'
	| 'unreachable'
	| 'tls'
	| 'timeout'
	| 'not-found'
	| 'not-running'
	| 'status'
	| 'protocol';

/** Everything that reading Docker throws, except an abort by the caller's own signal (that throws the signal's reason). */
export class DockerError extends Error {
	override readonly name = 'DockerError';
	readonly kind: DockerErrorKind;
	/** HTTP status, 0 if there was no answer. */
	readonly status: number;

	/** `message` is for people: one or more lines, no stack, no secret. */
	constructor(kind: DockerErrorKind, message: string, status = 0) {
		super(message);
		this.kind = kind;
		this.status = status;
	}
}
