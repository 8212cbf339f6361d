/** What several faults do to the way to the API server: its certificate, the kubeconfig, who one is by it. */
import { base64, type ClusterEntry, type Kubeconfig, type UserEntry } from '../kubeconfig.ts';
import type { Means, Reach } from '../reach.ts';
import type { Fault, FaultName } from './fault.ts';

const day = 24 * 3_600_000;

/** Of tcpmux: nothing has listened there for decades. */
export const unusedPort = 1;

/** A fault of the way alone; the cluster behind it is well. */
export function onTheWay(name: FaultName, change: (reach: Reach) => void): Fault {
	return {
		name,
		change(behaviour) {
			change(behaviour.reach);
		},
	};
}

/** Changes the kubeconfig. */
export function editKubeconfig(reach: Reach, change: (config: Kubeconfig, means: Means) => Partial<Kubeconfig>): void {
	reach.kubeconfig.push((config, means) => ({ ...config, ...change(config, means) }));
}

/** Changes the entry of its cluster. */
export function editCluster(reach: Reach, change: (means: Means) => Partial<ClusterEntry>): void {
	editKubeconfig(reach, ({ clusters }, means) => ({
		clusters: clusters.map(({ name, cluster }) => ({ name, cluster: { ...cluster, ...change(means) } })),
	}));
}

/** Gives the user of the current context another entry. */
export function replaceUser(reach: Reach, make: (means: Means) => UserEntry): void {
	editKubeconfig(reach, (config, means) => ({
		users: config.users.map((entry) =>
			entry.name === currentUser(config) ? { name: entry.name, user: make(means) } : entry,
		),
	}));
}

export function currentUser({ contexts, 'current-context': current }: Kubeconfig): string {
	return contexts.find(({ name }) => name === current)?.context.user ?? '';
}

/** A user by a certificate of the administrator, as kubeadm writes it. @param days relative to today */
export function byCertificate(
	{ authority }: Pick<Means, 'authority'>,
	days: { from: number; until: number },
): UserEntry {
	const now = Date.now();
	const validity = { from: now + days.from * day, until: now + days.until * day };
	const { certificate, key } = authority.forClient('demo-admin', ['system:masters'], validity);
	return { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) };
}

/** A token that is good for a day. @param since when it was signed, ms since 1970 */
export function signedToken(since: number): string {
	const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
	const seconds = Math.floor(since / 1000);
	const claims = {
		iss: 'https://issuer.example.com',
		sub: 'demo-admin',
		iat: seconds,
		nbf: seconds,
		exp: seconds + 24 * 3600,
	};
	const signature = Buffer.from('nobody here verifies a signature').toString('base64url');
	return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${signature}`;
}
