/** Whether the metrics API is served out of Prometheus. Pure. */
import { type Evidence, factsOf } from './evidence.ts';

/** Then no kubelet is asked by it, and nothing that is said of kubelets and metrics-server holds. */
export function isServedByAdapter(evidence: Evidence): boolean {
	return /prometheus-adapter/.test(factsOf(evidence, 'apiservice')?.service?.name ?? '');
}
