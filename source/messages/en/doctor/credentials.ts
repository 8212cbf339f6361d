/** Texts of credentials that the API server refuses, or does not see. */
import { type CauseTexts, type Facts, type Fix, told, word } from './cause-text.ts';
import { toolFix, typed } from './typed.ts';

const authentication = 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/';
const authenticator = 'kube-apiserver, apiserver/pkg/authentication';

/** ` on 2026-11-01T00:00:00Z` */
const since = (facts: Facts): string => (word(facts, 'until') === '' ? '' : ` on ${word(facts, 'until')}`);
const by = (facts: Facts): string =>
	word(facts, 'issuer') === '' ? '' : ` It was issued by ${word(facts, 'issuer')}.`;

const whoAmI: Fix = {
	say: 'See who the server takes you for (Kubernetes 1.28 and newer):',
	run: ['kubectl auth whoami'],
};

const seeCertificate: Fix = {
	say: 'See its dates and who issued it:',
	run: [
		`kubectl config view --minify --raw -o jsonpath='{.users[0].user.client-certificate-data}' | base64 -d | openssl x509 -noout -subject -issuer -dates`,
	],
};

const byProvider: Fix = {
	say: 'Have the kubeconfig written anew:',
	run: [
		'aws eks update-kubeconfig --name CLUSTER',
		'gcloud container clusters get-credentials CLUSTER',
		'az aks get-credentials -g GROUP -n CLUSTER --overwrite-existing',
		'kind export kubeconfig --name CLUSTER',
	],
};

export const credentialTexts: CauseTexts = {
	'client-cert-expired': {
		title: (facts) => `the client certificate in the kubeconfig has expired${since(facts)}`,
		explanation: (facts) =>
			`The API server treats a request with it as one from nobody, and answers 401. kubeadm and k3s issue them for one year.${told(facts)}`,
		fixes: () => [
			seeCertificate,
			{
				say: 'With kubeadm, on a control plane node; then copy /etc/kubernetes/admin.conf again:',
				run: ['sudo kubeadm certs check-expiration', 'sudo kubeadm certs renew admin.conf'],
			},
			{
				say: 'With k3s a restart renews it when its end is near or past; then copy its file again:',
				run: ['sudo systemctl restart k3s', 'sudo cat /etc/rancher/k3s/k3s.yaml'],
			},
			byProvider,
		],
		source: `${authenticator}/request/x509`,
		more: ['https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-certs/'],
	},
	'token-expired-or-revoked': {
		title: (facts) =>
			since(facts) === ''
				? 'the token is refused: it was withdrawn, has expired, or belongs to another cluster'
				: `the token has expired${since(facts)}`,
		explanation: (facts) =>
			`The API server knows nobody by this token, and answers 401. Tokens end by their own date, by a logout, or with the service account that they belong to.${by(facts)}${told(facts)}`,
		fixes: (facts) => [
			...toolFix(facts, 'logIn', 'Log in again with what made it:'),
			{
				say: 'Of a service account, with other credentials that still work:',
				run: ['kubectl -n NAMESPACE create token SERVICEACCOUNT'],
			},
			{ say: 'Behind Rancher, download the kubeconfig of the cluster again.' },
		],
		source: `${authenticator}/token`,
		more: [authentication],
	},
	'credentials-wrong-cluster': {
		title: () => 'the credentials belong to another cluster',
		explanation: (facts) =>
			`They have not expired, and this API server does not know who issued them. That is usual after a cluster was made anew under the same name or address.${by(facts)}${told(facts)}`,
		fixes: () => [
			seeCertificate,
			byProvider,
			{ say: 'With kubeadm, copy /etc/kubernetes/admin.conf of this cluster again.' },
		],
		source: `${authenticator}/request/x509`,
		more: [authentication],
	},
	'anonymous-identity': {
		title: () => 'the API server sees nobody: no credentials reach it (system:anonymous)',
		explanation: (facts) =>
			word(facts, 'presents') === ''
				? `The user’s entry holds no credentials, or what stands before the API server has taken them away. Nobody may read much, so kubectl top says that the metrics API is not available, or just “unknown”.${told(facts)}`
				: `The kubeconfig has credentials (${word(facts, 'presents')}), and the server saw none: they were kept back because the connection is not encrypted, or a load balancer took them away. Nobody may read much.${told(facts)}`,
		fixes: (facts) => [
			{
				say: 'See what the entry presents, and that the address begins with https:',
				run: ['kubectl config view --minify'],
			},
			whoAmI,
			{
				say: 'Point the context to a user that has credentials:',
				run: [`kubectl config set-context ${typed(facts, 'context', 'CONTEXT')} --user=USER`],
			},
			{
				say: 'If a load balancer ends TLS before the API server, client certificates cannot pass it: let it pass TCP through, or use tokens.',
			},
		],
		source: `${authenticator}/request/anonymous`,
		more: [`${authentication}#anonymous-requests`],
	},
	'impersonation-forbidden': {
		title: () => 'this user may not act as somebody else, and the kubeconfig or --as asks for it',
		explanation: (facts) =>
			`Every request carries the name of somebody else, and the API server refuses that before it looks at what is asked. The right needed is the verb impersonate.${told(facts)}`,
		fixes: () => [
			{
				say: 'Leave out --as and --as-group, or take “as” out of the kubeconfig:',
				run: ['kubectl config view --minify'],
			},
			{
				say: 'Ask an administrator whether you are meant to have it:',
				run: ['kubectl auth can-i impersonate users'],
			},
		],
		source: 'kube-apiserver, apiserver/pkg/endpoints/filters/impersonation.go',
		more: [`${authentication}#user-impersonation`],
	},
	'clock-skew-client': {
		title: (facts) => {
			const seconds = Number(facts['seconds'] ?? Number.NaN);
			return Number.isNaN(seconds)
				? 'this machine’s clock is wrong, so certificates and tokens look invalid'
				: `this machine’s clock is ${lengthOf(seconds)} ${seconds > 0 ? 'ahead of' : 'behind'} the server’s`;
		},
		explanation: (facts) =>
			`What is valid only from a date on, or until one, is judged by a clock, and this one is off. Certificates and tokens that are fine look expired, or not yet valid.${told(facts)}`,
		fixes: () => [
			{ say: 'See whether the clock is kept right:', run: ['timedatectl'] },
			{ say: 'Let it be:', run: ['sudo timedatectl set-ntp true'] },
			{ say: 'In a virtual machine that was asleep, as with WSL and Docker Desktop, restart it.' },
		],
		source: 'the Date header of the server’s answers; crypto/x509',
		more: [],
	},
};

/** `90 s`, `12 min`, `3 h` */
function lengthOf(seconds: number): string {
	const length = Math.abs(seconds);
	return length < 600
		? `${length} s`
		: length < 36_000
			? `${Math.round(length / 60)} min`
			: `${Math.round(length / 3_600)} h`;
}
