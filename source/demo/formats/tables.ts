import { humanDuration, since } from './age.ts';
import type { ApiObject, Json, JsonObject } from './json.ts';
import { age, count, formatLabels, part, parts, type TableFormat, text } from './table.ts';

/**
 * The tables of all kinds but pods, column for column as kube-apiserver 1.36 prints them
 * (pkg/printers/internalversion/printers.go; metrics: their own server).
 */

const name = { name: 'Name' };
const ageColumn = { name: 'Age' };
const wide = (columnName: string): { name: string; wide: true } => ({ name: columnName, wide: true });
const integer = (columnName: string): { name: string; type: 'integer' } => ({ name: columnName, type: 'integer' });

function nodeAddress(object: ApiObject, type: string): string {
	const found = parts(part(object['status'])['addresses']).find((address) => address['type'] === type);
	return text(found?.['address'], '<none>');
}

function nodeRoles(object: ApiObject): string {
	const roles = new Set<string>();
	for (const [label, value] of Object.entries(object.metadata.labels ?? {})) {
		if (label.startsWith('node-role.kubernetes.io/') && label.length > 24) roles.add(label.slice(24));
		else if (label === 'kubernetes.io/role' && value) roles.add(value);
	}
	return [...roles].sort().join(',') || '<none>';
}

export const nodeTable: TableFormat = {
	columns: [
		name,
		{ name: 'Status' },
		{ name: 'Roles' },
		ageColumn,
		{ name: 'Version' },
		wide('Internal-IP'),
		wide('External-IP'),
		wide('OS-Image'),
		wide('Kernel-Version'),
		wide('Container-Runtime'),
	],
	cells(object, now) {
		const info = part(part(object['status'])['nodeInfo']);
		const ready = parts(part(object['status'])['conditions']).find((condition) => condition['type'] === 'Ready');
		const status = ready === undefined ? 'Unknown' : ready['status'] === 'True' ? 'Ready' : 'NotReady';
		const cordoned = part(object['spec'])['unschedulable'] === true ? ',SchedulingDisabled' : '';
		const architecture = text(info['architecture']);
		return [
			object.metadata.name,
			`${status}${cordoned}`,
			nodeRoles(object),
			age(object, now),
			text(info['kubeletVersion']),
			nodeAddress(object, 'InternalIP'),
			nodeAddress(object, 'ExternalIP'),
			text(info['osImage'], '<unknown>'),
			`${text(info['kernelVersion'], '<unknown>')}${architecture ? ` (${architecture})` : ''}`,
			text(info['containerRuntimeVersion'], '<unknown>'),
		];
	},
};

export const namespaceTable: TableFormat = {
	columns: [name, { name: 'Status' }, ageColumn],
	cells: (object, now) => [object.metadata.name, text(part(object['status'])['phase']), age(object, now)],
};

export const eventTable: TableFormat = {
	columns: [
		{ name: 'Last Seen' },
		{ name: 'Type' },
		{ name: 'Reason' },
		{ name: 'Object' },
		wide('Subobject'),
		wide('Source'),
		{ name: 'Message' },
		wide('First Seen'),
		wide('Count'),
		{ name: 'Name', wide: true },
	],
	cells(object, now) {
		const involved = part(object['involvedObject']);
		const source = part(object['source']);
		const from = [text(source['component']), text(source['host'])].filter((word) => word !== '').join(', ');
		return [
			since(text(object['lastTimestamp']), now),
			text(object['type']),
			text(object['reason']),
			`${text(involved['kind']).toLowerCase()}/${text(involved['name'])}`,
			text(involved['fieldPath']),
			from,
			text(object['message']).trim(),
			since(text(object['firstTimestamp']), now),
			count(object['count']) || 1,
			object.metadata.name,
		];
	},
};

function ports(list: readonly JsonObject[]): string {
	return list.map((port) => `${count(port['port'])}/${text(port['protocol'])}`).join(',') || '<none>';
}

export const serviceTable: TableFormat = {
	columns: [name, { name: 'Type' }, { name: 'Cluster-IP' }, { name: 'External-IP' }, { name: 'Port(s)' }, ageColumn, wide('Selector')],
	cells(object, now) {
		const spec = part(object['spec']);
		const [address] = Array.isArray(spec['clusterIPs']) ? (spec['clusterIPs'] as readonly Json[]) : [];
		return [
			object.metadata.name,
			text(spec['type']),
			text(address, '<none>'),
			'<none>',
			ports(parts(spec['ports'])),
			age(object, now),
			formatLabels(part(spec['selector'])),
		];
	},
};

function firstThree(list: readonly string[]): string {
	if (list.length === 0) return '<none>';
	return list.length > 3 ? `${list.slice(0, 3).join(',')} + ${list.length - 3} more...` : list.join(',');
}

export const endpointsTable: TableFormat = {
	columns: [name, { name: 'Endpoints' }, ageColumn],
	cells(object, now) {
		const list = parts(object['subsets']).flatMap((subset) =>
			parts(subset['ports']).flatMap((port) => parts(subset['addresses']).map((address) => `${text(address['ip'])}:${count(port['port'])}`)),
		);
		return [object.metadata.name, firstThree(list), age(object, now)];
	},
};

export const endpointSliceTable: TableFormat = {
	columns: [name, { name: 'AddressType' }, { name: 'Ports' }, { name: 'Endpoints' }, ageColumn],
	cells(object, now) {
		const numbers = parts(object['ports']).map((port) => text(port['port']));
		const addresses = parts(object['endpoints']).flatMap((endpoint) => (Array.isArray(endpoint['addresses']) ? (endpoint['addresses'] as string[]) : []));
		const shown = [numbers.length > 0 ? numbers.join(',') : '<unset>', addresses.length > 0 ? firstThree(addresses) : '<unset>'];
		return [object.metadata.name, text(object['addressType']), ...shown, age(object, now)];
	},
};

export const apiServiceTable: TableFormat = {
	columns: [name, { name: 'Service' }, { name: 'Available' }, ageColumn],
	cells(object, now) {
		const service = part(part(object['spec'])['service']);
		const available = parts(part(object['status'])['conditions']).find((condition) => condition['type'] === 'Available');
		const shown = available?.['status'] === 'True' ? 'True' : `${text(available?.['status'], 'Unknown')} (${text(available?.['reason'])})`;
		const target = service['name'] === undefined ? 'Local' : `${text(service['namespace'])}/${text(service['name'])}`;
		return [object.metadata.name, target, shown, age(object, now)];
	},
};

/** Names and images of a template's containers, and the selector: the wide columns of everything that makes pods. */
function templateCells(object: ApiObject): [string, string, string] {
	const spec = part(object['spec']);
	const template = spec['jobTemplate'] ? part(part(part(spec['jobTemplate'])['spec'])['template']) : part(spec['template']);
	const containers = parts(part(template['spec'])['containers']);
	return [
		containers.map((container) => text(container['name'])).join(','),
		containers.map((container) => text(container['image'])).join(','),
		formatLabels(part(part(spec['selector'])['matchLabels'])),
	];
}

const templateColumns = [wide('Containers'), wide('Images'), wide('Selector')];

export const deploymentTable: TableFormat = {
	columns: [name, { name: 'Ready' }, { name: 'Up-to-date' }, { name: 'Available' }, ageColumn, ...templateColumns],
	cells(object, now) {
		const status = part(object['status']);
		const wanted = count(part(object['spec'])['replicas']);
		const cells = [`${count(status['readyReplicas'])}/${wanted}`, count(status['updatedReplicas']), count(status['availableReplicas'])];
		return [object.metadata.name, ...cells, age(object, now), ...templateCells(object)];
	},
};

export const replicaSetTable: TableFormat = {
	columns: [name, integer('Desired'), integer('Current'), integer('Ready'), ageColumn, ...templateColumns],
	cells(object, now) {
		const status = part(object['status']);
		const cells = [count(part(object['spec'])['replicas']), count(status['replicas']), count(status['readyReplicas'])];
		return [object.metadata.name, ...cells, age(object, now), ...templateCells(object)];
	},
};

export const statefulSetTable: TableFormat = {
	columns: [name, { name: 'Ready' }, ageColumn, wide('Containers'), wide('Images')],
	cells(object, now) {
		const ready = `${count(part(object['status'])['readyReplicas'])}/${count(part(object['spec'])['replicas'])}`;
		return [object.metadata.name, ready, age(object, now), ...templateCells(object).slice(0, 2)];
	},
};

export const daemonSetTable: TableFormat = {
	columns: [
		name,
		integer('Desired'),
		integer('Current'),
		integer('Ready'),
		integer('Up-to-date'),
		integer('Available'),
		{ name: 'Node Selector' },
		ageColumn,
		...templateColumns,
	],
	cells(object, now) {
		const status = part(object['status']);
		const fields = ['desiredNumberScheduled', 'currentNumberScheduled', 'numberReady', 'updatedNumberScheduled', 'numberAvailable'];
		const selector = formatLabels(part(part(part(object['spec'])['template'])['spec'])['nodeSelector'] as JsonObject ?? {});
		return [object.metadata.name, ...fields.map((field) => count(status[field])), selector, age(object, now), ...templateCells(object)];
	},
};

export const jobTable: TableFormat = {
	columns: [name, { name: 'Status' }, { name: 'Completions' }, { name: 'Duration' }, ageColumn, ...templateColumns],
	cells(object, now) {
		const status = part(object['status']);
		const has = (type: string): boolean =>
			parts(status['conditions']).some((condition) => condition['type'] === type && condition['status'] === 'True');
		const start = text(status['startTime']);
		const end = text(status['completionTime']);
		const duration = start ? humanDuration((end ? Date.parse(end) : now) - Date.parse(start)) : '';
		const completions = `${count(status['succeeded'])}/${count(part(object['spec'])['completions'])}`;
		const shown = has('Complete') ? 'Complete' : has('Failed') ? 'Failed' : 'Running';
		return [object.metadata.name, shown, completions, duration, age(object, now), ...templateCells(object)];
	},
};

export const cronJobTable: TableFormat = {
	columns: [
		name,
		{ name: 'Schedule' },
		{ name: 'Timezone' },
		{ name: 'Suspend', type: 'boolean' },
		integer('Active'),
		{ name: 'Last Schedule' },
		ageColumn,
		...templateColumns,
	],
	cells(object, now) {
		const spec = part(object['spec']);
		const status = part(object['status']);
		const last = status['lastScheduleTime'] === undefined ? '<none>' : since(text(status['lastScheduleTime']), now);
		const cells = [text(spec['schedule']), '<none>', 'False', parts(status['active']).length, last];
		return [object.metadata.name, ...cells, age(object, now), ...templateCells(object)];
	},
};

export const leaseTable: TableFormat = {
	columns: [name, { name: 'Holder' }, ageColumn],
	cells: (object, now) => [object.metadata.name, text(part(object['spec'])['holderIdentity']), age(object, now)],
};

/** Sums of a metrics list's containers are in units of their own, so this one is handed in. */
export function metricsTable(sum: (object: ApiObject) => [cpu: string, memory: string]): TableFormat {
	return {
		columns: [name, { name: 'cpu', format: 'quantity' }, { name: 'memory', format: 'quantity' }, { name: 'Window', format: 'duration' }],
		cells: (object) => [object.metadata.name, ...sum(object), text(object['window'])],
	};
}
