/** What the texts about metrics-server's own pods share. */
import { type Facts, type Fix, manifest, name } from './cause-text.ts';

export const namespaceOf = (facts: Facts): string => name(facts, 'namespace', 'kube-system');

/** `-n NAMESPACE deployment/NAME` */
export const itsDeployment = (facts: Facts): string =>
	`-n ${namespaceOf(facts)} deployment/${name(facts, 'deployment', 'metrics-server')}`;

/** `-n NAMESPACE pod NAME` */
export const itsPod = (facts: Facts): string => `-n ${namespaceOf(facts)} pod ${name(facts, 'pod', 'POD')}`;

export const describePod = (facts: Facts): Fix => ({
	say: 'See what the kubelet and the scheduler say of it:',
	run: [`kubectl describe ${itsPod(facts)}`],
});

/** Flags, ports, image and volumes, as they are now. */
export const seeDeployment = (facts: Facts): Fix => ({
	say: 'See what it is told now:',
	run: [`kubectl get ${itsDeployment(facts)} -o yaml`],
});

export const editDeployment = (facts: Facts, say: string): Fix => ({
	say,
	run: [`kubectl edit ${itsDeployment(facts)}`],
});

/** The whole manifest of one release: image, flags, rights and ports that go together. */
export const applyRelease = (say: string): Fix => ({ say, run: [`kubectl apply -f ${manifest}`] });
