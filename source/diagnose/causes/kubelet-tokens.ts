/** Kubelets that do not know who metrics-server is: they do not ask the API server about its token, or get no answer. */
import { type Cause, ruledOut, type Verdict } from '../cause.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import { byLog, ofScraping, othersThan, scrapeSymptom, tail } from './scraped-kubelets.ts';

const symptoms = scrapeSymptom(
	/401 Unauthorized/,
	'"Failed to scrape node" err="request failed, status: \\"401 Unauthorized\\"" node="n05"',
);

/** By the log, and of the nodes whose settings could be read, by those. @param asks whether they ask about tokens */
function judge(evidence: Evidence, asks: boolean): Verdict {
	const verdict = byLog(evidence, tail(/401 Unauthorized/));
	if (verdict.verdict !== 'proved') {
		return verdict;
	}
	const configs = factsOf(evidence, 'kubelet-config') ?? [];
	const configOf = (subject: string) => configs.find(({ node }) => `node/${node}` === subject);
	// Where nobody knows, it is what it usually is: that they do not ask.
	const subjects = verdict.subjects.filter((subject) => (configOf(subject)?.asksForTokens ?? false) === asks);
	const known = subjects.flatMap((subject) => configOf(subject) ?? []);
	return subjects.length === 0
		? ruledOut
		: {
				...verdict,
				subjects,
				because: [
					...verdict.because,
					...known.slice(0, 2).map(({ letsAnyoneIn, node, request }) => ({
						request,
						status: 200,
						quote: `${node}: authentication.webhook.enabled: ${asks}, authentication.anonymous.enabled: ${letsAnyoneIn}`,
					})),
				],
			};
}

export const kubelet401Causes: readonly Cause[] = [
	{
		id: 'kubelet-401',
		...ofScraping,
		needs: ['log', 'nodes', 'kubelet-config'],
		rulesOut: othersThan('kubelet-401'),
		symptoms,
		judge: (evidence) => judge(evidence, false),
	},
	{
		id: 'kubelet-401-token-review-fails',
		...ofScraping,
		needs: ['log', 'nodes', 'kubelet-config'],
		rulesOut: othersThan('kubelet-401-token-review-fails'),
		symptoms,
		judge: (evidence) => judge(evidence, true),
	},
];
