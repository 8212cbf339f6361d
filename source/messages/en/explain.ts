/** What `whytop explain` says besides the ledger itself. */
export const explainText = {
	noCgroup: (path: string) =>
		`There is no cgroup ${path} on this machine, or no more. What there is: find /sys/fs/cgroup -type d`,
	noProcess: (pid: number) => `There is no process ${pid} on this machine, or no more.`,
	noNode: (name: string) => `Nothing could be read of node ${name}.`,
	noMachine: 'No machine of this cluster can be read: it has virtual nodes only.',
	noContainer: (pod: string, name: string, names: readonly string[]) =>
		`Pod ${pod} has no container ${name}. It has: ${names.join(', ')}.`,
	notBySelf: (kind: string) => `A ${kind} has no ledger of its own; ask for its pod or node.`,
	vanished: 'Its cgroup on this machine went while it was read: it has just ended.',
	fileUnread: (file: string, why: string) => `${file} could not be read: ${why}.`,
	podsUnread: (why: string) => `The samples of the node's pods could not be read: ${why}`,
	chargedTo: (pid: number, cgroup: string) =>
		`Process ${pid} is charged to cgroup ${cgroup}. The whole of it: whytop explain cgroup${cgroup}`,
	notRead: 'Not read:',
	whatCanBeExplained: 'whytop explain SUBJECT, where SUBJECT is one of:',
	forms: [
		['host', 'this machine'],
		['cgroup/PATH', 'a cgroup of this machine, below the mount of its hierarchy'],
		['pid/N', 'a process of this machine'],
		['docker/NAME', 'a container of the Docker engine that DOCKER_HOST or the socket leads to'],
		['node/NAME', 'a node of the cluster'],
		['pod/NAME', 'a pod, with -n NAMESPACE; or pod/NAMESPACE/NAME'],
		['container/POD/NAME', 'a container of a pod; or container/NAMESPACE/POD/NAME'],
	] as const,
	tools: 'Tools whose numbers are compared (for --from and --to):',
	bridges: 'Ways between them:',
	unknownTool: (tool: string, known: readonly string[]) => `there is no tool "${tool}"; there are: ${known.join(', ')}`,
	bothTools: '--from and --to belong together',
	noWay: (from: string, to: string) =>
		`No way leads from ${from} to ${to} with what could be read. The whole ledger says what is missing: leave out --from and --to.`,
};
