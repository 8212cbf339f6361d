/** What people read when this machine cannot be shown. */
export const localNeedsLinux =
	'--local shows cgroups and processes of this machine, which only Linux has.\nRun whytop on the machine itself, or name a cluster: --kubeconfig FILE, --context NAME.';

export const localOrCluster = (flag: string): string =>
	`--local shows this machine, and ${flag} names a cluster: only one of them can be meant`;
