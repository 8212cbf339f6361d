/** What is worth knowing of metrics-server as a workload: a second one, and who puts it back. */
import { type Cause, proved, ruledOut } from '../cause.ts';
import { answerOf, type Evidence, factsOf, seen } from '../evidence/evidence.ts';
import type { DeploymentFacts } from '../evidence/objects.ts';
import { symptom } from '../symptom.ts';

const worthKnowing: Pick<Cause, 'family' | 'explains' | 'terminal' | 'needs'> = {
	family: 'workload',
	explains: [],
	terminal: false,
	needs: ['deployments'],
};

/** Labels by which those who manage a cluster mark what they put back. */
const managers: readonly { label: RegExp; value: RegExp; manager: string }[] = [
	{ label: /^addonmanager\.kubernetes\.io\/mode$/, value: /^Reconcile$/, manager: 'addon-manager' },
	{ label: /^objectset\.rio\.cattle\.io\/hash$/, value: /./, manager: 'k3s' },
	{ label: /^eks\.amazonaws\.com\/component$/, value: /./, manager: 'eks' },
];

function itsDeployments(evidence: Evidence): readonly DeploymentFacts[] {
	return (factsOf(evidence, 'deployments') ?? []).filter(({ images }) =>
		images.some((image) => /metrics-server/.test(image)),
	);
}

export const workloadCopiesCauses: readonly Cause[] = [
	{
		id: 'ms-duplicate-deployments',
		...worthKnowing,
		severity: 'warning',
		symptoms: [
			symptom(
				'kubectl get deployments -A',
				/metrics-server[^\n]*\n[^\n]*metrics-server/,
				'kube-system   metrics-server          1/1\nkube-system   my-metrics-server       1/1',
			),
		],
		judge(evidence) {
			const all = itsDeployments(evidence).filter(({ replicas }) => replicas > 0);
			const names = all.map(({ name, namespace }) => `${namespace}/${name}`);
			return all.length < 2
				? ruledOut
				: proved({ deployments: names.join(', ') }, [
						seen(answerOf(evidence, 'deployments'), `with metrics-server's image: ${names.join(', ')}`),
					]);
		},
	},
	{
		id: 'ms-addon-manager-reverts',
		...worthKnowing,
		severity: 'info',
		symptoms: [
			symptom(
				'kubectl get deployment --show-labels',
				/addonmanager\.kubernetes\.io\/mode=Reconcile/,
				'metrics-server   1/1   addonmanager.kubernetes.io/mode=Reconcile,k8s-app=metrics-server',
			),
		],
		judge(evidence) {
			for (const { labels, name, namespace } of itsDeployments(evidence)) {
				for (const [label, value] of Object.entries(labels)) {
					const its = managers.find((one) => one.label.test(label) && one.value.test(value));
					if (its !== undefined) {
						return proved({ namespace, deployment: name, manager: its.manager }, [
							seen(answerOf(evidence, 'deployments'), `${namespace}/${name}: label ${label}=${value}`),
						]);
					}
				}
			}
			return ruledOut;
		},
	},
];
