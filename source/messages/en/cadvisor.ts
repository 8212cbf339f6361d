/** What people read when a cAdvisor that runs by itself does not answer. Addresses come without names and passwords. */

const elsewhere = 'Most nodes have none of their own: the kubelet has it built in.';

export function notAnAddress(given: string): string {
	return `"${given}" is no address of a cAdvisor: write --cadvisor http://NODE:8080.`;
}

export function unreachable(url: string, reason: string): string {
	return `No cAdvisor is to be reached at ${url} (${reason}). ${elsewhere}`;
}

export function silent(url: string, milliseconds: number): string {
	return `The cAdvisor at ${url} did not answer within ${milliseconds / 1000} s.`;
}

export function tooLong(url: string): string {
	return `The answer of ${url} is longer than any of a cAdvisor's.`;
}

export function notCadvisor(url: string, status: number): string {
	return `What answers at ${url} is not a cAdvisor (${status}).`;
}

export function wantsAName(url: string, status: number): string {
	return `The cAdvisor at ${url} wants to know who you are (${status}): --cadvisor http://NAME:PASSWORD@NODE:8080.`;
}

export function refused(url: string, status: number, said: string): string {
	return `The cAdvisor at ${url} answered ${status}${said === '' ? '' : `: ${said}`}.`;
}

/** @param what `this container`, `the cgroup /a` … */
export function notThere(url: string, what: string): string {
	return `The cAdvisor at ${url} does not have ${what}: it runs on another machine, or was started too late to see it.`;
}

export const things = {
	machine: 'its machine',
	container: 'this container',
	pod: 'this pod',
	cgroup: (path: string) => `the cgroup ${path}`,
} as const;

export const noProcesses = '--cadvisor knows containers and cgroups, not single processes';
