import type { Allotment, ContainerTemplate, Workload } from '../model/workload.ts';

/** A limit without a request is a request too: the API server fills it in. */
export function withLimits(template: ContainerTemplate): Allotment {
	return { ...template.limits, ...template.requests };
}

/** Guaranteed, Burstable or BestEffort by what requests and limits are set. */
export function qosClass(workload: Workload): string {
	const sets =
		workload.podRequests || workload.podLimits
			? [{ requests: workload.podRequests, limits: workload.podLimits }]
			: workload.containers.map((template) => ({ requests: withLimits(template), limits: template.limits }));
	const asks = sets.some(({ requests, limits }) => requests?.cpu || requests?.memory || limits?.cpu || limits?.memory);
	if (!asks) return 'BestEffort';
	const guaranteed = sets.every(
		({ requests, limits }) =>
			limits?.cpu &&
			limits.memory &&
			(requests?.cpu ?? limits.cpu) === limits.cpu &&
			(requests?.memory ?? limits.memory) === limits.memory,
	);
	return guaranteed ? 'Guaranteed' : 'Burstable';
}
