import { faultDescriptions } from '../messages/en/demo-faults.ts';
import { accessFaults } from './faults/access.ts';
import { autoscalerFaults } from './faults/autoscalers.ts';
import { backendFaults } from './faults/backend.ts';
import { callerFaults } from './faults/callers.ts';
import { crashFaults } from './faults/crash.ts';
import { creationFaults } from './faults/creation.ts';
import { credentialFaults } from './faults/credentials.ts';
import type { Fault } from './faults/fault.ts';
import { frontFaults } from './faults/front.ts';
import { gapFaults } from './faults/gaps.ts';
import { kubeconfigFaults } from './faults/kubeconfig.ts';
import { kubeletFaults } from './faults/kubelet.ts';
import { kubeletCertificateFaults } from './faults/kubelet-certificates.ts';
import { kubeletDataFaults } from './faults/kubelet-data.ts';
import { kubeletRefusalFaults } from './faults/kubelet-refusals.ts';
import { misleadingFaults } from './faults/misleading.ts';
import { networkFaults } from './faults/network.ts';
import { registrationFaults } from './faults/registration.ts';
import { runningFaults } from './faults/running.ts';
import { samplesFaults } from './faults/samples.ts';
import { serverFaults } from './faults/server.ts';
import { subjectFaults } from './faults/subjects.ts';
import { workloadFaults } from './faults/workload.ts';

export type { Fault, FaultName } from './faults/fault.ts';

/** What can be made to go wrong. One line a family; one entry there adds one fault (and its description in the messages). */
export const faults: readonly Fault[] = [
	...registrationFaults,
	...backendFaults,
	...creationFaults,
	...workloadFaults,
	...crashFaults,
	...runningFaults,
	...kubeletFaults,
	...kubeletCertificateFaults,
	...kubeletRefusalFaults,
	...kubeletDataFaults,
	...misleadingFaults,
	...samplesFaults,
	...subjectFaults,
	...gapFaults,
	...autoscalerFaults,
	...accessFaults,
	...callerFaults,
	...kubeconfigFaults,
	...credentialFaults,
	...networkFaults,
	...frontFaults,
	...serverFaults,
];

/** The fault of a name or one of its other names. */
export function findFault(name: string): Fault | undefined {
	return faults.find((fault) => fault.name === name || fault.also?.includes(name));
}

/** Every fault with its description, for the help. */
export function listFaults(): readonly { name: string; also: readonly string[]; description: string }[] {
	return faults.map(({ name, also = [] }) => ({ name, also, description: faultDescriptions[name] }));
}
