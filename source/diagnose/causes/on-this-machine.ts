/** Causes of the kubeconfig and of what it runs: the commands that mend them are about its file and its program. */
import type { Finding } from '../../model/finding.ts';
import type { Cause } from '../cause.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import type { Symptom } from '../symptom.ts';
import { byConnection } from './network.ts';

export function onThisMachine(id: string, symptoms: readonly Symptom[], rulesOut: readonly string[] = []): Cause {
	return byConnection(id, 'client', symptoms, { rulesOut, moreFacts: factsForCommands });
}

/** What its commands are about: the entries of the kubeconfig, and the program that makes the credentials. */
export function factsForCommands(evidence: Evidence): Finding['facts'] {
	const connection = factsOf(evidence, 'kubeconfig');
	return {
		plugin: factsOf(evidence, 'credentials')?.plugin?.command ?? '',
		context: connection?.context ?? '',
		user: connection?.user ?? '',
	};
}
