import type { FaultName } from '../../../source/demo/faults.ts';

/** Of a server that says nothing, one waits for as long as one is told; the others need no more than 4 s. */
export const timeouts: Partial<Record<FaultName, string>> = {
	'api-timeout': '1s',
	'backend-hang': '4s',
	'kubelet-slow': '12s',
};
