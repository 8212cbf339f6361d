/**
 * The messages of the exec endpoint (k8s.io/kubernetes staging/src/k8s.io/apimachinery/pkg/util/remotecommand): one byte
 * that names the channel, then its data.
 */
export const channels = { stdin: 0, stdout: 1, stderr: 2, status: 3 } as const;

/** v5 can close one direction, which is not needed here: a program that waits for more ends with the connection. */
export const protocols = ['v5.channel.k8s.io', 'v4.channel.k8s.io'] as const;

/** How a program in a container ended. */
export interface ExecStatus {
	/** The program's own exit code; NaN if it was not started, or nobody says. */
	exitCode: number;
	/** What the server says of a failure, '' of a success. */
	message: string;
}

interface Status {
	status?: unknown;
	message?: unknown;
	reason?: unknown;
	details?: { causes?: unknown } | null;
}

/** Reads the last message of the status channel: a metav1.Status in JSON. */
export function readStatus(text: string): ExecStatus {
	let status: Status | null;
	try {
		status = JSON.parse(text) as Status | null;
	} catch {
		return { exitCode: Number.NaN, message: text };
	}
	if (status?.status === 'Success') {
		return { exitCode: 0, message: '' };
	}
	const message = typeof status?.message === 'string' ? status.message : '';
	return { exitCode: status?.reason === 'NonZeroExitCode' ? exitCodeOf(status) : Number.NaN, message };
}

function exitCodeOf({ details }: Status): number {
	const causes: unknown[] = Array.isArray(details?.causes) ? details.causes : [];
	for (const cause of causes) {
		const { reason, message } = (cause ?? {}) as { reason?: unknown; message?: unknown };
		if (reason === 'ExitCode' && typeof message === 'string' && /^\d+$/.test(message)) {
			return Number(message);
		}
	}
	return Number.NaN;
}
