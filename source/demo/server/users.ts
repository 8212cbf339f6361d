/** Who may come in, by which token, and what each may do. */

export interface Request {
	verb: string;
	group: string;
	resource: string;
	subresource: string;
	/** '' for cluster-wide. */
	namespace: string;
	name: string;
}

export interface Rule {
	verbs: readonly string[];
	groups: readonly string[];
	/** `pods`, or `pods/log` with the subresource. */
	resources: readonly string[];
	/** Only there; undefined means everywhere. */
	namespace?: string;
}

export interface User {
	name: string;
	uid: string;
	groups: readonly string[];
	/** What it shows for itself, '' for nobody in particular. */
	token: string;
	rules: readonly Rule[];
	/** May ask which APIs there are, as everyone may who has a name. */
	discovers?: boolean;
	/** The namespace that its context in the kubeconfig names. */
	namespace?: string;
}

const read = ['get', 'list', 'watch'];
const authenticated = 'system:authenticated';
const all = ['*'];

/** What every user may ask about itself. */
const selfReviews: readonly Rule[] = [
	{
		verbs: ['create'],
		groups: ['authorization.k8s.io'],
		resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
	},
	{ verbs: ['create'], groups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
];

/** The namespace of the user who may see just one. */
const singleNamespace = 'payments';

/** A user who may do no more than this. */
function ordinary(name: string, number: string, rules: readonly Rule[]): User {
	return {
		name: `demo-${name}`,
		uid: `0b9ed4e7-2b5b-4f0c-8a44-31a1b1c0de${number}`,
		groups: ['viewers', authenticated],
		token: `whytop-demo-${name}`,
		rules: [...selfReviews, ...rules],
	};
}

/** The tokens are no secrets: the cluster is simulated and listens on loopback. */
export const users = {
	admin: {
		name: 'demo-admin',
		uid: '0b9ed4e7-2b5b-4f0c-8a44-31a1b1c0de01',
		groups: ['system:masters', authenticated],
		token: 'whytop-demo-admin',
		rules: [{ verbs: all, groups: all, resources: all }],
	},
	viewer: {
		name: 'demo-viewer',
		uid: '0b9ed4e7-2b5b-4f0c-8a44-31a1b1c0de02',
		groups: ['viewers', authenticated],
		token: 'whytop-demo-viewer',
		rules: [
			...selfReviews,
			{
				verbs: read,
				groups: [''],
				resources: ['nodes', 'pods', 'pods/log', 'namespaces', 'events', 'services', 'endpoints', 'serviceaccounts'],
			},
			{
				verbs: read,
				groups: ['apps', 'autoscaling', 'batch', 'discovery.k8s.io', 'metrics.k8s.io'],
				resources: all,
			},
		],
	},
	namespaceOnly: {
		name: `${singleNamespace}-developer`,
		uid: '0b9ed4e7-2b5b-4f0c-8a44-31a1b1c0de03',
		groups: ['developers', authenticated],
		token: 'whytop-demo-namespace',
		namespace: singleNamespace,
		rules: [
			...selfReviews,
			{
				verbs: read,
				groups: [''],
				resources: ['pods', 'pods/log', 'events', 'services', 'endpoints', 'serviceaccounts'],
				namespace: singleNamespace,
			},
			{
				verbs: read,
				groups: ['apps', 'autoscaling', 'batch', 'discovery.k8s.io'],
				resources: all,
				namespace: singleNamespace,
			},
			{ verbs: ['get', 'list'], groups: ['metrics.k8s.io'], resources: ['pods'], namespace: singleNamespace },
		],
	},
	withoutNodeMetrics: ordinary('pods-only', '04', [
		{ verbs: read, groups: [''], resources: ['nodes', 'pods', 'pods/log', 'namespaces', 'events', 'services'] },
		{ verbs: ['get', 'list'], groups: ['metrics.k8s.io'], resources: ['pods'] },
	]),
	withoutPodMetrics: ordinary('nodes-only', '08', [
		{ verbs: read, groups: [''], resources: ['nodes', 'pods', 'pods/log', 'namespaces', 'events', 'services'] },
		{ verbs: read, groups: ['apps', 'batch', 'discovery.k8s.io'], resources: all },
		{ verbs: ['get', 'list'], groups: ['metrics.k8s.io'], resources: ['nodes'] },
	]),
	/** Reads roles too, as OpenShift's cluster-reader does. */
	withoutMetrics: ordinary('without-metrics', '05', [
		{ verbs: read, groups: ['rbac.authorization.k8s.io'], resources: all },
		{ verbs: read, groups: [''], resources: ['nodes', 'pods', 'pods/log', 'namespaces', 'events', 'services'] },
		{ verbs: read, groups: ['apps', 'batch', 'discovery.k8s.io'], resources: all },
	]),
	withoutNodes: ordinary('without-nodes', '06', [
		{ verbs: read, groups: [''], resources: ['pods', 'pods/log', 'namespaces', 'events', 'services', 'endpoints'] },
		{ verbs: read, groups: ['apps', 'batch', 'discovery.k8s.io', 'metrics.k8s.io'], resources: all },
	]),
	withoutDiscovery: {
		...ordinary('without-discovery', '07', [
			{ verbs: read, groups: [''], resources: ['nodes', 'pods', 'namespaces', 'events', 'services'] },
			{ verbs: ['get', 'list'], groups: ['metrics.k8s.io'], resources: all },
		]),
		discovers: false,
	},
	anonymous: { name: 'system:anonymous', uid: '', groups: ['system:unauthenticated'], token: '', rules: [] },
} as const satisfies Record<string, User>;

export type UserName = keyof typeof users;

/** The user behind an Authorization header; undefined if it is not a known one. */
export function authenticate(header: string | undefined): User | undefined {
	if (!header) return users.anonymous;
	const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
	return Object.values(users).find((user) => user.token !== '' && user.token === token);
}

/** The user of a name, that a certificate says or that someone acts as: a known one with its rights, or a stranger with none. */
export function userNamed(name: string): User {
	const known = Object.values(users).find((user) => user.name === name);
	return known ?? { name, uid: '', groups: [authenticated], token: '', rules: selfReviews };
}

const matches = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);

export function isAllowed(user: User, request: Request): boolean {
	const resource = request.subresource ? `${request.resource}/${request.subresource}` : request.resource;
	return user.rules.some(
		(rule) =>
			matches(rule.verbs, request.verb) &&
			matches(rule.groups, request.group) &&
			matches(rule.resources, resource) &&
			(rule.namespace === undefined || rule.namespace === request.namespace),
	);
}

/** Paths that are no resources and open to everyone, or to everyone with a name. */
export function mayReadPath(user: User, path: string): boolean {
	if (user.rules.some((rule) => rule.groups.includes('*'))) return true;
	if (/^\/(version|healthz|readyz|livez)(\/|$)/.test(path)) return true;
	return user.name !== 'system:anonymous' && user.discovers !== false && /^\/(api|apis|openapi)(\/|$)/.test(path);
}
