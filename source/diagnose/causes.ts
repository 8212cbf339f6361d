/**
 * Every cause, family by family.
 *
 * To add a family (or to fill one): four files and three lines.
 *
 * 1. `causes/FAMILY.ts` exports `readonly Cause[]`. A cause has the id of the catalogue for good. Its `judge` is pure
 *    and reads only `Evidence`: `factsOf(evidence, PROBE)` for what was read, `answerOf` for how it was answered,
 *    `seen(answer, quote)` for what it quotes. It says
 *    - `proved(facts, because)` (`provedOf(subjects, …)` where it is about nodes or pods) only if the evidence leaves none of its look-alikes;
 *    - `likely(…)` if it fits best and another one is thinkable;
 *    - `undecided(PROBE …)` if what would tell was not answered: then it is one of the set that is reported;
 *    - `ruledOut` for all else. What explains a sight (`sights.ts`) and is neither of these is silent: prefer `undecided`.
 *    `explains` names the sights that it is a reason of, `terminal` ends the search, `entails` names what follows from it.
 * 2. `messages/en/doctor/FAMILY.ts` exports a `CauseTexts` with the same ids: title, two sentences, fixes (the first is
 *    safe), source. The facts of `judge` come in; every text must also read well without them, for the catalogue.
 * 3. `test/diagnose/causes/FAMILY.test.ts` and `test/diagnose/causes/cases/FAMILY.ts`: the cases are evidence by the id that they prove, at least one
 *    for each cause. Every case is shown to every cause: none may be proved by the evidence of another, unless that entails it.
 * 4. One line here, one in `messages/en/doctor.ts`, one in `test/diagnose/causes/cases.ts`.
 *
 * A new question is a new probe: see `probes.ts`. Shared texts of symptoms stand in `symptom.ts`.
 */
import type { Cause } from './cause.ts';
import { aggregationCauses } from './causes/aggregation.ts';
import { authorizationCauses } from './causes/authorization.ts';
import { clientCauses } from './causes/client.ts';
import { consumersCauses } from './causes/consumers.ts';
import { kubeletCauses } from './causes/kubelet.ts';
import { kubeletDataCauses } from './causes/kubelet-data.ts';
import { kubeletRuntimeCauses } from './causes/kubelet-runtime.ts';
import { networkCauses } from './causes/network.ts';
import { partialCauses } from './causes/partial.ts';
import { partialSamplesCauses } from './causes/partial-samples.ts';
import { rancherCauses } from './causes/rancher.ts';
import { registrationCauses } from './causes/registration.ts';
import { workloadCauses } from './causes/workload.ts';

export const causes: readonly Cause[] = [
	...clientCauses,
	...networkCauses,
	...rancherCauses,
	...authorizationCauses,
	...registrationCauses,
	...aggregationCauses,
	...workloadCauses,
	...kubeletCauses,
	...kubeletDataCauses,
	...kubeletRuntimeCauses,
	...partialCauses,
	...partialSamplesCauses,
	...consumersCauses,
];

export function findCause(id: string): Cause | undefined {
	return causes.find((cause) => cause.id === id);
}
