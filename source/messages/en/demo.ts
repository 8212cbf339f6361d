/** Texts of the demo cluster. */

export function unknownFault(name: string): string {
	return `The demo has no fault "${name}"; to see those that it has: whytop demo --fault list`;
}

export function notWithinReach(what: string, value: number, most: number): string {
	return `${what} must be a whole number from 1 to ${most}, not ${value}.`;
}

export function cannotListen(port: number, reason: string): string {
	return `The demo cluster cannot listen on port ${port}: ${reason}. Choose another one with --port, or none for any free port.`;
}

export function cannotWriteKubeconfig(path: string, reason: string): string {
	return `The kubeconfig of the demo cluster cannot be written to ${path}: ${reason}.`;
}

export function cannotListenOn(path: string, reason: string): string {
	return `The Docker Engine of the demo cannot listen on ${path}: ${reason}. A socket's path has room for about a hundred bytes: choose a folder with a shorter name.`;
}

export function cannotWriteFiles(folder: string, reason: string): string {
	return `The files of a machine of the demo cannot be written to ${folder}: ${reason}.`;
}

export function folderInUse(folder: string): string {
	return `${folder} holds files that no demo has written. Name another folder with --files.`;
}

export function demoDied(detail: string): string {
	return `The process of the demo cluster ended before it answered${detail ? `: ${detail}` : '.'}`;
}

/** A machine whose files the demo has written. */
interface WrittenMachine {
	node: string;
	cgroupVersion: 1 | 2;
	root: string;
	docker: string;
}

function machineLines({ node, cgroupVersion, root, docker }: WrittenMachine): readonly string[] {
	return [
		`${node}, the first worker with cgroup v${cgroupVersion}, as files of its own:`,
		`  whytop explain host --root ${root}`,
		...(docker === '' ? [] : [`  DOCKER_HOST=unix://${docker} whytop explain docker/registry-mirror --root ${root}`]),
	];
}

/** Printed by `whytop demo --serve`. */
export function serving(url: string, kubeconfig: string, machines: readonly WrittenMachine[]): string {
	return [
		`A demo cluster answers at ${url} until this command is ended (ctrl-c).`,
		`  kubectl --kubeconfig ${kubeconfig} top node`,
		`  whytop --kubeconfig ${kubeconfig}`,
		...machines.flatMap(machineLines),
		'',
	].join('\n');
}
