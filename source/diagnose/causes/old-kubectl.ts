/** A kubectl of the time of Heapster: what it says has little to do with what is wrong. */
import { type Cause, provedOf, ruledOut, type Verdict } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import type { KubectlFacts } from '../evidence/kubectl.ts';
import { symptom } from '../symptom.ts';

const ofKubectl: Pick<Cause, 'family' | 'severity' | 'explains' | 'terminal'> = {
	family: 'registration',
	severity: 'warning',
	explains: [],
	terminal: false,
};

const lastWithHeapster = 18;
const lastWithoutMetrics = 9;

function byVersion(evidence: Evidence, is: (kubectl: KubectlFacts) => boolean): Verdict {
	const kubectl = factsOf(evidence, 'kubectl');
	return kubectl === null || !is(kubectl)
		? ruledOut
		: provedOf(['cluster'], { kubectl: kubectl.gitVersion, path: kubectl.path }, [
				seen(answerOf(evidence, 'kubectl'), `${kubectl.path} is ${kubectl.gitVersion}`),
				...(answerOf(evidence, 'metrics-group').status === 404 ? [seen(answerOf(evidence, 'metrics-group'))] : []),
			]);
}

export const oldKubectlCauses: readonly Cause[] = [
	{
		id: 'heapster-missing-old-kubectl',
		...ofKubectl,
		needs: ['kubectl', 'metrics-group', 'heapster'],
		rulesOut: ['kubectl-too-old'],
		symptoms: [
			symptom(
				'kubectl 1.10 to 1.18',
				/services? "?(?:https?:)?heapster|get services https?:heapster/,
				'Error from server (NotFound): services "heapster" not found',
			),
		],
		judge: (evidence) =>
			answerOf(evidence, 'metrics-group').status === 404 && (factsOf(evidence, 'heapster') ?? []).length === 0
				? byVersion(evidence, ({ minor }) => minor > lastWithoutMetrics && minor <= lastWithHeapster)
				: ruledOut,
	},
	{
		id: 'kubectl-too-old',
		...ofKubectl,
		needs: ['kubectl'],
		rulesOut: ['heapster-missing-old-kubectl'],
		symptoms: [
			symptom(
				'kubectl up to 1.9, whatever is installed',
				/services? "?(?:https?:)?heapster|get services https?:heapster/,
				'Error from server (NotFound): services "heapster" not found',
			),
		],
		judge: (evidence) => byVersion(evidence, ({ minor }) => minor <= lastWithoutMetrics),
	},
];
