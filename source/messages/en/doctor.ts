/** What people read of the doctor: every cause's text by its id, and the words of the report. */
import type { Diagnosis, Unchecked } from '../../model/diagnosis.ts';
import { aggregationTexts } from './doctor/aggregation.ts';
import { authorizationTexts } from './doctor/authorization.ts';
import type { CauseText, CauseTexts } from './doctor/cause-text.ts';
import { clientTexts } from './doctor/client.ts';
import { consumersTexts } from './doctor/consumers.ts';
import { kubeletTexts } from './doctor/kubelet.ts';
import { kubeletDataTexts } from './doctor/kubelet-data.ts';
import { kubeletRuntimeTexts } from './doctor/kubelet-runtime.ts';
import { networkTexts } from './doctor/network.ts';
import { partialTexts } from './doctor/partial.ts';
import { partialSamplesTexts } from './doctor/partial-samples.ts';
import { rancherTexts } from './doctor/rancher.ts';
import { registrationTexts } from './doctor/registration.ts';
import { type SightText, sightTexts } from './doctor/sights.ts';
import { workloadTexts } from './doctor/workload.ts';

export const causeTexts: CauseTexts = {
	...clientTexts,
	...networkTexts,
	...rancherTexts,
	...authorizationTexts,
	...registrationTexts,
	...aggregationTexts,
	...workloadTexts,
	...kubeletTexts,
	...kubeletDataTexts,
	...kubeletRuntimeTexts,
	...partialTexts,
	...partialSamplesTexts,
	...consumersTexts,
};

/** The text of a cause, or of a sight whose cause is open. */
export function diagnosisText({ id }: Pick<Diagnosis, 'id'>): (SightText & Partial<CauseText>) | undefined {
	return causeTexts[id] ?? sightTexts[id];
}

export const doctorText = {
	healthy: 'Nothing is wrong with what could be asked: everything that should have samples has some.',
	unknown: 'Nothing can be said of the metrics: no answer with samples came. What was asked is below.',
	because: 'Seen:',
	means: 'Means:',
	fixes: 'What to do:',
	rulesOut: 'Ruled out:',
	consequences: 'Follows from it:',
	candidates: 'It can be:',
	otherCandidates: 'It could also be:',
	behind: 'What is behind it can be:',
	orOneOf: (ids: readonly string[]) => `or one of ${ids.length} more: ${ids.join(', ')}`,
	wouldDecide: 'What would decide:',
	unchecked: 'Not checked:',
	seenFromHere: 'So this machine sees it. What metrics-server sees from its pod, only its log says for sure.',
	fromHere:
		'Kubelets, asked by this machine and as nobody. metrics-server asks from a pod, and can be answered otherwise:',
	more: 'More:',
	outOfTime: (seconds: number) => `Time was up after ${seconds} s: what is not named was not asked.`,
	certainty: { proved: 'proved', likely: 'likely', open: 'one of several' },
	symptoms: 'Looks like this:',
	decides: 'What decides:',
	toldOnly: 'told by its text only',
	toldOnlyBecause: 'It is told by its text only:',
	unknownCause: (id: string) => `there is no cause "${id}"; whytop doctor --list names them`,
	nothingPasted:
		'There is no text to judge. Pass it: whytop doctor --text "error: Metrics API not available", or pipe it in.',
	noneMatches:
		'No known cause prints this. It may still be one of the API server’s own errors: run whytop doctor against the cluster.',
	canMean: 'This text can mean:',
	tellApart: 'What tells them apart:',
	patients: 'whytop doctor takes nothing, node/NAME, pod/NAME or hpa/NAME (with -n)',
} as const;

/** What a finding means, without what is quoted as seen beside it. */
export function meaningOf({ because, facts, id }: Pick<Diagnosis, 'because' | 'facts' | 'id'>): string {
	const quoted = new Set(because.flatMap(({ quote }) => quote.split('\n')));
	const lines = diagnosisText({ id })?.explanation(facts).split('\n') ?? [];
	return [
		...lines.filter((line) => !quoted.has(line)),
		...(facts['fromHere'] === 'yes' ? [doctorText.seenFromHere] : []),
	].join('\n');
}

/** Why something was not learned, and what would let it. */
export function uncheckedReason({ needs, why }: Unchecked): string {
	switch (why) {
		case 'forbidden':
			return needs === '' ? 'this user may not' : `this user may not; it needs: ${needs}`;
		case 'timed-out':
			return 'no answer in time';
		case 'failed':
			return 'it could not be asked';
		default:
			return 'not asked';
	}
}
