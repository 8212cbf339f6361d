/** Texts of kubectls of the time of Heapster. */
import { type CauseTexts, type Facts, type Fix, word } from './cause-text.ts';

const which = (facts: Facts): string => word(facts, 'kubectl', 'an old kubectl');

const update: readonly Fix[] = [
	{ say: 'See which one is typed here:', run: ['command -v kubectl', 'kubectl version --client'] },
	{ say: 'Take one that is at most one minor version away from the server.' },
];

const more = ['https://kubernetes.io/releases/version-skew-policy/'];

export const oldKubectlTexts: CauseTexts = {
	'heapster-missing-old-kubectl': {
		title: (facts) => `${which(facts)} asks for Heapster, because there is no metrics API`,
		explanation: () =>
			'kubectl from 1.10 to 1.18 falls back to Heapster where nothing is registered for metrics.k8s.io, and complains that Heapster is missing. Heapster has been given up: what is missing is metrics-server.',
		fixes: () => [...update, { say: 'Do not install Heapster; newer kubectls do not ask for it.' }],
		source: 'kubectl 0.15 to 0.18, pkg/cmd/top (removed in 1.19)',
		more,
	},
	'kubectl-too-old': {
		title: (facts) => `${which(facts)} is older than the metrics API, and asks for Heapster alone`,
		explanation: () =>
			'kubectl up to 1.9 does not know metrics.k8s.io, so that kubectl top fails whatever is installed. Nothing has to be wrong with the cluster.',
		fixes: () => update,
		source: 'kubernetes#59438',
		more,
	},
};
