/**
 * The examination: probes, cheapest first and side by side, until a cause is proved beyond which nothing can be told.
 */
import type { Diagnosis, Unchecked } from '../model/diagnosis.ts';
import type { Cause } from './cause.ts';
import { conclude, notLearned } from './conclude.ts';
import { type Answer, emptyReply } from './evidence/answer.ts';
import type { Evidence, Patient } from './evidence/evidence.ts';
import type { ProbeId } from './evidence/values.ts';
import type { AnyProbe, ConnectionSettings, ProbeContext } from './probe.ts';
import { type StepId, steps } from './step.ts';

export interface ExaminationOptions {
	probes: readonly AnyProbe[];
	causes: readonly Cause[];
	patient: Patient;
	/** Null for all. */
	namespace: string | null;
	/** Kubelets are to be asked by this machine too. */
	probesKubelets?: boolean;
	/** ms for everything together. */
	timeLimit: number;
	reach: ProbeContext['reach'];
	/** Probes under way at once; by default enough not to wait for each, and too few to be felt by a server. */
	sideBySide?: number;
	/** For what this machine shows before a connection is made. */
	settings?: ConnectionSettings;
	/** ms since 1970 by the server's clock, or ours while none is known. */
	now(): number;
	onProgress?(progress: Progress): void;
	signal?: AbortSignal;
}

export type Progress =
	| { type: 'asking'; step: StepId; probe: ProbeId }
	| { type: 'answered'; step: StepId; probe: ProbeId; answer: Answer<unknown> }
	| { type: 'step'; step: StepId; probes: readonly ProbeId[] };

export interface Examination {
	evidence: Evidence;
	diagnoses: readonly Diagnosis[];
	unchecked: readonly Unchecked[];
	/** The probes that were asked, in the order of their answers. */
	asked: readonly ProbeId[];
	/** The step after which it stopped, because a cause was proved; null if it went to the end. */
	stoppedAfter: StepId | null;
	/** Time was up before the end. */
	outOfTime: boolean;
	/** ms */
	took: number;
}

const usualSideBySide = 4;

export async function examine(options: ExaminationOptions): Promise<Examination> {
	const { causes, namespace, now, patient, probes, sideBySide = usualSideBySide, signal, timeLimit } = options;
	const startedAt = performance.now();
	const timeIsUp = AbortSignal.timeout(timeLimit);
	const whole = signal === undefined ? timeIsUp : AbortSignal.any([signal, timeIsUp]);
	const asked: ProbeId[] = [];
	const { probesKubelets = false } = options;
	let evidence: Evidence = { now: now(), patient, namespace, probesKubelets, answers: {} };
	let stoppedAfter: StepId | null = null;
	for (const step of steps) {
		const run = new StepRun(
			probes.filter((probe) => probe.step === step),
			sideBySide,
		);
		await run.run(
			() => evidence,
			async (probe) => {
				options.onProgress?.({ type: 'asking', step, probe: probe.id });
				const answer = await askWithin(probe, options, evidence, whole);
				asked.push(probe.id);
				evidence = { ...evidence, now: now(), answers: { ...evidence.answers, [probe.id]: answer } };
				options.onProgress?.({ type: 'answered', step, probe: probe.id, answer });
			},
			whole,
		);
		signal?.throwIfAborted();
		options.onProgress?.({ type: 'step', step, probes: run.asked });
		const current = evidence;
		if (causes.some((cause) => cause.terminal && cause.judge(current).verdict === 'proved')) {
			stoppedAfter = step;
			break;
		}
	}
	return {
		evidence,
		diagnoses: conclude(evidence, causes, probes),
		unchecked: notLearned(evidence, probes),
		asked,
		stoppedAfter,
		outOfTime: timeIsUp.aborted,
		took: performance.now() - startedAt,
	};
}

/** The probes of one step: each starts when those that it builds on have been answered or left out. */
class StepRun {
	readonly asked: ProbeId[] = [];
	readonly #waiting: AnyProbe[];
	readonly #running = new Set<ProbeId>();
	readonly #sideBySide: number;

	constructor(probes: readonly AnyProbe[], sideBySide: number) {
		this.#waiting = [...probes];
		this.#sideBySide = sideBySide;
	}

	async run(evidence: () => Evidence, ask: (probe: AnyProbe) => Promise<void>, signal: AbortSignal): Promise<void> {
		const underWay = new Set<Promise<void>>();
		while (this.#waiting.length > 0 || underWay.size > 0) {
			for (const probe of this.#ready()) {
				if (underWay.size >= this.#sideBySide) {
					break;
				}
				this.#waiting.splice(this.#waiting.indexOf(probe), 1);
				if (signal.aborted || !probe.when(evidence())) {
					continue;
				}
				this.asked.push(probe.id);
				this.#running.add(probe.id);
				const job = ask(probe).finally(() => {
					this.#running.delete(probe.id);
					underWay.delete(job);
				});
				underWay.add(job);
			}
			if (underWay.size > 0) {
				await Promise.race(underWay);
			} else if (this.#ready().length === 0) {
				return;
			}
		}
	}

	#ready(): readonly AnyProbe[] {
		const unsettled = new Set<ProbeId>([...this.#running, ...this.#waiting.map(({ id }) => id)]);
		return this.#waiting.filter(({ after = [] }) => !after.some((id) => unsettled.has(id)));
	}
}

/** Asks within the probe's own time and what is left of the whole. A probe that does not heed its signal is left alone. */
async function askWithin(
	probe: AnyProbe,
	{ reach, settings }: Pick<ExaminationOptions, 'reach' | 'settings'>,
	evidence: Evidence,
	whole: AbortSignal,
): Promise<Answer<unknown>> {
	const startedAt = performance.now();
	const signal = AbortSignal.any([whole, AbortSignal.timeout(probe.timeLimit)]);
	const { promise: silence, resolve } = Promise.withResolvers<Answer<unknown>>();
	const giveUp = () =>
		resolve({ ...emptyReply, outcome: 'timed-out', took: performance.now() - startedAt, value: null });
	// One moment later than the probe itself, which can say more.
	const onAbort = () => setTimeout(giveUp, 250).unref();
	signal.addEventListener('abort', onAbort, { once: true });
	try {
		return await Promise.race([
			probe.ask({ reach, signal, ...(settings === undefined ? {} : { settings }) }, evidence),
			silence,
		]);
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
}
