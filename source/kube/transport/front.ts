import type { IncomingHttpHeaders } from 'node:http';
import type { Front, RancherProblem } from '../../messages/en/kube-front.ts';

/**
 * What is known to stand before API servers, and by what it is told: where it sends a browser (path and host of the
 * redirect), a header that nobody else has, or words of its page. One line adds one.
 */
const fronts: readonly FrontMarks[] = [
	{ id: 'cloudflare-access', location: /\.cloudflareaccess\.com\/|\/cdn-cgi\/access\//, header: 'cf-access-domain' },
	{ id: 'teleport', location: /\/web\/(?:login|launch)\b/, page: /<title>\s*Teleport/i },
	{ id: 'oauth2-proxy', location: /\/oauth2\/(?:start|sign_in)\b/, cookie: /^_oauth2_proxy/, page: /oauth2[ -]proxy/i },
	{ id: 'google-iap', header: 'x-goog-iap-generated-response' },
	{ id: 'aws-load-balancer', cookie: /^AWSELBAuthSessionCookie/ },
	{
		id: 'rancher',
		location: /\/dashboard\/?(?:auth\/login)?$/,
		header: 'x-api-cattle-auth',
		page: /<title>\s*Rancher/i,
	},
	{ id: 'squid', header: 'x-squid-error', page: /<title>ERROR: The requested URL could not be retrieved/ },
	{
		id: 'login-page',
		location:
			/\/\/(?:login\.microsoftonline\.com|accounts\.google\.com|[^/]+\.(?:okta|auth0|onelogin)\.com)\/|\/realms\/[^/]+\/protocol\/|\/dex\/auth|\/(?:login|signin|sign_in|sso|saml)\b/i,
	},
];

interface FrontMarks {
	id: Front;
	location?: RegExp;
	header?: string;
	cookie?: RegExp;
	page?: RegExp;
}

/** What answered in the place of an API server; null where it is not known. */
export function frontOf(headers: IncomingHttpHeaders, body: string): Front | null {
	const location = (headers.location ?? '').replace(/[?#].*$/, '');
	const cookies = headers['set-cookie'] ?? [];
	const front = fronts.find(
		(marks) =>
			marks.location?.test(location) ||
			(marks.header !== undefined && headers[marks.header] !== undefined) ||
			cookies.some((cookie) => marks.cookie?.test(cookie)) ||
			marks.page?.test(body),
	);
	return front?.id ?? null;
}

/**
 * What Rancher says of a cluster that it stands before, by the words of rancher/rancher (pkg/dialer, pkg/clusterrouter,
 * pkg/clustermanager, pkg/auth/requests) and rancher/remotedialer. Its ids are those of the catalogue.
 */
const rancherWords: ReadonlyArray<{ id: RancherProblem; status: number; words: RegExp }> = [
	{ id: 'rancher-agent-disconnected', status: 500, words: /cluster agent disconnected/ },
	{ id: 'rancher-no-session', status: 500, words: /failed to find Session for client/ },
	{
		id: 'rancher-impersonation-failed',
		status: 500,
		words: /unable to create (?:impersonator account|token for impersonated)/,
	},
	{
		id: 'rancher-cluster-unavailable',
		status: 503,
		words: /ClusterUnavailable|cluster not (?:provisioned|found)|cluster is unavailable/,
	},
	{ id: 'rancher-cluster-unknown', status: 404, words: /No cluster available/ },
	{ id: 'rancher-token-scope', status: 401, words: /clusterID does not match/ },
	{ id: 'rancher-token-invalid', status: 401, words: /must authenticate/ },
];

export function rancherProblem(status: number, body: string): RancherProblem | null {
	return rancherWords.find((problem) => problem.status === status && problem.words.test(body))?.id ?? null;
}
