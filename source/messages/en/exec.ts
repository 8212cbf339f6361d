/** What people read when a container cannot be read from its inside. */
import { clean } from '../../model/clean.ts';

interface Target {
	namespace: string;
	pod: string;
	container: string;
}

function which({ container, pod }: Target): string {
	return `container ${clean(container)} of pod ${clean(pod)}`;
}

/** Ends where it ends. */
function sentence(said: string): string {
	const words = clean(said).trim().slice(0, 300);
	return words === '' || /[.!?]$/.test(words) ? words : `${words}.`;
}

export const noReader =
	'This container has neither cat nor a shell (distroless, scratch): nothing in it can read its files. kubectl debug --target starts a container beside it that can.';

export const noCgroup =
	'This container sees no cgroup files (/sys/fs/cgroup is not mounted there): only its processes were read.';

export const notUnderstood = 'What the shell in the container printed is not what it was asked for.';

export const notWhole = 'The output of the program in the container broke off, or is far longer than expected.';

export function notRunning(said: string): string {
	return `The container does not run: there is nothing to read inside. ${sentence(said)}`;
}

export function failed(said: string, exitCode: number): string {
	const code = Number.isNaN(exitCode) ? '' : ` (exit code ${exitCode})`;
	return `The files in the container could not be read${code}. ${sentence(said)}`.trim();
}

export function forbidden(target: Target, said: string): string {
	const { namespace } = target;
	return `You may not exec into ${which(target)} (403). It wants the rights get and create on pods/exec in namespace ${clean(namespace)}: kubectl auth can-i create pods --subresource=exec -n ${clean(namespace)}. ${sentence(said)}`;
}

export function noUpgrade(status: number, said: string): string {
	const answered = status === 0 ? '' : ` (${status})`;
	return `The server did not switch to a websocket${answered}, which exec needs: a proxy or load balancer on the way does not let it through. ${sentence(said)}`;
}

export function timeout(target: Target, milliseconds: number): string {
	return `Exec into ${which(target)} was not done within ${milliseconds / 1000} s.`;
}

export function refused(target: Target, status: number, said: string): string {
	const answered = status === 0 ? '' : ` (${status})`;
	return `Exec into ${which(target)} was refused${answered}. ${sentence(said)}`;
}

export function ofContainer(container: string, problem: string): string {
	return `${clean(container)}: ${problem}`;
}

export const onlyContainers = '--exec reads a container or a pod from its inside; this subject has none';

export const ownShare =
	'What reads inside is charged too while it reads: some 0.2 MiB anonymous and 0.6 MiB kernel memory of what was read there are a shell’s and cat’s own.';
