import { randomBytes } from 'node:crypto';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type User, type UserName, users } from './server/users.ts';

/** The fields of a kubeconfig that the demo has a use for. */
export interface Kubeconfig {
	apiVersion: 'v1';
	kind: 'Config';
	'current-context': string;
	clusters: { name: string; cluster: ClusterEntry }[];
	users: { name: string; user: UserEntry }[];
	contexts: { name: string; context: { cluster: string; user: string; namespace?: string } }[];
	preferences: object;
}

export interface ClusterEntry {
	server: string;
	'certificate-authority'?: string;
	'certificate-authority-data'?: string | undefined;
	'insecure-skip-tls-verify'?: boolean;
	'proxy-url'?: string;
}

export interface UserEntry {
	token?: string;
	'client-certificate'?: string;
	'client-certificate-data'?: string;
	'client-key'?: string;
	'client-key-data'?: string;
	exec?: object;
	'auth-provider'?: { name: string; config: object };
	as?: string;
}

export function base64(text: string): string {
	return Buffer.from(text).toString('base64');
}

/** The contexts that are always there. Others are there only where a fault makes them current. */
const contextNames: Readonly<Partial<Record<UserName, string>>> = {
	admin: 'whytop-demo',
	viewer: 'whytop-demo-viewer',
	namespaceOnly: 'whytop-demo-namespace',
	anonymous: 'whytop-demo-anonymous',
};

/**
 * A kubeconfig for the demo cluster.
 * @param authority the certificate authority as PEM, undefined for plain http
 * @param current the user of the current context
 */
export function makeKubeconfig(url: string, authority: string | undefined, current: UserName): Kubeconfig {
	// Whoever is current has the plain name: what a person types stays the same under every fault.
	const nameOf = (user: UserName): string =>
		user === current ? 'whytop-demo' : user === 'admin' ? 'whytop-demo-admin' : (contextNames[user] ?? '');
	const all = (Object.entries(users) as [UserName, User][]).filter(
		([user]) => user === current || contextNames[user] !== undefined,
	);
	return {
		apiVersion: 'v1',
		kind: 'Config',
		'current-context': nameOf(current),
		clusters: [
			{
				name: 'whytop-demo',
				cluster: { server: url, ...(authority ? { 'certificate-authority-data': base64(authority) } : {}) },
			},
		],
		users: all.map(([, user]) => ({ name: user.name, user: user.token ? { token: user.token } : {} })),
		contexts: all.map(([key, user]) => ({
			name: nameOf(key),
			context: { cluster: 'whytop-demo', user: user.name, ...(user.namespace ? { namespace: user.namespace } : {}) },
		})),
		preferences: {},
	};
}

/** As JSON, which is YAML, too. */
export function kubeconfigText(config: Kubeconfig): string {
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
