import type { ClusterEntry, UserEntry } from '../kubeconfig/entries.ts';
import { authProvider, clientNode } from './auth-provider.ts';
import { basicAuthentication, bearerToken } from './bearer-token.ts';
import { clientCertificate } from './client-certificate.ts';
import { type CredentialSource, combineCredentials } from './credential.ts';
import { execPlugin } from './exec-plugin.ts';
import { oidc } from './oidc.ts';
import { tokenFile } from './token-file.ts';

/**
 * Everything that a user's entry presents, with client-go's precedence: a token before a token file before a password;
 * an exec plugin only where there is none of these and no client certificate; a client certificate beside any of them.
 *
 * @param cluster what an exec plugin is told about the cluster
 * @throws KubeError kind `configuration`
 */
export async function makeCredentials(
	user: UserEntry,
	cluster: ClusterEntry,
	environment: NodeJS.ProcessEnv,
): Promise<CredentialSource> {
	const sources: CredentialSource[] = [];
	if (user.clientCertificate !== '' || user.clientCertificateData !== '') {
		sources.push(await clientCertificate(user));
	}
	if (user.token !== '') {
		sources.push(bearerToken(user.token));
	} else if (user.tokenFile !== '') {
		sources.push(await tokenFile(user.tokenFile, user.file));
	} else if (user.username !== '' || user.password !== '') {
		sources.push(basicAuthentication(user.username, user.password));
	} else if (user.authProvider) {
		sources.push(
			user.authProvider.name === 'oidc' ? oidc(user, environment) : authProvider(user, clientNode(environment)),
		);
	}
	if (user.exec && sources.length === 0) {
		sources.push(execPlugin({ user, cluster, environment }));
	}
	return combineCredentials(sources);
}
