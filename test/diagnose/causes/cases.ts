/** Every case of every family: one line for each file. */
import type { Case } from './case.ts';
import { aggregationCases } from './cases/aggregation.ts';
import { authorizationCases } from './cases/authorization.ts';
import { clientCases } from './cases/client.ts';
import { consumersCases } from './cases/consumers.ts';
import { kubeletCases } from './cases/kubelet.ts';
import { kubeletDataCases } from './cases/kubelet-data.ts';
import { kubeletRuntimeCases } from './cases/kubelet-runtime.ts';
import { networkCases } from './cases/network.ts';
import { partialCases } from './cases/partial.ts';
import { partialSamplesCases } from './cases/partial-samples.ts';
import { registrationCases } from './cases/registration.ts';
import { releaseCases } from './cases/releases.ts';
import { workloadCases } from './cases/workload.ts';
import { workloadCheckCases } from './cases/workload-check.ts';

export const cases: readonly Case[] = [
	...clientCases,
	...networkCases,
	...authorizationCases,
	...aggregationCases,
	...registrationCases,
	...workloadCases,
	...workloadCheckCases,
	...releaseCases,
	...kubeletCases,
	...kubeletDataCases,
	...kubeletRuntimeCases,
	...partialCases,
	...partialSamplesCases,
	...consumersCases,
];
