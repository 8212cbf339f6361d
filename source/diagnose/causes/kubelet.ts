/** From metrics-server to the kubelets: address, port, certificate, authorization. */
import type { Cause } from '../cause.ts';
import { kubeletAddressCauses } from './kubelet-addresses.ts';
import { kubeletCertificateCauses } from './kubelet-certificates.ts';
import { kubeletConnectionCauses } from './kubelet-connections.ts';
import { nodeCauses } from './kubelet-nodes.ts';
import { kubeletRefusalCauses } from './kubelet-refusals.ts';

/** The likeliest first. */
export const kubeletCauses: readonly Cause[] = [
	...nodeCauses,
	...kubeletAddressCauses,
	...kubeletCertificateCauses,
	...kubeletConnectionCauses,
	...kubeletRefusalCauses,
];
