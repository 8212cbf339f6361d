/** The ways from one tool's number to another's, in the order in which they are shown. */
import type { Bridge, Claim } from '../model/ledger.ts';
import type { BridgeMaker } from './bridges/bridge.ts';
import { containerPod } from './bridges/container-pod.ts';
import { cpu } from './bridges/cpu.ts';
import { crictlKubectl } from './bridges/crictl-kubectl.ts';
import { hpaKubectl } from './bridges/hpa-kubectl.ts';
import { kubectlDocker } from './bridges/kubectl-docker.ts';
import { kubectlProcesses } from './bridges/kubectl-processes.ts';
import { nodeFree } from './bridges/node-free.ts';
import { nodePods } from './bridges/node-pods.ts';
import { prometheusKubectl } from './bridges/prometheus-kubectl.ts';
import { usageWorkingSet } from './bridges/usage-working-set.ts';
import type { Context } from './context.ts';

export const bridgeMakers: readonly BridgeMaker[] = [
	kubectlDocker,
	kubectlProcesses,
	nodeFree,
	nodePods,
	containerPod,
	usageWorkingSet,
	cpu,
	prometheusKubectl,
	crictlKubectl,
	hpaKubectl,
];

export function makeBridges(context: Context, claims: readonly Claim[]): readonly Bridge[] {
	return bridgeMakers.flatMap((maker) => maker.make(context, claims));
}
