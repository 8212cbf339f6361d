import assert from 'node:assert/strict';
import type { OutgoingHttpHeaders } from 'node:http';
import { describe, test } from 'node:test';
import { apiServer } from './support/api-server.ts';
import { clientFor, kubeError } from './support/client.ts';

interface Case {
	name: string;
	status: number;
	headers?: OutgoingHttpHeaders;
	body?: string;
	/** Path of the server's address. */
	prefix?: string;
	kind?: string;
	id: string;
	message: RegExp[];
}

const plain = { 'Content-Type': 'text/plain; charset=utf-8' };
const html = { 'Content-Type': 'text/html; charset=utf-8' };
const cluster = '/k8s/clusters/c-m-abc';

/** As rancher/rancher and rancher/remotedialer write them. */
const rancher: Case[] = [
	{
		name: 'whose cluster has no agent',
		status: 500,
		headers: plain,
		body: 'cluster agent disconnected',
		id: 'rancher-agent-disconnected',
		message: [
			/^Rancher, which stands before http:\/\/127\.0\.0\.1:\d+\/k8s\/clusters\/c-m-abc, says \(500: cluster agent disconnected\): the cluster's agent has no tunnel/,
			/rollout restart deployment\/cattle-cluster-agent/,
		],
	},
	{
		name: 'whose tunnel was lost',
		status: 500,
		headers: plain,
		body: 'failed to find Session for client c-m-abc',
		id: 'rancher-no-session',
		message: [/Try again in a minute/],
	},
	{
		name: 'whose cluster is not ready',
		status: 503,
		headers: plain,
		body: '{"type":"error","status":"503","code":"ClusterUnavailable","message":"ClusterUnavailable 503: cluster not found"}',
		id: 'rancher-cluster-unavailable',
		message: [/says \(503: ClusterUnavailable 503: cluster not found\): the cluster is not ready/],
	},
	{
		name: 'that does not know the cluster',
		status: 404,
		headers: plain,
		body: 'No cluster available\n',
		id: 'rancher-cluster-unknown',
		message: [/it knows no cluster by the id in the address/],
	},
	{
		name: 'that wants the token of another cluster',
		status: 401,
		body: '{"type":"error","status":"401","message":"clusterID does not match: must authenticate"}',
		kind: 'credentials',
		id: 'rancher-token-scope',
		message: [/says \(401: clusterID does not match: must authenticate\): the token is meant for another cluster/],
	},
	{
		name: 'that does not take the token any more',
		status: 401,
		body: '{"type":"error","status":"401","message":"must authenticate"}',
		kind: 'credentials',
		id: 'rancher-token-invalid',
		message: [/the token has expired, was deleted/, /Download KubeConfig/],
	},
	{
		name: 'that cannot act for the user',
		status: 500,
		headers: plain,
		body: 'unable to create impersonator account: error getting service account token: timed out',
		id: 'rancher-impersonation-failed',
		message: [/cattle-impersonation-system/],
	},
	{
		name: 'asked without the path of a cluster',
		status: 404,
		headers: { 'X-Api-Cattle-Auth': 'true' },
		body: '404 page not found',
		prefix: '',
		kind: 'protocol',
		id: 'rancher-no-path',
		message: [/That is Rancher itself/, /https:\/\/127\.0\.0\.1:\d+\/k8s\/clusters\/c-xxxxx/],
	},
	{
		name: 'that shows its page',
		status: 200,
		headers: html,
		body: '<!doctype html><html><head><title>Rancher</title>',
		prefix: '',
		kind: 'protocol',
		id: 'rancher-no-path',
		message: [/did not answer as an API server \(200, "Rancher"\)\.\nThat is Rancher itself/],
	},
	{
		name: 'that sends browsers to its page',
		status: 302,
		headers: { Location: '/dashboard/' },
		prefix: '',
		kind: 'protocol',
		id: 'rancher-no-path',
		message: [/redirect \(302\) to \/dashboard\/,/],
	},
];

const others: Case[] = [
	{
		name: 'Cloudflare Access',
		status: 302,
		headers: { Location: 'https://team.cloudflareaccess.com/cdn-cgi/access/login/k8s.example.com?kid=verysecret' },
		id: 'server-is-web-page',
		message: [
			/to https:\/\/team\.cloudflareaccess\.com\/cdn-cgi/,
			/That is Cloudflare Access/,
			/cloudflared access tcp/,
		],
	},
	{
		name: 'oauth2-proxy by its redirect',
		status: 302,
		headers: { Location: '/oauth2/start?rd=%2Fapi' },
		id: 'server-is-web-page',
		message: [/That is oauth2-proxy\./, /browsers in alone/],
	},
	{
		name: 'oauth2-proxy by its page',
		status: 403,
		headers: html,
		body: '<!DOCTYPE html><html><head><title>Sign In</title></head><body>Secured with <a>OAuth2 Proxy</a>',
		id: 'server-is-web-page',
		message: [/did not answer as an API server \(403, "Sign In"\)\.\nThat is oauth2-proxy\./],
	},
	{
		name: 'Teleport',
		status: 302,
		headers: { Location: 'https://teleport.example.com/web/login?redirect_uri=x' },
		id: 'server-is-web-page',
		message: [/That is Teleport\./, /tsh kube login/],
	},
	{
		name: 'a login page of an identity provider',
		status: 303,
		headers: { Location: 'https://login.microsoftonline.com/common/oauth2/authorize?client_id=x' },
		id: 'server-is-web-page',
		message: [/That is a login page\./],
	},
	{
		name: 'a web page with 401',
		status: 401,
		headers: html,
		body: '<html><title>Who are you?</title>',
		id: 'server-is-web-page',
		message: [/HTML page \(401, "Who are you\?"\)/],
	},
	{
		name: 'JSON that calls itself HTML',
		status: 200,
		headers: html,
		body: '{"kind":"PodList","items":[]}',
		id: 'server-is-web-page',
		message: [/JSON that calls itself an HTML page \(200\)/],
	},
	{
		name: 'the JSON of some other gateway',
		status: 403,
		body: '{"error":{"message":"access denied by policy 7, token=abcdefghij"}}',
		kind: 'status',
		id: '',
		message: [/^The server answered 403: access denied by policy 7, token=\[hidden\]$/],
	},
];

for (const [title, cases] of [
	['Rancher', rancher],
	['something else before an API server', others],
] as const) {
	describe(`${title} is told as what it is`, () => {
		for (const {
			name,
			status,
			headers = {},
			body = '',
			prefix = title === 'Rancher' ? cluster : '',
			...expected
		} of cases) {
			test(name, async (t) => {
				const server = await apiServer(t, (_request, response) => {
					response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
					response.end(body);
				});
				const client = await clientFor(t, { server: server.url + prefix });
				const error = await kubeError(client.readJson('/apis/metrics.k8s.io/v1beta1/nodes', { retries: 0 }));
				assert.equal(error.id, expected.id);
				assert.equal(error.kind, expected.kind ?? (title === 'Rancher' ? 'status' : 'protocol'));
				for (const part of expected.message) {
					assert.match(error.message, part);
				}
				assert.doesNotMatch(error.message, /verysecret/);
			});
		}
	});
}
