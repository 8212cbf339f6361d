/** Nothing is broken but what is asked about, or who asks. */
import { apply, kubectl, nodeName } from '../rig.ts';
import { type Fault, nothing } from './fault.ts';

function pod(name: string, restartPolicy: 'Always' | 'Never', ...args: readonly string[]): object {
	return {
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: { name, namespace: 'web' },
		spec: {
			nodeName,
			hostNetwork: true,
			restartPolicy,
			automountServiceAccountToken: false,
			terminationGracePeriodSeconds: 1,
			containers: [{ name: 'app', image: 'localhost/load:1', imagePullPolicy: 'Never', args }],
		},
	};
}

/** A pod that is there only for this. */
function ofPod(name: string, restartPolicy: 'Always' | 'Never', ...args: readonly string[]) {
	return {
		patient: { words: [`pod/${name}`, '-n', 'web'] },
		break: () => apply(pod(name, restartPolicy, ...args)),
		mend: () => kubectl('delete', 'pod', name, '-n', 'web', '--ignore-not-found'),
	};
}

export const podFaults: readonly Fault[] = [
	{ title: 'a fresh pod', finds: 'pod-too-young', ...ofPod('fresh', 'Always', 'burn', '1', '1', '60', '4') },
	{ title: 'a pod that has finished', finds: 'only-completed-pods', ...ofPod('finished', 'Never', 'exit', '1', '0') },
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
		finds: 'token-expired-or-revoked, probably',
		patient: { user: 'expired' },
		break: nothing,
		mend: nothing,
	},
];
