import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { ProbeContext } from '../../../source/diagnose/probe.ts';
import { aggregatedRoleProbe } from '../../../source/diagnose/probes/aggregated-role.ts';
import { apiServerFlagsProbe } from '../../../source/diagnose/probes/apiserver-flags.ts';
import { awsAuthProbe } from '../../../source/diagnose/probes/aws-auth.ts';
import type { KubeClient } from '../../../source/kube/client.ts';
import { KubeError } from '../../../source/kube/errors.ts';
import { evidenceOf, forbidden, healthy, read, refused } from '../evidence.ts';

/** An API server that answers this, whatever it is asked. */
function answering(context: TestContext, object: object | KubeError): ProbeContext {
	const client = {
		read: async () => {
			if (object instanceof KubeError) {
				throw object;
			}
			return { body: Buffer.from(JSON.stringify(object)), contentType: 'application/json', headers: {} };
		},
	} as unknown as KubeClient;
	return { reach: () => Promise.resolve(client), signal: context.signal };
}

const healthyEvidence = evidenceOf(healthy);
const onEks = { ...healthy, version: read({ gitVersion: 'v1.33.5-eks-113cf36', minor: 33 }) };

describe('the ConfigMap aws-auth', () => {
	const mapRoles = `- rolearn: arn:aws:iam::111122223333:role/nodes
  username: system:node:{{EC2PrivateDNSName}}
  groups: [system:bootstrappers, system:nodes]
- rolearn: arn:aws:iam::111122223333:role/developers
  groups:
  - developers
`;

	test('is read for roles without a name; of their ARNs the account is not kept', async (context) => {
		const probe = answering(context, { data: { mapRoles } });
		const { value } = await awsAuthProbe.ask(probe, healthyEvidence);
		assert.deepEqual(value, { roles: 2, withoutName: ['role/developers'] });
	});

	test('is asked for on EKS alone, where metrics-server does not know who asks', () => {
		const unknown = { 'metrics-nodes': refused(401, 'Unauthorized') };
		assert.equal(awsAuthProbe.when(evidenceOf({ ...onEks, ...unknown })), true);
		assert.equal(awsAuthProbe.when(evidenceOf(onEks)), false);
		assert.equal(awsAuthProbe.when(evidenceOf({ ...healthy, ...unknown })), false);
	});
});

describe('the ClusterRole that adds metrics to others', () => {
	test('is read by its labels', async (context) => {
		const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true', app: 'x' };
		const { value } = await aggregatedRoleProbe.ask(answering(context, { metadata: { labels } }), healthyEvidence);
		assert.deepEqual(value, { exists: true, aggregatedTo: ['view'] });
	});

	test('may be missing, which is an answer', async (context) => {
		const probe = answering(context, new KubeError('status', 'not found', { status: 404 }));
		assert.deepEqual((await aggregatedRoleProbe.ask(probe, healthyEvidence)).value, {
			exists: false,
			aggregatedTo: [],
		});
	});

	test('is asked for where samples of pods are forbidden', () => {
		assert.equal(aggregatedRoleProbe.when(healthyEvidence), false);
		assert.equal(aggregatedRoleProbe.when(evidenceOf({ ...healthy, 'metrics-pods': forbidden() })), true);
	});
});

test('flags of the API server are read from its pod: how it authorizes, and nothing else', async (context) => {
	const command = ['kube-apiserver', '--authorization-mode=Node,RBAC,Webhook', '--etcd-servers=https://10.0.0.1:2379'];
	const pod = {
		metadata: { name: 'kube-apiserver-cp-1' },
		spec: { containers: [{ name: 'kube-apiserver', command }] },
	};
	const { value } = await apiServerFlagsProbe.ask(answering(context, { items: [pod] }), healthyEvidence);
	const authorizationModes = ['Node', 'RBAC', 'Webhook'];
	assert.deepEqual(value, [{ pod: 'kube-apiserver-cp-1', authorizationModes, hasAuthorizationFile: false }]);
});
