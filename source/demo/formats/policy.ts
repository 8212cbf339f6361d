import { makeUid, mixText } from '../model/random.ts';
import type { World } from '../model/world.ts';
import { type ApiObject, apiTime, type JsonObject, type ObjectMeta } from './json.ts';

/** An object and where it is stored. */
export interface StoredObject {
	/** Plural of its kind. */
	resource: string;
	object: ApiObject;
}

const rbac = 'rbac.authorization.k8s.io';
const day = 24 * 3_600_000;

/** Metadata of an object that somebody made `days` ago. */
export function madeByHand(
	world: World,
	resource: string,
	name: string,
	more: { namespace?: string; days?: number; labels?: Readonly<Record<string, string>> } = {},
): ObjectMeta {
	const { namespace, days = 31, labels } = more;
	return {
		name,
		...(namespace === undefined ? {} : { namespace }),
		uid: makeUid(mixText(world.seed, `${resource}/${namespace ?? ''}/${name}`)),
		resourceVersion: '',
		creationTimestamp: apiTime(world.origin - days * day),
		...(labels ? { labels } : {}),
	};
}

const metricsServer = { kind: 'ServiceAccount', name: 'metrics-server', namespace: 'kube-system' };
const releaseLabels = { 'k8s-app': 'metrics-server' };

function rule(apiGroups: readonly string[], resources: readonly string[], verbs: readonly string[]): JsonObject {
	return { apiGroups, resources, verbs };
}

/** Who may do what: the roles that every cluster has as far as they matter here, and those of metrics-server's manifest. */
export function policyObjects(world: World): StoredObject[] {
	const stored = (resource: string, metadata: ObjectMeta, rest: JsonObject): StoredObject => ({
		resource,
		object: { metadata, ...rest },
	});
	const builtIn = { days: 210, labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' } };
	const read = ['get', 'list', 'watch'];
	const role = (name: string, rules: readonly JsonObject[], more: Parameters<typeof madeByHand>[3]): StoredObject =>
		stored('clusterroles', madeByHand(world, 'clusterroles', name, more), { rules });
	const binding = (
		name: string,
		to: string,
		subjects: readonly JsonObject[],
		more: Parameters<typeof madeByHand>[3],
	): StoredObject =>
		stored('clusterrolebindings', madeByHand(world, 'clusterrolebindings', name, more), {
			subjects,
			roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: to },
		});
	const aggregated = ['view', 'edit', 'admin'].map((name) => [`${rbac}/aggregate-to-${name}`, 'true']);
	return [
		role('cluster-admin', [rule(['*'], ['*'], ['*'])], builtIn),
		role('view', [rule([''], ['pods', 'pods/log', 'services', 'endpoints', 'events'], read)], builtIn),
		role(
			'system:auth-delegator',
			[
				rule(['authentication.k8s.io'], ['tokenreviews'], ['create']),
				rule(['authorization.k8s.io'], ['subjectaccessreviews'], ['create']),
			],
			builtIn,
		),
		role(
			'system:discovery',
			[{ nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/version'], verbs: ['get'] }],
			builtIn,
		),
		role(
			'system:controller:horizontal-pod-autoscaler',
			[
				rule(['autoscaling'], ['horizontalpodautoscalers'], read),
				rule(['*'], ['*/scale'], ['get', 'update']),
				rule([''], ['pods'], ['list']),
				rule(['metrics.k8s.io'], ['pods'], ['list']),
				rule(['custom.metrics.k8s.io', 'external.metrics.k8s.io'], ['*'], ['get', 'list']),
			],
			builtIn,
		),
		binding(
			'system:controller:horizontal-pod-autoscaler',
			'system:controller:horizontal-pod-autoscaler',
			[{ kind: 'ServiceAccount', name: 'horizontal-pod-autoscaler', namespace: 'kube-system' }],
			builtIn,
		),
		binding('cluster-admin', 'cluster-admin', [{ apiGroup: rbac, kind: 'Group', name: 'system:masters' }], builtIn),
		binding(
			'system:discovery',
			'system:discovery',
			[{ apiGroup: rbac, kind: 'Group', name: 'system:authenticated' }],
			builtIn,
		),
		role('system:metrics-server', [rule([''], ['nodes/metrics'], ['get']), rule([''], ['pods', 'nodes'], read)], {
			labels: releaseLabels,
		}),
		role('system:aggregated-metrics-reader', [rule(['metrics.k8s.io'], ['pods', 'nodes'], read)], {
			labels: { ...releaseLabels, ...Object.fromEntries(aggregated) },
		}),
		binding('metrics-server:system:auth-delegator', 'system:auth-delegator', [metricsServer], {
			labels: releaseLabels,
		}),
		binding('system:metrics-server', 'system:metrics-server', [metricsServer], { labels: releaseLabels }),
		stored(
			'roles',
			madeByHand(world, 'roles', 'extension-apiserver-authentication-reader', { namespace: 'kube-system', ...builtIn }),
			{ rules: [{ ...rule([''], ['configmaps'], read), resourceNames: ['extension-apiserver-authentication'] }] },
		),
		stored(
			'rolebindings',
			madeByHand(world, 'rolebindings', 'metrics-server-auth-reader', {
				namespace: 'kube-system',
				labels: releaseLabels,
			}),
			{
				subjects: [metricsServer],
				roleRef: { apiGroup: rbac, kind: 'Role', name: 'extension-apiserver-authentication-reader' },
			},
		),
		stored(
			'configmaps',
			madeByHand(world, 'configmaps', 'extension-apiserver-authentication', { namespace: 'kube-system', days: 210 }),
			{
				data: {
					'client-ca-file': certificateText('client'),
					'requestheader-allowed-names': '["front-proxy-client"]',
					'requestheader-client-ca-file': certificateText('front-proxy'),
					'requestheader-extra-headers-prefix': '["X-Remote-Extra-"]',
					'requestheader-group-headers': '["X-Remote-Group"]',
					'requestheader-uid-headers': '["X-Remote-Uid"]',
					'requestheader-username-headers': '["X-Remote-User"]',
				},
			},
		),
	];
}

/** Looks like a certificate, and is none: nobody here verifies by it. */
function certificateText(name: string): string {
	const body = Buffer.from(`the ${name} authority of the demo cluster`).toString('base64');
	return `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
}

/** The authority that pods verify the API server and the kubelets by: every namespace has it. */
export function authorityMaps(world: World, certificate: string): readonly StoredObject[] {
	const namespaces = new Set(['default', ...world.slots.map(({ workload }) => workload.namespace)]);
	return [...namespaces].map((namespace) => ({
		resource: 'configmaps',
		object: {
			metadata: madeByHand(world, 'configmaps', 'kube-root-ca.crt', { namespace, days: 210 }),
			data: { 'ca.crt': certificate },
		},
	}));
}
