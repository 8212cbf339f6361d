import type { JsonObject } from '../formats/json.ts';
import { minorOf } from '../model/node.ts';
import type { Service } from './context.ts';
import { apiVersionOf } from './encode.ts';
import { type ResourceType, verbsOf } from './resources.ts';

/** Resources that take a POST and store nothing. */
const reviews = [
	{ group: 'authentication.k8s.io', name: 'selfsubjectreviews', kind: 'SelfSubjectReview' },
	{ group: 'authorization.k8s.io', name: 'selfsubjectaccessreviews', kind: 'SelfSubjectAccessReview' },
	{ group: 'authorization.k8s.io', name: 'selfsubjectrulesreviews', kind: 'SelfSubjectRulesReview' },
];

export const aggregatedDiscoveryType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

export function versionInfo({ behaviour: { kubernetes } }: Service): JsonObject {
	const minor = minorOf(kubernetes);
	// It has told what it emulates since 1.33.
	const emulation: JsonObject =
		minor < 33
			? {}
			: {
					emulationMajor: '1',
					emulationMinor: String(minor),
					minCompatibilityMajor: '1',
					minCompatibilityMinor: String(minor - 1),
				};
	return {
		major: '1',
		minor: String(minor),
		...emulation,
		gitVersion: kubernetes,
		gitCommit: '0000000000000000000000000000000000000000',
		gitTreeState: 'clean',
		buildDate: '2026-07-14T09:00:00Z',
		goVersion: 'go1.26.5',
		compiler: 'gc',
		platform: 'linux/amd64',
	};
}

export function apiVersions(service: Service): JsonObject {
	return {
		kind: 'APIVersions',
		versions: ['v1'],
		serverAddressByClientCIDRs: [{ clientCIDR: '0.0.0.0/0', serverAddress: service.address }],
	};
}

interface Group {
	name: string;
	versions: readonly string[];
}

function groups(service: Service): Group[] {
	const found = new Map<string, string[]>();
	for (const { group, version } of [...service.resources, ...service.behaviour.silentGroups]) {
		if (group === '') continue;
		const versions = found.get(group) ?? [];
		if (!versions.includes(version)) versions.push(version);
		found.set(group, versions);
	}
	for (const { group } of reviews) if (!found.has(group)) found.set(group, ['v1']);
	return [...found].map(([name, versions]) => ({ name, versions }));
}

function groupDocument({ name, versions }: Group): JsonObject {
	const list = versions.map((version) => ({ groupVersion: `${name}/${version}`, version }));
	return { name, versions: list, preferredVersion: list[0] };
}

export function groupList(service: Service): JsonObject {
	return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups(service).map(groupDocument) };
}

/** The document of one group, undefined if there is none. */
export function groupOf(service: Service, name: string): JsonObject | undefined {
	const group = groups(service).find((other) => other.name === name);
	return group && { kind: 'APIGroup', apiVersion: 'v1', ...groupDocument(group) };
}

function resourceDocument(type: ResourceType): JsonObject {
	return {
		name: type.name,
		singularName: type.singular,
		namespaced: type.namespaced,
		kind: type.kind,
		verbs: verbsOf(type),
		...(type.shortNames ? { shortNames: type.shortNames } : {}),
		...(type.categories ? { categories: type.categories } : {}),
	};
}

function scaleDocument({ name }: ResourceType): JsonObject {
	return {
		name: `${name}/scale`,
		singularName: '',
		namespaced: true,
		group: 'autoscaling',
		version: 'v1',
		kind: 'Scale',
		verbs: ['get'],
	};
}

/** The resources of one version of a group, undefined if there is none. */
export function resourceList(service: Service, group: string, version: string): JsonObject | undefined {
	const own = service.resources.filter((type) => type.group === group && type.version === version);
	const posts = version === 'v1' ? reviews.filter((review) => review.group === group) : [];
	const [first] = own;
	if (!first && posts.length === 0) return undefined;
	return {
		kind: 'APIResourceList',
		...(group === '' ? {} : { apiVersion: 'v1' }),
		groupVersion: first ? apiVersionOf(first) : `${group}/${version}`,
		resources: [
			...own.flatMap((type) => [resourceDocument(type), ...(type.scale ? [scaleDocument(type)] : [])]),
			...posts.map(({ name, kind }) => ({
				name,
				singularName: kind.toLowerCase(),
				namespaced: false,
				kind,
				verbs: ['create'],
			})),
		],
	};
}

function discoveredResource(type: ResourceType): JsonObject {
	return {
		resource: type.name,
		responseKind: { group: type.group, version: type.version, kind: type.kind },
		scope: type.namespaced ? 'Namespaced' : 'Cluster',
		singularResource: type.singular,
		verbs: verbsOf(type),
		...(type.shortNames ? { shortNames: type.shortNames } : {}),
		...(type.categories ? { categories: type.categories } : {}),
		...(type.scale
			? {
					subresources: [
						{
							subresource: 'scale',
							responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' },
							verbs: ['get'],
						},
					],
				}
			: {}),
	};
}

/** Nothing ever answered for it: it is listed, marked as stale, and empty. */
export function isSilent({ behaviour }: Service, group: string, version: string): boolean {
	return behaviour.silentGroups.some((silent) => silent.group === group && silent.version === version);
}

function discoveredVersion(service: Service, group: string, version: string): JsonObject {
	const stale = (group === 'metrics.k8s.io' && service.behaviour.metricsApi.stale) || isSilent(service, group, version);
	const own = service.resources.filter((type) => type.group === group && type.version === version);
	const posts = reviews.filter((review) => review.group === group);
	return {
		version,
		resources: [
			...own.map(discoveredResource),
			...posts.map(({ name, kind }) => ({
				resource: name,
				responseKind: { group, version, kind },
				scope: 'Cluster',
				singularResource: kind.toLowerCase(),
				verbs: ['create'],
			})),
		],
		freshness: stale ? 'Stale' : 'Current',
	};
}

/** Everything at once: the core group for `/api`, all others for `/apis`. */
export function aggregatedDiscovery(service: Service, core: boolean): JsonObject {
	const list = core ? [{ name: '', versions: ['v1'] }] : groups(service);
	return {
		kind: 'APIGroupDiscoveryList',
		apiVersion: 'apidiscovery.k8s.io/v2',
		metadata: {},
		items: list.map(({ name, versions }) => ({
			metadata: name === '' ? {} : { name },
			versions: versions.map((version) => discoveredVersion(service, name, version)),
		})),
	};
}
