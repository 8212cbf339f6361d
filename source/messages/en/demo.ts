/** Texts of the demo cluster. */

/** What each fault does, one line each. */
export const faultDescriptions = {
	'api-group-absent': 'metrics-server was never installed: the API has no group metrics.k8s.io',
	'apiservice-missing-endpoints': 'metrics-server has no ready pod: its API answers 503, discovery still lists it',
	'ms-pod-not-listening': 'nothing listens behind the metrics API: 503, and discovery marks it as stale',
	'apiservice-cabundle-wrong': 'the API server does not trust the certificate of metrics-server: 503 with the reason',
	'ms-missing-auth-delegator': 'metrics-server may not ask who may read metrics: 500 for everyone but administrators',
	'backend-hang': 'the metrics API takes requests and does not answer: 504 after a minute',
	'metrics-empty': 'the metrics API answers with empty lists, as before its second scrape',
	'pod-too-young': 'a pod that is always too new to have a sample',
	'node-row-unknown': 'one kubelet cannot be scraped: its node and the pods on it have no samples',
	'one-container-lacks-sample': 'one container has no sample, so its whole pod has none',
	'container-rate-skipped': 'one container is missing from its pod’s sample, so the sum is too low',
	'stale-sample': 'samples stop at the time of the start',
	'namespace-only': 'the user may see a single namespace',
	'token-expired-or-revoked': 'the user’s token is refused',
	'api-throttled': 'every third request is turned away with 429',
	'json-only': 'the API server, or a proxy before it, knows no protobuf and answers JSON',
	'slow-api': 'each answer takes three seconds',
	'api-goes-away': 'the API server disappears for ten seconds out of every forty',
	'watch-expires': 'watches end with 410 after three seconds, and lists are forgotten as fast',
	'hostile-names': 'names and messages with control characters, escape sequences, wide and combining characters',
} as const;

export function unknownFault(name: string, known: readonly string[]): string {
	return `There is no fault "${name}". There are: ${known.join(', ')}.`;
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
