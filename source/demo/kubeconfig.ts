import { randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type User, type UserName, users } from './server/users.ts';

/** Names of the contexts: the first is the one that is used. */
/** The contexts that are always there. Others are there only where a fault makes them current. */
const contextNames: Readonly<Partial<Record<UserName, string>>> = {
	admin: 'whytop-demo',
	viewer: 'whytop-demo-viewer',
	namespaceOnly: 'whytop-demo-namespace',
	anonymous: 'whytop-demo-anonymous',
};

/**
 * A kubeconfig for the demo cluster, as JSON (which is YAML, too).
 * @param authority the certificate authority as PEM, undefined for plain http
 * @param current the user of the current context
 */
export function kubeconfigText(url: string, authority: string | undefined, current: UserName): string {
	// Whoever is current has the plain name: what a person types stays the same under every fault.
	const nameOf = (user: UserName): string =>
		user === current ? 'whytop-demo' : user === 'admin' ? 'whytop-demo-admin' : (contextNames[user] ?? '');
	const all = (Object.entries(users) as [UserName, User][]).filter(
		([user]) => user === current || contextNames[user] !== undefined,
	);
	const config = {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': nameOf(current),
		clusters: [
			{
				name: 'whytop-demo',
				cluster: {
					server: url,
					...(authority ? { 'certificate-authority-data': Buffer.from(authority).toString('base64') } : {}),
				},
			},
		],
		users: all.map(([, user]) => ({ name: user.name, user: user.token ? { token: user.token } : {} })),
		contexts: all.map(([key, user]) => ({
			name: nameOf(key),
			context: { cluster: 'whytop-demo', user: user.name, ...(user.namespace ? { namespace: user.namespace } : {}) },
		})),
		preferences: {},
	};
	return `${JSON.stringify(config, null, 2)}\n`;
}

/** Writes a file that only its owner may read, all at once: a reader finds the old one or the new one. */
export async function writePrivately(path: string, text: string): Promise<void> {
	const draft = join(dirname(path), `.whytop-${randomBytes(6).toString('hex')}`);
	try {
		await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
		await rename(draft, path);
	} catch (error) {
		await rm(draft, { force: true });
		throw error;
	}
}

/** A place for a kubeconfig that nobody named, and how to clear it away. */
export async function temporaryKubeconfig(): Promise<{ path: string; remove: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'whytop-demo-'));
	return { path: join(folder, 'kubeconfig'), remove: () => rm(folder, { recursive: true, force: true }) };
}
