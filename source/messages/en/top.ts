/** What `whytop top` says besides its tables. Lines that kubectl 1.36 prints too are kubectl's, word for word. */

/** Printed below kubectl's line. `act` are commands to type, or a sentence; the first is safe and only reads. */
export interface Advice {
	means: string;
	act: readonly string[];
}

export const noAdvice: Advice = { means: '', act: [] };

// kubectl's.

export const sortBy = 'error: --sort-by accepts only cpu or memory';
export const nameOrSelector = 'error: only one of NAME or selector can be provided';
export const nameOrLabelSelector = 'error: only one of NAME or --selector can be provided';

export function invalidName(name: string, faults: readonly string[]): string {
	return `error: invalid resource name ${JSON.stringify(name)}: [${faults.join(' ')}]`;
}

export const apiNotAvailable = 'error: Metrics API not available';
export const notAvailableYet = 'error: metrics not available yet';

export function notAvailableForPod(namespace: string, name: string, age: string): string {
	return `error: Metrics not available for pod ${namespace}/${name}, age: ${age}`;
}

export function noResources(namespace: string): string {
	return namespace === '' ? 'No resources found' : `No resources found in ${namespace} namespace.`;
}

export function badSelector(message: string): string {
	return `error: ${message}`;
}

export function objectNotFound(resource: string, name: string): string {
	return `Error from server (NotFound): ${resource} ${JSON.stringify(name)} not found`;
}

// Ours.

export const noSumInCsv =
	'error: --sum has no place in CSV; use -o json, or add up the column cpuNanocores or memoryBytes';

/** A name that goes into a command must be one that Kubernetes allows: nobody should paste anything else. */
function safe(name: string, otherwise: string): string {
	return /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) ? name : otherwise;
}

function scopeFlag(namespace: string): string {
	return namespace === '' ? '-A' : `-n ${safe(namespace, 'NAMESPACE')}`;
}

export function forbidden(resource: string, namespace: string): Advice {
	const [kind = '', ...group] = resource.split('.');
	const groupName = group.join('.');
	const ofGroup = groupName === '' ? '' : ` in the API group ${groupName}`;
	if (kind === 'nodes') {
		return {
			means: `Nodes are cluster-wide: the right to get and list ${kind}${ofGroup} must come from a ClusterRoleBinding.`,
			act: [`kubectl auth can-i list ${resource}`, 'whytop top pods -n NAMESPACE'],
		};
	}
	return {
		means:
			namespace === ''
				? `Over all namespaces this user may not get and list ${kind}${ofGroup}; in a single one the right may exist.`
				: `This user may not get and list ${kind}${ofGroup} in namespace ${namespace}.${groupName === '' ? '' : ' Rights on pods do not include their metrics.'}`,
		act: [
			`kubectl auth can-i list ${resource} ${namespace === '' ? '--all-namespaces' : `-n ${safe(namespace, 'NAMESPACE')}`}`,
			...(namespace === '' ? ['whytop top pods -n NAMESPACE'] : []),
		],
	};
}

/** It is registered, and the API server gets no answer from it. `act` is the finding's. */
export function backendSilent(act: readonly string[]): Advice {
	return {
		means:
			'metrics.k8s.io is registered, so something was installed, but the API server gets no answer from it: it is stopped, not ready or out of reach. The condition of the APIService says which.',
		act,
	};
}

/** It answers, with an error of its own. */
export function backendFails(act: readonly string[]): Advice {
	return {
		means:
			'The API server passed the question on, and what stands behind metrics.k8s.io answered with an error; the words in quotes are its own. Its log says more.',
		act: [...act].reverse(),
	};
}

export function noSuchPod(name: string, namespace: string): Advice {
	return {
		means: `There is no pod ${name} in namespace ${namespace}.`,
		act: [`kubectl get pods -n ${safe(namespace, 'NAMESPACE')}`, 'kubectl get pods -A'],
	};
}

export function noSuchNode(name: string): Advice {
	return { means: `There is no node ${name}.`, act: ['kubectl get nodes'] };
}

/** The pod exists: why it has no sample. */
export function podWithoutSample(name: string, namespace: string, sentence: string): Advice {
	return {
		means: `The pod ${name} exists, without a sample. ${sentence}`,
		act: [`kubectl describe pod -n ${safe(namespace, 'NAMESPACE')} ${safe(name, 'POD')}`],
	};
}

export function nodeWithoutSample(name: string, sentence: string): Advice {
	return {
		means: `The node ${name} exists, without a sample. ${sentence}`,
		act: [`kubectl describe node ${safe(name, 'NODE')}`],
	};
}

export const nameNeedsNamespace: Advice = {
	means: 'A pod is found by its name in one namespace only, and -A names none.',
	act: ['whytop top pods NAME -n NAMESPACE', 'whytop top pods -A --field-selector metadata.name=NAME'],
};

export function selectorSyntax(what: 'label' | 'field'): Advice {
	return what === 'label'
		? { means: 'The label selector cannot be read.', act: ["whytop top pods -l 'app=shop,tier!=cache,env in (a, b)'"] }
		: { means: 'The field selector cannot be read.', act: ['whytop top pods --field-selector metadata.name=NAME'] };
}

export const unknownField: Advice = {
	means:
		'The metrics API selects by these fields only; the fields of kubectl get pods are not known to it. Labels work as everywhere.',
	act: ['whytop top pods -l KEY=VALUE'],
};

export function noNodeMatches(selector: string): Advice {
	return { means: `No node matches the selector ${selector}.`, act: ['kubectl get nodes --show-labels'] };
}

/** Why none of some pods has a sample: names by sentence. */
export function podsWithoutSamples(
	groups: readonly { names: readonly string[]; sentence: string }[],
	namespace: string,
): Advice {
	return {
		means: groups.map(({ names, sentence }) => `${shortList(names)}: ${sentence}`).join('\n'),
		act: [`kubectl get pods ${scopeFlag(namespace)}`],
	};
}

/** With -A kubectl looks for the reason in the current namespace only. */
export function kubectlLookedIn(namespace: string): string {
	return `kubectl looks for the reason in namespace ${namespace} only, and there are no pods there; there are elsewhere.`;
}

function shortList(names: readonly string[]): string {
	const shown = names.slice(0, 3).join(', ');
	return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}

export function podsNotReadable(reason: string): string {
	return `note: the pods themselves cannot be read, so requests, limits, nodes and pods without samples are missing: ${reason}`;
}

export function requestsNotReadable(reason: string): string {
	return `note: the pods cannot be read, so what they request of the nodes is missing: ${reason}`;
}

export function podsLeftOut(count: number): string {
	return `note: ${count === 1 ? '1 running pod has' : `${count} running pods have`} no sample; -o json lists them with the reason.`;
}

/** Titles of the columns that `-o wide` adds. A title of a percentage names what it is a percentage of. */
export const wideTitles = {
	pods: {
		cpuRequest: 'CPU-REQ',
		cpuLimit: 'CPU-LIM',
		'cpuRequest%': '%CPU/R',
		'cpuLimit%': '%CPU/L',
		memoryRequest: 'MEM-REQ',
		memoryLimit: 'MEM-LIM',
		'memoryRequest%': '%MEM/R',
		'memoryLimit%': '%MEM/L',
		node: 'NODE',
		sample: 'SAMPLE-AGE',
		window: 'WINDOW',
	},
	nodes: {
		status: 'STATUS',
		cpuAllocatable: 'CPU-ALLOC',
		cpuCapacity: 'CPU-CAP',
		cpuRequested: 'CPU-REQ',
		memoryAllocatable: 'MEM-ALLOC',
		memoryCapacity: 'MEM-CAP',
		memoryRequested: 'MEM-REQ',
		pods: 'PODS',
		sample: 'SAMPLE-AGE',
		window: 'WINDOW',
	},
} as const;
