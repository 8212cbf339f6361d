import {
	flagField,
	has,
	type JsonObject,
	numberField,
	objectField,
	objectsField,
	textField,
	timeField,
} from '../../../sources/json/fields.ts';
import type { ContainerFacts, PodFacts } from '../../evidence/objects.ts';
import { metadataOf, ownerOf, textList, textsOf } from './metadata.ts';

export function readPodFacts(object: JsonObject): PodFacts {
	const metadata = metadataOf(object);
	const spec = objectField(object, 'spec');
	const status = objectField(object, 'status');
	const conditions = [...objectsField(status, 'conditions')];
	const condition = (type: string) => conditions.find((one) => textField(one, 'type') === type);
	const scheduled = condition('PodScheduled');
	const ready = condition('Ready');
	const containers = readContainers(spec, 'containers', status, 'containerStatuses');
	const initContainers = readContainers(spec, 'initContainers', status, 'initContainerStatuses');
	return {
		namespace: textField(metadata, 'namespace'),
		name: textField(metadata, 'name'),
		uid: textField(metadata, 'uid'),
		labels: textsOf(metadata, 'labels'),
		owner: ownerOf(object),
		node: textField(spec, 'nodeName'),
		phase: textField(status, 'phase'),
		reason: textField(status, 'reason'),
		message: textField(status, 'message'),
		createdAt: timeField(metadata, 'creationTimestamp'),
		startedAt: timeField(status, 'startTime'),
		deletedAt: timeField(metadata, 'deletionTimestamp'),
		ip: textField(status, 'podIP'),
		hostNetwork: flagField(spec, 'hostNetwork'),
		serviceAccount: textField(spec, 'serviceAccountName'),
		automountsToken: spec['automountServiceAccountToken'] !== false,
		nodeSelector: textsOf(spec, 'nodeSelector'),
		unscheduled:
			scheduled !== undefined && textField(scheduled, 'status') !== 'True' ? textField(scheduled, 'message') : '',
		ready: ready !== undefined && textField(ready, 'status') === 'True',
		containers,
		initContainers,
	};
}

function readContainers(spec: JsonObject, list: string, status: JsonObject, statuses: string): ContainerFacts[] {
	const byName = new Map([...objectsField(status, statuses)].map((one) => [textField(one, 'name'), one] as const));
	return [...objectsField(spec, list)].map((container) => {
		const name = textField(container, 'name');
		const its = byName.get(name) ?? {};
		const states = objectField(its, 'state');
		const state = (['running', 'waiting', 'terminated'] as const).find((kind) => has(states, kind)) ?? '';
		const now = state === '' ? {} : objectField(states, state);
		const last = objectField(objectField(its, 'lastState'), 'terminated');
		return {
			name,
			image: textField(container, 'image'),
			command: textList(container, 'command'),
			args: textList(container, 'args'),
			environment: [...objectsField(container, 'env')].map((variable) => textField(variable, 'name')),
			ports: [...objectsField(container, 'ports')].map((port) => ({
				name: textField(port, 'name'),
				port: numberField(port, 'containerPort', 0),
			})),
			readinessCheck: readCheck(objectField(objectField(container, 'readinessProbe'), 'httpGet')),
			state,
			reason: textField(now, 'reason'),
			message: textField(now, 'message'),
			ready: flagField(its, 'ready'),
			restarts: numberField(its, 'restartCount', 0),
			startedAt: timeField(now, 'startedAt'),
			lastReason: textField(last, 'reason'),
			lastExitCode: numberField(last, 'exitCode', Number.NaN),
			lastFinishedAt: timeField(last, 'finishedAt'),
			cpuRequest: has(objectField(objectField(container, 'resources'), 'requests'), 'cpu'),
		};
	});
}

function readCheck(check: JsonObject): ContainerFacts['readinessCheck'] {
	// Its port is a number, or the name of one.
	return has(check, 'port')
		? {
				path: textField(check, 'path') || '/',
				port: String(check['port']),
				scheme: textField(check, 'scheme') || 'HTTP',
			}
		: null;
}
