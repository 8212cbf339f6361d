/** The history and the newest row of the one subject under the cursor. */
import type { Fleet } from '../model/fleet/fleet.ts';
import { findContainer, makeContainerRow } from './lists/containers.ts';
import { type KnownSums, makeNodeRow } from './lists/nodes.ts';
import { makePodRow } from './lists/pods.ts';
import type { Detail, Subject } from './messages.ts';
import type { UsageContext } from './usage.ts';

export function makeDetail(fleet: Fleet, subject: Subject, context: UsageContext, known: KnownSums): Detail {
	switch (subject.kind) {
		case 'node':
			return nodeDetail(fleet, subject, context, known);
		case 'pod':
			return podDetail(fleet, subject, context);
		case 'container':
			return containerDetail(fleet, subject, context);
		case 'process':
			return gone(subject);
	}
}

function nodeDetail(
	fleet: Fleet,
	subject: Extract<Subject, { kind: 'node' }>,
	context: UsageContext,
	known: KnownSums,
): Detail {
	const { nodeHistory, nodes } = fleet;
	const slot = nodes.uid.values.indexOf(subject.uid);
	if (slot < 0) {
		return gone(subject);
	}
	return {
		type: 'detail',
		subject,
		row: makeNodeRow(fleet, slot, context, known),
		times: nodeHistory.times(),
		cpu: nodeHistory.read(slot, 'cpu'),
		memory: nodeHistory.read(slot, 'memory'),
	};
}

function podDetail(fleet: Fleet, subject: Extract<Subject, { kind: 'pod' }>, context: UsageContext): Detail {
	const slot = fleet.pods.findUid(subject.uid);
	if (slot < 0) {
		return gone(subject);
	}
	return {
		type: 'detail',
		subject,
		row: makePodRow(fleet, slot, context),
		times: fleet.containerHistory.times(),
		cpu: fleet.podHistory(slot, 'cpu'),
		memory: fleet.podHistory(slot, 'memory'),
	};
}

function containerDetail(
	fleet: Fleet,
	subject: Extract<Subject, { kind: 'container' }>,
	context: UsageContext,
): Detail {
	const { containerHistory } = fleet;
	const slot = findContainer(fleet, subject.uid);
	if (slot < 0) {
		return gone(subject);
	}
	return {
		type: 'detail',
		subject,
		row: makeContainerRow(fleet, slot, context),
		times: containerHistory.times(),
		cpu: containerHistory.read(slot, 'cpu'),
		memory: containerHistory.read(slot, 'memory'),
	};
}

function gone(subject: Subject): Detail {
	return { type: 'detail', subject, row: null, times: [], cpu: [], memory: [] };
}
