import type { FaultName } from '../../../source/demo/faults.ts';

/** What the doctor is asked about where a fault is of one thing, or of one namespace; else it is the whole cluster. */
interface Question {
	words?: readonly string[];
	namespace?: string;
	/** This machine connects to kubelets too. */
	kubelet?: true;
}

export const askedAbout: Partial<Record<FaultName, Question>> = {
	'container-restarting': { words: ['pod/payments/reconciler-0'] },
	'duplicate-pod-point': { words: ['pod/payments/ledger-0'] },
	'hpa-container-missing': { words: ['hpa/payments/receipts'] },
	'hpa-controller-rbac': { words: ['hpa/payments/receipts'] },
	'hpa-custom-missing': { words: ['hpa/payments/receipts'] },
	'hpa-metrics-api-missing': { words: ['hpa/payments/receipts'] },
	'hpa-missing-request': { words: ['hpa/payments/receipts'] },
	'hpa-no-metrics-returned': { words: ['hpa/payments/receipts'] },
	'hpa-selector-overlap': { words: ['hpa/payments/receipts'] },
	'kubelet-cert-rotated-pin': { kubelet: true },
	'large-cluster-timeout': { words: ['node/worker-007'] },
	'metrics-vanish-after-failed-scrape': { words: ['node/worker-03'] },
	'no-pods-match': { namespace: 'staging' },
	'only-completed-pods': { namespace: 'archive' },
	'pod-pending-or-init': { words: ['pod/payments/statements-0'] },
};
