/** One read-only question, what it costs, and which right it needs. */
import type { KubeClient } from '../kube/client.ts';
import type { ConnectionFlags } from '../kube/connection-flags.ts';
import type { Answer } from './evidence/answer.ts';
import type { Evidence } from './evidence/evidence.ts';
import type { ProbeId, ProbeValues } from './evidence/values.ts';
import type { StepId } from './step.ts';

/** From where it is read which cluster is meant, and as whom. */
export interface ConnectionSettings {
	flags: ConnectionFlags;
	environment: NodeJS.ProcessEnv;
	/** The cluster is made up, and so are the addresses of its nodes: strangers may have them. */
	isMadeUp?: boolean;
}

/** What a probe may use. */
export interface ProbeContext {
	/** The monitor's own transport and credentials, made at the first call. */
	reach(): Promise<KubeClient>;
	/** What the connection is made of; nothing where nobody handed it on. */
	settings?: ConnectionSettings;
	/** Aborts when the probe's time, or the doctor's, is up. */
	signal: AbortSignal;
}

export interface Probe<Id extends ProbeId> {
	id: Id;
	step: StepId;
	/** Requests that it makes at most. */
	cost: number;
	/** The right that it needs, as one would grant it; '' if everybody has it. Never nodes/proxy: see `sensitive`. */
	needs: string;
	/** The right is far wider than the question: nobody is told to grant it. */
	sensitive?: boolean;
	/** ms */
	timeLimit: number;
	/** Probes of the same step whose answers it builds on. */
	after?: readonly ProbeId[];
	/** Whether what is known by now makes it worth asking: this is where the decision tree branches. */
	when(evidence: Evidence): boolean;
	ask(context: ProbeContext, evidence: Evidence): Promise<Answer<ProbeValues[Id]>>;
}

export type AnyProbe = { [Id in ProbeId]: Probe<Id> }[ProbeId];
