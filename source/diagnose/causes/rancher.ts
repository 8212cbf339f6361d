/** Rancher in front of a cluster: its own answers, by their words. */
import type { Cause } from '../cause.ts';
import { notFoundByServer, type Symptom, symptom, unauthorizedByServer, unavailableByServer } from '../symptom.ts';
import { byConnection } from './network.ts';
import { bypassCauses } from './past-the-front.ts';

const internal = (words: string): string =>
	`Error from server (InternalError): an error on the server ("${words}") has prevented the request from succeeding`;

const rancher = (id: string, printedBy: string, pattern: RegExp, sample: string, ...more: readonly Symptom[]): Cause =>
	byConnection(id, 'rancher', [symptom(printedBy, pattern, sample), ...more], {
		rulesOut: ['api-front-503', 'server-path-prefix'],
	});

const everyCommand = 'kubectl, of every command';

export const rancherCauses: readonly Cause[] = [
	...bypassCauses,
	rancher(
		'rancher-agent-disconnected',
		everyCommand,
		/cluster agent disconnected/,
		internal('cluster agent disconnected'),
	),
	rancher(
		'rancher-no-session',
		everyCommand,
		/failed to find Session for client/,
		internal('failed to find Session for client c-m-7xkq2'),
	),
	rancher(
		'rancher-cluster-unavailable',
		'the body of a 503, which kubectl does not show',
		/ClusterUnavailable|cluster not (?:provisioned|found)|cannot determine access, cluster is unavailable/,
		'{"type":"error","status":"503","code":"ClusterUnavailable","message":"cluster not found"}',
		unavailableByServer,
	),
	rancher(
		'rancher-cluster-unknown',
		'the body of a 404, which kubectl does not show',
		/No cluster available/,
		'No cluster available',
		notFoundByServer,
	),
	rancher(
		'rancher-no-path',
		'kubectl 1.27 and newer',
		/invalid character '<' looking for beginning of value/,
		"error: invalid character '<' looking for beginning of value",
		notFoundByServer,
	),
	rancher(
		'rancher-token-scope',
		'the body of the 401, which kubectl does not show',
		/clusterID does not match/,
		'{"type":"error","status":"401","message":"clusterID does not match: must authenticate"}',
		unauthorizedByServer,
	),
	rancher(
		'rancher-token-invalid',
		'the body of the 401, which kubectl does not show',
		/must authenticate/,
		'{"type":"error","status":"401","message":"must authenticate"}',
		unauthorizedByServer,
	),
	rancher(
		'rancher-impersonation-failed',
		everyCommand,
		/unable to create (?:impersonator account|token for impersonated)/,
		internal('unable to create impersonator account: …'),
	),
];
