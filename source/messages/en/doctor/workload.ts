/** Texts of metrics-server as a workload. */
import type { CauseTexts } from './cause-text.ts';
import { workloadCrashTexts } from './workload-crash.ts';
import { workloadCreationTexts } from './workload-creation.ts';
import { workloadImageTexts } from './workload-image.ts';
import { workloadRunningTexts } from './workload-running.ts';
import { workloadSchedulingTexts } from './workload-scheduling.ts';

export const workloadTexts: CauseTexts = {
	...workloadCreationTexts,
	...workloadSchedulingTexts,
	...workloadImageTexts,
	...workloadCrashTexts,
	...workloadRunningTexts,
};
