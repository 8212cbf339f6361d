import { qualityOfService } from '../model/cgroups.ts';
import type { Allotment, ContainerTemplate, Workload } from '../model/workload.ts';

/** A limit without a request is a request too: the API server fills it in. */
export function withLimits(template: ContainerTemplate): Allotment {
	return { ...template.limits, ...template.requests };
}

const names = { guaranteed: 'Guaranteed', burstable: 'Burstable', besteffort: 'BestEffort' } as const;

/** As a pod's status has it. */
export function qosClass(workload: Workload): string {
	return names[qualityOfService(workload)];
}
