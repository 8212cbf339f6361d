/** The cluster that `test/cluster/run` found or brought up: its kubectl, and ledgers of what runs on it. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { makeLedger } from '../../source/explain/ledger.ts';
import { connectKubelet } from '../../source/gather/kubelet.ts';
import { gatherSubject } from '../../source/gather/subject.ts';
import { connect } from '../../source/kube/connect.ts';
import type { Ledger } from '../../source/model/ledger.ts';
import type { Readings } from '../../source/model/reading.ts';
import { type Subject, subjectKey } from '../../source/model/subject.ts';

const execute = promisify(execFile);

/** Empty where no cluster was found for us. */
export const kubectlProgram = process.env['WHYTOP_CLUSTER_KUBECTL'] ?? '';
export const nodeName = process.env['WHYTOP_CLUSTER_NODE'] ?? '';
/** Keys, kubeconfigs and logs of the cluster. */
export const stateFolder = process.env['WHYTOP_CLUSTER_STATE'] ?? '';

/** The API server does not pass questions on to a kubelet at a loopback address: it is asked itself. */
const kubelet = 'https://127.0.0.1:10250';

export async function kubectl(...words: string[]): Promise<string> {
	return (await execute(kubectlProgram, words)).stdout;
}

/** Waits until metrics-server has two samples of everything: one that was just started has numbers of nothing. */
export async function measured(limit = 90_000): Promise<void> {
	for (const began = performance.now(); ; ) {
		const answers = await Promise.allSettled([kubectl('top', 'node'), kubectl('top', 'pod', '-n', 'web')]);
		if (answers.every(({ status }) => status === 'fulfilled')) {
			return;
		}
		if (performance.now() - began > limit) {
			throw new Error(`kubectl top had no numbers for ${limit / 1000} s`);
		}
		await sleep(1000);
	}
}

/** `kubectl apply` of objects, as if they were a file. */
export async function apply(...objects: readonly object[]): Promise<void> {
	const applied = execute(kubectlProgram, ['apply', '-f', '-']);
	applied.child.stdin?.end(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
	await applied;
}

/** `cluster stop COMPONENT` and `cluster start COMPONENT`. */
export async function cluster(command: 'start' | 'stop', component: string): Promise<void> {
	await execute('bash', ['test/cluster/cluster', command, component]);
}

export async function whytop(...words: string[]): Promise<string> {
	return (await execute(process.execPath, ['bin/whytop.js', ...words])).stdout;
}

export interface Explained {
	ledger: Ledger;
	readings: Readings;
	/** What could not be read, a sentence each. */
	problems: readonly string[];
}

/** The ledger as `whytop explain SUBJECT --kubelet …` makes it on the node itself. */
export async function explained(subject: Subject): Promise<Explained> {
	const client = await connect({}, process.env);
	try {
		const { kind, previous, problems, readings, versions } = await gatherSubject(subject, {
			machine: async () => ({ root: '/', environment: process.env }),
			connect: async () => client,
			kubelet,
			connectKubelet: (url) => connectKubelet({}, { url }, process.env),
		});
		return { ledger: makeLedger(subjectKey(subject), kind, readings, versions, previous), readings, problems };
	} finally {
		client.close();
	}
}
