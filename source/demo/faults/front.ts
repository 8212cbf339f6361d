/** What stands before the API server answers in its place: gateways, login pages, Rancher. */
import type { RawAnswer } from '../server/behaviour.ts';
import { textAnswer } from './changes.ts';
import type { Fault, FaultName } from './fault.ts';

const html = 'text/html; charset=utf-8';

function json(status: number, value: object): RawAnswer {
	return { status, type: 'application/json', body: JSON.stringify(value) };
}

const rancherError = (message: string): RawAnswer => json(401, { type: 'error', status: '401', message });

const answers = {
	'server-is-web-page': {
		status: 200,
		type: html,
		body: '<!DOCTYPE html>\n<html><head><title>Sign in to continue</title></head><body></body></html>\n',
	},
	'login-redirect': {
		status: 302,
		type: html,
		body: '<a href="/oauth2/start?rd=%2Fapi">Found</a>.\n',
		headers: { Location: '/oauth2/start?rd=%2Fapi' },
	},
	'server-path-prefix': textAnswer(404, 'default backend - 404'),
	'api-front-503': textAnswer(503, 'no healthy upstream'),
	// Its own API, asked by what is no browser.
	'rancher-no-path': {
		...textAnswer(404, '404 page not found\n'),
		headers: { 'X-Content-Type-Options': 'nosniff', 'X-Api-Cattle-Auth': 'true' },
	},
	'rancher-agent-disconnected': { status: 500, type: 'text/plain; charset=utf-8', body: 'cluster agent disconnected' },
	'rancher-no-session': {
		status: 500,
		type: 'text/plain; charset=utf-8',
		body: 'failed to find Session for client c-m-8fkz2q7x',
	},
	'rancher-cluster-unavailable': {
		status: 503,
		// The header with the true type comes too late there.
		type: 'text/plain; charset=utf-8',
		body: '{"baseType":"error","code":"ClusterUnavailable","message":"ClusterUnavailable 503: cluster not provisioned","status":503,"type":"error"}\n',
	},
	'rancher-cluster-unknown': textAnswer(404, 'No cluster available\n'),
	'rancher-token-scope': rancherError('clusterID does not match: must authenticate'),
	'rancher-token-invalid': rancherError('must authenticate'),
	'rancher-impersonation-failed': {
		status: 500,
		type: 'text/plain; charset=utf-8',
		body: 'unable to create impersonator account: error setting up impersonation for user u-4fkq7: timed out waiting for the condition',
	},
} as const satisfies Record<string, RawAnswer>;

export const frontFaults: readonly Fault[] = (Object.keys(answers) as (FaultName & keyof typeof answers)[]).map(
	(name) => ({
		name,
		change(behaviour) {
			behaviour.front = () => answers[name];
		},
	}),
);
