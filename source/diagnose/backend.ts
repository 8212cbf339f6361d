/** Which Service should serve the metrics API. Pure. */
import { answerOf, type Evidence, factsOf } from './evidence/evidence.ts';

export interface Backend {
	namespace: string;
	name: string;
	/** Read from the APIService; else it is the usual one, a guess. */
	known: boolean;
}

const name = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;

/** Null if the APIService has no backend, or names one that cannot be one. */
export function backendOf(evidence: Evidence): Backend | null {
	const apiService = factsOf(evidence, 'apiservice');
	if (apiService === null) {
		return answerOf(evidence, 'apiservice').status === 404
			? null
			: { namespace: 'kube-system', name: 'metrics-server', known: false };
	}
	const { service } = apiService;
	return service !== null && name.test(service.namespace) && name.test(service.name)
		? { namespace: service.namespace, name: service.name, known: true }
		: null;
}
