import type { FaultName } from '../../../source/demo/faults.ts';

/** Of a server that says nothing, one waits for as long as one is told; the others answer, on a busy machine too. */
export const timeouts: Partial<Record<FaultName, string>> = {
	'api-timeout': '2s',
	'backend-hang': '4s',
	'kubelet-slow': '12s',
};
