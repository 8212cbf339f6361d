import { since } from './age.ts';
import type { ApiObject, Json, JsonObject } from './json.ts';
import { age, ageColumn, count, formatLabels, nameColumn, part, parts, type TableFormat, text, wide } from './table.ts';

/**
 * The tables of all kinds but pods, column for column as kube-apiserver 1.36 prints them
 * (pkg/printers/internalversion/printers.go; metrics: their own server).
 */

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
		nameColumn,
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

/** What is printed of kinds that say nothing more in one line. */
export const plainTable: TableFormat = {
	columns: [nameColumn, ageColumn],
	cells: (object, now) => [object.metadata.name, age(object, now)],
};

export const namespaceTable: TableFormat = {
	columns: [nameColumn, { name: 'Status' }, ageColumn],
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
	columns: [
		nameColumn,
		{ name: 'Type' },
		{ name: 'Cluster-IP' },
		{ name: 'External-IP' },
		{ name: 'Port(s)' },
		ageColumn,
		wide('Selector'),
	],
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
	columns: [nameColumn, { name: 'Endpoints' }, ageColumn],
	cells(object, now) {
		const list = parts(object['subsets']).flatMap((subset) =>
			parts(subset['ports']).flatMap((port) =>
				parts(subset['addresses']).map((address) => `${text(address['ip'])}:${count(port['port'])}`),
			),
		);
		return [object.metadata.name, firstThree(list), age(object, now)];
	},
};

export const endpointSliceTable: TableFormat = {
	columns: [nameColumn, { name: 'AddressType' }, { name: 'Ports' }, { name: 'Endpoints' }, ageColumn],
	cells(object, now) {
		const numbers = parts(object['ports']).map((port) => text(port['port']));
		const addresses = parts(object['endpoints']).flatMap((endpoint) =>
			Array.isArray(endpoint['addresses']) ? (endpoint['addresses'] as string[]) : [],
		);
		const shown = [
			numbers.length > 0 ? numbers.join(',') : '<unset>',
			addresses.length > 0 ? firstThree(addresses) : '<unset>',
		];
		return [object.metadata.name, text(object['addressType']), ...shown, age(object, now)];
	},
};

export const apiServiceTable: TableFormat = {
	columns: [nameColumn, { name: 'Service' }, { name: 'Available' }, ageColumn],
	cells(object, now) {
		const service = part(part(object['spec'])['service']);
		const available = parts(part(object['status'])['conditions']).find(
			(condition) => condition['type'] === 'Available',
		);
		const shown =
			available?.['status'] === 'True'
				? 'True'
				: `${text(available?.['status'], 'Unknown')} (${text(available?.['reason'])})`;
		const target = service['name'] === undefined ? 'Local' : `${text(service['namespace'])}/${text(service['name'])}`;
		return [object.metadata.name, target, shown, age(object, now)];
	},
};

export const leaseTable: TableFormat = {
	columns: [nameColumn, { name: 'Holder' }, ageColumn],
	cells: (object, now) => [object.metadata.name, text(part(object['spec'])['holderIdentity']), age(object, now)],
};

/** Sums of a metrics list's containers are in units of their own, so this one is handed in. */
export function metricsTable(sum: (object: ApiObject) => [cpu: string, memory: string]): TableFormat {
	return {
		columns: [
			nameColumn,
			{ name: 'cpu', format: 'quantity' },
			{ name: 'memory', format: 'quantity' },
			{ name: 'Window', format: 'duration' },
		],
		cells: (object) => [object.metadata.name, ...sum(object), text(object['window'])],
	};
}
