/** Who the kubeconfig says we are: programs that make credentials, and credentials that the API server does not take. */
import type { Fault } from './fault.ts';
import { byCertificate, editKubeconfig, onTheWay, replaceUser, signedToken, unusedPort } from './reach-changes.ts';

const hour = 3_600_000;
const execGroup = 'client.authentication.k8s.io';

/** A program that makes credentials, written for the shell: the demo leaves no file of its own for it. */
function plugin(apiVersion: string, script: string): { exec: object } {
	return {
		exec: { apiVersion: `${execGroup}/${apiVersion}`, command: 'sh', args: ['-c', script], interactiveMode: 'Never' },
	};
}

export const credentialFaults: readonly Fault[] = [
	onTheWay('exec-plugin-not-found', (reach) => {
		replaceUser(reach, () => ({
			exec: {
				apiVersion: `${execGroup}/v1`,
				command: 'whytop-demo-login',
				interactiveMode: 'IfAvailable',
				installHint: 'whytop-demo-login belongs to the demo, and nobody can install it: it shows how this looks.',
			},
		}));
	}),
	// What aws says, and how it ends.
	onTheWay('exec-plugin-failed', (reach) => {
		replaceUser(reach, () =>
			plugin(
				'v1',
				'echo "The SSO session associated with this profile has expired or is otherwise invalid. To refresh this SSO session run aws sso login with the corresponding profile." >&2; exit 255',
			),
		);
	}),
	onTheWay('exec-plugin-api-version', (reach) => {
		const answer = { kind: 'ExecCredential', apiVersion: `${execGroup}/v1alpha1`, status: { token: 'demo' } };
		replaceUser(reach, () => plugin('v1beta1', `echo '${JSON.stringify(answer)}'`));
	}),
	onTheWay('auth-provider-removed', (reach) => {
		replaceUser(reach, () => ({
			'auth-provider': {
				name: 'gcp',
				config: {
					'cmd-path': 'whytop-demo-gcloud',
					'cmd-args': 'config config-helper --format=json',
					'expiry-key': '{.credential.token_expiry}',
					'token-key': '{.credential.access_token}',
				},
			},
		}));
	}),
	onTheWay('oidc-refresh-failed', (reach) => {
		replaceUser(reach, () => ({
			'auth-provider': {
				name: 'oidc',
				config: {
					'client-id': 'kubernetes',
					'id-token': signedToken(Date.now() - 48 * hour),
					'idp-issuer-url': `http://127.0.0.1:${unusedPort}/realms/demo`,
					'refresh-token': 'whytop-demo-refresh',
				},
			},
		}));
	}),
	onTheWay('client-cert-expired', (reach) => {
		replaceUser(reach, (means) => byCertificate(means, { from: -366, until: -1 }));
	}),
	// The cluster was made anew under its old name: so was its authority.
	onTheWay('credentials-wrong-cluster', (reach) => {
		replaceUser(reach, ({ stranger }) => byCertificate({ authority: stranger }, { from: -30, until: 335 }));
	}),
	{
		name: 'impersonation-forbidden',
		change(behaviour) {
			behaviour.user = 'viewer';
			editKubeconfig(behaviour.reach, ({ users }) => ({
				users: users.map(({ name, user }) => ({ name, user: { ...user, as: 'demo-admin' } })),
			}));
		},
	},
	// As of a machine that takes its local time for UTC, and a program on it that has signed just now.
	onTheWay('clock-skew-client', (reach) => {
		reach.clockBehind = 2 * hour;
		replaceUser(reach, () => ({ token: signedToken(Date.now()) }));
	}),
];
