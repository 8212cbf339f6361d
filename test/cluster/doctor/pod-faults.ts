/** Nothing is broken but what is asked about, or who asks. */
import { apply, kubectl, nodeName } from '../rig.ts';
import { type Fault, nothing } from './fault.ts';

const fresh = {
	apiVersion: 'v1',
	kind: 'Pod',
	metadata: { name: 'fresh', namespace: 'web' },
	spec: {
		nodeName,
		hostNetwork: true,
		automountServiceAccountToken: false,
		terminationGracePeriodSeconds: 1,
		containers: [
			{ name: 'app', image: 'localhost/load:1', imagePullPolicy: 'Never', args: ['burn', '1', '1', '60', '4'] },
		],
	},
};

export const podFaults: readonly Fault[] = [
	{
		title: 'a fresh pod',
		finds: 'pod-too-young',
		patient: { words: ['pod/fresh', '-n', 'web'] },
		break: () => apply(fresh),
		mend: () => kubectl('delete', 'pod', 'fresh', '-n', 'web', '--ignore-not-found'),
	},
	{
		title: 'a container that restarts all the time',
		finds: 'container-restarting',
		patient: { words: ['pod/crash-loop', '-n', 'jobs'] },
		break: nothing,
		mend: nothing,
	},
	{
		title: 'a user of one namespace',
		finds: 'rbac-metrics-nodes + rbac-metrics-pods-cluster',
		patient: { user: 'namespace-only' },
		break: nothing,
		mend: nothing,
	},
	{
		title: 'an expired token',
		finds: /^(?:token-expired-or-revoked|no-api)/,
		patient: { user: 'expired' },
		break: nothing,
		mend: nothing,
	},
];
