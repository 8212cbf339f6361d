import { humanDuration } from './age.ts';
import type { ApiObject, JsonObject } from './json.ts';
import { age, count, part, parts, type TableFormat, text } from './table.ts';

/** When a container's last run ended, 0 if there was none. */
function lastEnd(status: JsonObject): number {
	const finished = text(part(part(status['lastState'])['terminated'])['finishedAt']);
	return finished ? Date.parse(finished) : 0;
}

function terminatedReason(terminated: JsonObject): string {
	return text(terminated['reason']) || `ExitCode:${count(terminated['exitCode'])}`;
}

/** READY, STATUS and RESTARTS of a pod: printPod of pkg/printers/internalversion/printers.go in kubernetes 1.36. */
function podSummary(object: ApiObject, now: number): { ready: string; status: string; restarts: string } {
	const spec = part(object['spec']);
	const status = part(object['status']);
	const init = parts(spec['initContainers']);
	const sidecars = new Set(
		init.filter((container) => container['restartPolicy'] === 'Always').map((container) => text(container['name'])),
	);
	const total = parts(spec['containers']).length + sidecars.size;
	const isTrue = (type: string): boolean =>
		parts(status['conditions']).some((condition) => condition['type'] === type && condition['status'] === 'True');

	let reason = text(status['reason'], text(status['phase']));
	let ready = 0;
	let restarts = 0;
	let lastRestart = 0;
	let sidecarRestarts = 0;
	let lastSidecarRestart = 0;
	let initializing = false;
	for (const [index, container] of parts(status['initContainerStatuses']).entries()) {
		const isSidecar = sidecars.has(text(container['name']));
		restarts += count(container['restartCount']);
		lastRestart = Math.max(lastRestart, lastEnd(container));
		if (isSidecar) {
			sidecarRestarts += count(container['restartCount']);
			lastSidecarRestart = Math.max(lastSidecarRestart, lastEnd(container));
		}
		const state = part(container['state']);
		const waiting = text(part(state['waiting'])['reason']);
		if (state['terminated'] && count(part(state['terminated'])['exitCode']) === 0) continue;
		if (isSidecar && container['started'] === true) {
			if (container['ready'] === true) ready++;
			continue;
		}
		if (state['terminated']) reason = `Init:${terminatedReason(part(state['terminated']))}`;
		else if (waiting && waiting !== 'PodInitializing') reason = `Init:${waiting}`;
		else reason = `Init:${index}/${init.length}`;
		initializing = true;
		break;
	}
	if (!initializing || isTrue('Initialized')) {
		restarts = sidecarRestarts;
		lastRestart = lastSidecarRestart;
		let running = false;
		let failure = '';
		for (const container of [...parts(status['containerStatuses'])].reverse()) {
			restarts += count(container['restartCount']);
			lastRestart = Math.max(lastRestart, lastEnd(container));
			const state = part(container['state']);
			const waiting = text(part(state['waiting'])['reason']);
			if (waiting) {
				reason = waiting;
			} else if (state['terminated']) {
				reason = terminatedReason(part(state['terminated']));
				if (count(part(state['terminated'])['exitCode']) !== 0) failure = reason;
			} else if (container['ready'] === true && state['running']) {
				running = true;
				ready++;
			}
		}
		if (reason === 'Completed') {
			if (running && isTrue('Ready')) reason = 'Running';
			else if (failure) reason = failure;
			else if (running) reason = 'NotReady';
		}
	}
	const finished = status['phase'] === 'Succeeded' || status['phase'] === 'Failed';
	if (object.metadata.deletionTimestamp !== undefined && !finished) reason = 'Terminating';
	const ago = restarts !== 0 && lastRestart !== 0 ? ` (${humanDuration(now - lastRestart)} ago)` : '';
	return { ready: `${ready}/${total}`, status: reason, restarts: `${restarts}${ago}` };
}

export const podTable: TableFormat = {
	columns: [
		{ name: 'Name' },
		{ name: 'Ready' },
		{ name: 'Status' },
		{ name: 'Restarts' },
		{ name: 'Age' },
		{ name: 'IP', wide: true },
		{ name: 'Node', wide: true },
		{ name: 'Nominated Node', wide: true },
		{ name: 'Readiness Gates', wide: true },
	],
	cells(object, now) {
		const { ready, status, restarts } = podSummary(object, now);
		const address = text(part(object['status'])['podIP'], '<none>');
		const node = text(part(object['spec'])['nodeName'], '<none>');
		return [object.metadata.name, ready, status, restarts, age(object, now), address, node, '<none>', '<none>'];
	},
	conditions(object) {
		const phase = part(object['status'])['phase'];
		if (phase !== 'Succeeded' && phase !== 'Failed') return undefined;
		const message = phase === 'Succeeded' ? 'The pod has completed successfully.' : 'The pod failed.';
		return [{ type: 'Completed', status: 'True', reason: phase, message }];
	},
};
