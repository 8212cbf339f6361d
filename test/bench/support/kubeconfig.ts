/** The demo's kubeconfig, which is JSON, as far as the measuring programs need it. */
export interface Kubeconfig {
	'current-context': string;
	clusters: { cluster: { server: string; 'certificate-authority-data'?: string } }[];
	contexts: { name: string; context: { user: string } }[];
	users: { name: string; user: { token?: string } }[];
}

export interface Context {
	server: string;
	/** undefined where the server speaks plain http. */
	authority: Buffer | undefined;
	/** '' if there is none. */
	token: string;
}

/** Where the current context leads, and as whom. */
export function contextOf(kubeconfig: Kubeconfig): Context {
	const cluster = kubeconfig.clusters[0]?.cluster;
	const user = kubeconfig.contexts.find(({ name }) => name === kubeconfig['current-context'])?.context.user;
	const authority = cluster?.['certificate-authority-data'];
	return {
		server: cluster?.server ?? '',
		authority: authority === undefined ? undefined : Buffer.from(authority, 'base64'),
		token: kubeconfig.users.find(({ name }) => name === user)?.user.token ?? '',
	};
}

/** The same with the server at another address, without its authority where that is plain. */
export function atAddress(kubeconfig: Kubeconfig, server: string): Kubeconfig {
	return {
		...kubeconfig,
		clusters: kubeconfig.clusters.map((entry) => {
			const { 'certificate-authority-data': authority, ...cluster } = entry.cluster;
			const kept = server.startsWith('https:') && authority !== undefined;
			const trust = kept ? { 'certificate-authority-data': authority } : {};
			return { ...entry, cluster: { ...cluster, ...trust, server } };
		}),
	};
}
