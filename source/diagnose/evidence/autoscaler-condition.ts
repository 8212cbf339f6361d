/** Whether an autoscaler does its work, by its own conditions. Pure. */
import type { AutoscalerFacts } from './autoscaling.ts';

/** The condition that says that it cannot scale; null where it can, or was told not to by a target of no replicas. */
export function inactiveCondition({ conditions }: AutoscalerFacts): AutoscalerFacts['conditions'][number] | null {
	return (
		conditions.find(
			({ reason, status, type }) =>
				(type === 'ScalingActive' || type === 'AbleToScale') && status === 'False' && reason !== 'ScalingDisabled',
		) ?? null
	);
}

export function subjectOfAutoscaler({ name, namespace }: Pick<AutoscalerFacts, 'name' | 'namespace'>): string {
	return `hpa/${namespace}/${name}`;
}
