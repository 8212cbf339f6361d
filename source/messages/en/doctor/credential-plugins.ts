/** Texts of programs and providers that make credentials. What they said is in the fact `error`. */
import { type CauseTexts, type Fix, told } from './cause-text.ts';
import { toolFix, typed } from './typed.ts';

const seeEntry: Fix = { say: 'See the entry:', run: ['kubectl config view --minify'] };
const reference =
	'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins';
const exec = 'client-go, plugin/pkg/client/auth/exec';

export const credentialPluginTexts: CauseTexts = {
	'exec-plugin-not-found': {
		title: () => 'the program that makes the credentials is not installed, or not in PATH',
		explanation: (facts) =>
			`The kubeconfig names a program, and this machine does not find it. Desktop programs and services often have another PATH than your shell.${told(facts)}`,
		fixes: (facts) => [
			{
				say: 'Install it (aws for EKS, gke-gcloud-auth-plugin for GKE, kubelogin for AKS and OIDC), and see that your shell finds it:',
				run: [`command -v ${typed(facts, 'plugin', 'PROGRAM')}`],
			},
			...toolFix(facts, 'install', 'It comes with:'),
			seeEntry,
			{
				say: 'Or write its whole path into the kubeconfig:',
				run: [
					`kubectl config set-credentials ${typed(facts, 'user', 'USER')} --exec-command=/path/to/${typed(facts, 'plugin', 'PROGRAM').split('/').at(-1)}`,
				],
			},
		],
		source: exec,
		more: [reference],
	},
	'exec-plugin-failed': {
		title: () => 'the program that makes the credentials failed, or did not end',
		explanation: (facts) =>
			`It was run as kubectl runs it, and gave nothing that can be presented; mostly a login has expired, or it waits for one. Nothing was asked of the cluster.${told(facts)}`,
		fixes: (facts) => [
			{
				say: 'See in a shell what it says, and whether it asks for a login:',
				run: ['kubectl get --raw /version'],
			},
			...toolFix(facts, 'logIn', 'Log in again:'),
			seeEntry,
		],
		source: exec,
		more: [reference],
	},
	'exec-plugin-api-version': {
		title: () => 'the program that makes the credentials speaks another version than the kubeconfig says',
		explanation: (facts) =>
			`client.authentication.k8s.io/v1alpha1 was removed in kubectl 1.24; v1beta1 and v1 are left, and the kubeconfig and the program must name the same. An old tool wrote the entry.${told(facts)}`,
		fixes: (facts) => [
			seeEntry,
			...toolFix(facts, 'write', 'Update the tool, and let it write the entry anew:'),
			{
				say: 'Or set the version by hand, if the program knows it:',
				run: [
					`kubectl config set-credentials ${typed(facts, 'user', 'USER')} --exec-api-version=client.authentication.k8s.io/v1beta1`,
				],
			},
		],
		source: `${exec}; v1alpha1 removed in 1.24`,
		more: [reference],
	},
	'auth-provider-removed': {
		title: () => 'the kubeconfig uses an auth-provider that is not built in any more',
		explanation: (facts) =>
			`The providers gcp and azure were removed from kubectl in 1.26; programs of the clouds have taken their place. An old tool wrote the entry.${told(facts)}`,
		fixes: () => [
			{ say: 'See which one it names:', run: ['kubectl config view --minify'] },
			{
				say: 'On GKE:',
				run: ['gcloud components install gke-gcloud-auth-plugin', 'gcloud container clusters get-credentials CLUSTER'],
			},
			{ say: 'On AKS:', run: ['kubelogin convert-kubeconfig'] },
		],
		source: 'client-go, plugin/pkg/client/auth (removed in 1.26)',
		more: [reference],
	},
	'oidc-refresh-failed': {
		title: () => 'no new token could be had from the OIDC issuer',
		explanation: (facts) =>
			`The token has ended, and the issuer that makes new ones did not answer, or not usably. The API server was not asked.${told(facts)}`,
		fixes: () => [
			{ say: 'See which issuer is meant:', run: ['kubectl config view --minify'] },
			{ say: 'Log in again with the tool that wrote the entry, or try again when the issuer answers.' },
		],
		source: 'client-go, plugin/pkg/client/auth/oidc',
		more: ['https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens'],
	},
};
