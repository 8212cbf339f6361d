/** metrics-server as a workload: whether it has pods, where they run, what they start, and how they fare. */
import type { Cause } from '../cause.ts';
import { workloadCheckCauses } from './workload-check.ts';
import { workloadCopiesCauses } from './workload-copies.ts';
import { workloadCrashCauses } from './workload-crash.ts';
import { workloadCreationCauses } from './workload-creation.ts';
import { workloadImageCauses } from './workload-image.ts';
import { workloadPortCauses } from './workload-port.ts';
import { workloadReleaseCauses } from './workload-release.ts';
import { workloadRunningCauses } from './workload-running.ts';
import { workloadSchedulingCauses } from './workload-scheduling.ts';

export const workloadCauses: readonly Cause[] = [
	...workloadCreationCauses,
	...workloadSchedulingCauses,
	...workloadImageCauses,
	...workloadCrashCauses,
	...workloadReleaseCauses,
	...workloadRunningCauses,
	...workloadPortCauses,
	...workloadCheckCauses,
	...workloadCopiesCauses,
];
