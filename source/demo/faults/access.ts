/** Who asks, and what the server lets them see. */

import type { UserName } from '../server/users.ts';
import { editObjects } from './changes.ts';
import type { Fault, FaultName } from './fault.ts';
import { replaceUser, signedToken } from './reach-changes.ts';

const hour = 3_600_000;

function asUser(name: FaultName, user: UserName, also: readonly string[] = []): Fault {
	return {
		name,
		also,
		change(behaviour) {
			behaviour.user = user;
		},
	};
}

export const accessFaults: readonly Fault[] = [
	asUser('namespace-only', 'namespaceOnly', ['rbac-metrics-pods-cluster']),
	asUser('rbac-metrics-nodes', 'withoutNodeMetrics'),
	asUser('rbac-metrics-pods-ns', 'withoutPodMetrics'),
	asUser('rbac-core-nodes', 'withoutNodes'),
	asUser('rbac-discovery-removed', 'withoutDiscovery'),
	asUser('anonymous-identity', 'anonymous'),
	{
		name: 'rbac-aggregated-reader-missing',
		change(behaviour) {
			behaviour.user = 'withoutMetrics';
			editObjects(behaviour, 'clusterroles', (object) =>
				object.metadata.name === 'system:aggregated-metrics-reader' ? null : object,
			);
		},
	},
	{
		name: 'token-expired-or-revoked',
		also: ['credentials-refused'],
		change(behaviour) {
			behaviour.refused = true;
			// It was good for a day, and that day was over an hour ago.
			replaceUser(behaviour.reach, () => ({ token: signedToken(Date.now() - 25 * hour) }));
		},
	},
];
