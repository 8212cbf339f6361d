/** What people read when something before the API server answered in its place: who it was, and the way past it. */
import { clean } from '../../model/clean.ts';

interface FrontText {
	name: string;
	/** @param host the server's, as in the address */
	way: (host: string) => string;
}

/** What is known to stand before API servers. */
export const fronts = {
	'cloudflare-access': {
		name: 'Cloudflare Access',
		way: (host) =>
			`cloudflared access tcp --hostname ${host} --url 127.0.0.1:1234 in another terminal opens a way; then whytop with HTTPS_PROXY=socks5://127.0.0.1:1234.`,
	},
	teleport: {
		name: 'Teleport',
		way: () =>
			'tsh login, then tsh kube login CLUSTER: it writes a kubeconfig with the address that is meant for tools.',
	},
	'oauth2-proxy': { name: 'oauth2-proxy', way: () => browsersAlone },
	'google-iap': { name: "Google's Identity-Aware Proxy", way: () => browsersAlone },
	'aws-load-balancer': { name: 'a load balancer of AWS with a login', way: () => browsersAlone },
	rancher: {
		name: 'Rancher itself, not one of its clusters',
		way: (host) =>
			`The address of a cluster behind it: https://${host}/k8s/clusters/c-xxxxx (its page: Download KubeConfig).`,
	},
	squid: {
		name: 'the proxy Squid',
		way: (host) => `It stands in the way without being asked for: have ${host} allowed there.`,
	},
	'login-page': { name: 'a login page', way: () => browsersAlone },
} satisfies Record<string, FrontText>;

export type Front = keyof typeof fronts;

const browsersAlone = 'It lets browsers in alone: use the address of the API itself, past it.';

/** The line that names what answered. */
export function whoAnswered(front: Front): string {
	return `That is ${fronts[front].name}.`;
}

export function wayPast(front: Front, host: string): string {
	return fronts[front].way(clean(host));
}

interface RancherText {
	what: string;
	way: string;
}

const agent =
	'On the cluster itself: kubectl -n cattle-system get pods -l app=cattle-cluster-agent, and their logs; then kubectl -n cattle-system rollout restart deployment/cattle-cluster-agent.';
const newKubeconfig =
	"Fetch the kubeconfig anew from Rancher's page of the cluster (Download KubeConfig), or rancher login.";

/** Rancher's own answers for a cluster behind it, by the ids of the catalogue. */
export const rancherProblems = {
	'rancher-agent-disconnected': {
		what: "the cluster's agent has no tunnel to it, so that nothing reaches the cluster through Rancher, whatever is asked",
		way: agent,
	},
	'rancher-no-session': {
		what: "the tunnel of the cluster's agent was just lost, or ends at another of Rancher's replicas",
		way: `Try again in a minute. If it stays: ${agent}`,
	},
	'rancher-cluster-unavailable': {
		what: 'the cluster is not ready for it (not provisioned, being deleted, or its state is unknown)',
		way: "Look at the cluster's state on Rancher's page.",
	},
	'rancher-cluster-unknown': {
		what: 'it knows no cluster by the id in the address',
		way: `The cluster was removed, or imported anew under another id. ${newKubeconfig}`,
	},
	'rancher-token-scope': {
		what: 'the token is meant for another cluster',
		way: `Create an API key with the scope of this cluster, or with none. ${newKubeconfig}`,
	},
	'rancher-token-invalid': {
		what: 'the token has expired, was deleted, or its user is disabled',
		way: newKubeconfig,
	},
	'rancher-impersonation-failed': {
		what: 'it could not make the account in the cluster by which it acts for you',
		way: 'On the cluster itself: kubectl -n cattle-impersonation-system get serviceaccounts, and look for a webhook that refuses new ones.',
	},
} satisfies Record<string, RancherText>;

export type RancherProblem = keyof typeof rancherProblems;

export function rancherSays(problem: RancherProblem, server: string, status: number, words: string): string {
	const { what, way } = rancherProblems[problem];
	return `Rancher, which stands before ${server}, says (${status}: ${words}): ${what}.\n${way}`;
}
