/** What is followed into the fleet: nodes, and pods of one namespace or all. */
import type { Fleet } from '../../model/fleet/fleet.ts';
import type { NodeRecord, PodRecord } from '../../model/records.ts';
import { decodeNodeEvent, openNodeList } from '../../sources/nodes.ts';
import { decodePodEvent, openPodList } from '../../sources/pods.ts';
import type { Followed } from './follow.ts';

const atOnce = async () => {};

/** @param beforeNext waited for before each page of a list but the first */
export function followedNodes(fleet: Fleet, beforeNext = atOnce): Followed<NodeRecord> {
	let list = 0;
	return {
		path: '/api/v1/nodes',
		query: {},
		openList: openNodeList,
		decodeEvent: decodeNodeEvent,
		listStarts: () => {
			list++;
		},
		pageEnds: () => {},
		listEnds: () => {
			fleet.nodes.sweep(list);
			fleet.epoch++;
		},
		put: (record) => fleet.putNode(record, list),
		remove: (record) => fleet.removeNode(record),
		beforeNext,
	};
}

export interface PodScope {
	/** null for all namespaces. */
	namespace: string | null;
	labelSelector: string;
	fieldSelector: string;
}

export function podsPath(namespace: string | null): string {
	return namespace === null ? '/api/v1/pods' : `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`;
}

/** @param beforeNext waited for before each page of a list but the first */
export function followedPods(fleet: Fleet, scope: PodScope, beforeNext = atOnce): Followed<PodRecord> {
	let list = 0;
	/** Pods that the list has named so far: samples may have told of the others already. */
	let named = 0;
	return {
		path: podsPath(scope.namespace),
		query: {
			...(scope.labelSelector === '' ? {} : { labelSelector: scope.labelSelector }),
			...(scope.fieldSelector === '' ? {} : { fieldSelector: scope.fieldSelector }),
		},
		openList: openPodList,
		decodeEvent: decodePodEvent,
		listStarts: () => {
			list++;
			named = 0;
		},
		pageEnds: (remaining) => {
			if (remaining > 0) {
				fleet.expectPods(named + remaining);
			}
		},
		listEnds: () => {
			fleet.pods.sweep(list);
			fleet.epoch++;
		},
		put: (record) => {
			named++;
			fleet.putPod(record, list);
		},
		remove: (record) => fleet.removePod(record),
		beforeNext,
	};
}
