/** The smallest kubeconfig: one context of each name, cluster and user as given. */
export function kubeconfig(
	cluster: Record<string, unknown>,
	user: Record<string, unknown> = {},
	context: Record<string, unknown> = {},
	name = 'main',
): object {
	return {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': name,
		clusters: [{ name, cluster }],
		users: [{ name, user }],
		contexts: [{ name, context: { cluster: name, user: name, ...context } }],
	};
}

export function base64(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64');
}
