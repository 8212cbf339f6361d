import { access, readFile } from 'node:fs/promises';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { emptyCluster, emptyUser } from './entries.ts';
import type { Selection } from './select.ts';

/** Where Kubernetes mounts a pod's service account. */
const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The API server as a pod of the cluster sees it, or null outside of one. Same conditions as client-go's
 * `inClusterClientConfig`: both variables and the token file.
 */
export async function inClusterSelection(
	environment: NodeJS.ProcessEnv,
	folder: string = serviceAccountFolder,
): Promise<Selection | null> {
	const host = environment['KUBERNETES_SERVICE_HOST'] ?? '';
	const port = environment['KUBERNETES_SERVICE_PORT'] ?? '';
	const tokenFile = join(folder, 'token');
	if (host === '' || port === '' || !(await exists(tokenFile))) {
		return null;
	}
	const authority = join(folder, 'ca.crt');
	const namespace =
		environment['POD_NAMESPACE'] || (await readFile(join(folder, 'namespace'), 'utf8').catch(() => '')).trim();
	return {
		contextName: '',
		cluster: {
			...emptyCluster('in-cluster'),
			server: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
			certificateAuthority: (await exists(authority)) ? authority : '',
		},
		user: { ...emptyUser('service account'), tokenFile },
		namespace,
		origin: 'in-cluster',
	};
}

async function exists(path: string): Promise<boolean> {
	try {
		await access(path);
		return true;
	} catch {
		return false;
	}
}
