import type { FaultName } from '../../../source/demo/faults.ts';

/** Of a server that says nothing, or takes its time, one waits for as long as one is told; the others answer, on a busy machine too. */
export const timeouts: Partial<Record<FaultName, string>> = {
	'api-timeout': '3s',
	'backend-hang': '4s',
	'kubelet-slow': '12s',
	'slow-api': '4s',
};
