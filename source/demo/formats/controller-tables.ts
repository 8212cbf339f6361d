import { humanDuration, since } from './age.ts';
import type { ApiObject, JsonObject } from './json.ts';
import {
	age,
	ageColumn,
	count,
	formatLabels,
	integer,
	nameColumn,
	part,
	parts,
	type TableFormat,
	text,
	wide,
} from './table.ts';

/** Names and images of a template's containers, and the selector: the wide columns of everything that makes pods. */
function templateCells(object: ApiObject): [string, string, string] {
	const spec = part(object['spec']);
	const template = spec['jobTemplate']
		? part(part(part(spec['jobTemplate'])['spec'])['template'])
		: part(spec['template']);
	const containers = parts(part(template['spec'])['containers']);
	return [
		containers.map((container) => text(container['name'])).join(','),
		containers.map((container) => text(container['image'])).join(','),
		formatLabels(part(part(spec['selector'])['matchLabels'])),
	];
}

const templateColumns = [wide('Containers'), wide('Images'), wide('Selector')];

export const deploymentTable: TableFormat = {
	columns: [
		nameColumn,
		{ name: 'Ready' },
		{ name: 'Up-to-date' },
		{ name: 'Available' },
		ageColumn,
		...templateColumns,
	],
	cells(object, now) {
		const status = part(object['status']);
		const wanted = count(part(object['spec'])['replicas']);
		const cells = [
			`${count(status['readyReplicas'])}/${wanted}`,
			count(status['updatedReplicas']),
			count(status['availableReplicas']),
		];
		return [object.metadata.name, ...cells, age(object, now), ...templateCells(object)];
	},
};

export const replicaSetTable: TableFormat = {
	columns: [nameColumn, integer('Desired'), integer('Current'), integer('Ready'), ageColumn, ...templateColumns],
	cells(object, now) {
		const status = part(object['status']);
		const cells = [count(part(object['spec'])['replicas']), count(status['replicas']), count(status['readyReplicas'])];
		return [object.metadata.name, ...cells, age(object, now), ...templateCells(object)];
	},
};

export const statefulSetTable: TableFormat = {
	columns: [nameColumn, { name: 'Ready' }, ageColumn, wide('Containers'), wide('Images')],
	cells(object, now) {
		const ready = `${count(part(object['status'])['readyReplicas'])}/${count(part(object['spec'])['replicas'])}`;
		return [object.metadata.name, ready, age(object, now), ...templateCells(object).slice(0, 2)];
	},
};

export const daemonSetTable: TableFormat = {
	columns: [
		nameColumn,
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
		const fields = [
			'desiredNumberScheduled',
			'currentNumberScheduled',
			'numberReady',
			'updatedNumberScheduled',
			'numberAvailable',
		];
		const selector = formatLabels(
			(part(part(part(object['spec'])['template'])['spec'])['nodeSelector'] as JsonObject) ?? {},
		);
		return [
			object.metadata.name,
			...fields.map((field) => count(status[field])),
			selector,
			age(object, now),
			...templateCells(object),
		];
	},
};

export const jobTable: TableFormat = {
	columns: [
		nameColumn,
		{ name: 'Status' },
		{ name: 'Completions' },
		{ name: 'Duration' },
		ageColumn,
		...templateColumns,
	],
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
		nameColumn,
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
