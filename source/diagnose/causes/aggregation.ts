/** From the API server to metrics-server: the network, what stands in it, and how the two know each other. */
import type { Cause } from '../cause.ts';
import { frontProxyCauses } from './front-proxy.ts';
import { networkToBackendCauses } from './network-to-backend.ts';
import { startOfBackendCauses } from './start-of-backend.ts';

export const aggregationCauses: readonly Cause[] = [
	...networkToBackendCauses,
	...frontProxyCauses,
	...startOfBackendCauses,
];
