/** The API server did not answer: then this machine looks at the way by itself. Pure. */
import { answerOf, type Evidence, isAnswered } from './evidence/evidence.ts';

export function isUnreachable(evidence: Evidence): boolean {
	const { outcome } = answerOf(evidence, 'version');
	return isAnswered(evidence, 'kubeconfig') && (outcome === 'failed' || outcome === 'timed-out');
}
