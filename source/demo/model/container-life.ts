import { never } from './comings.ts';
import { type PodName, uidOfPod } from './names.ts';
import type { Timeline } from './timeline.ts';
import type { ContainerTemplate } from './workload.ts';

/** All times in ms since 1970. */
export interface Termination {
	reason: 'Completed' | 'Error' | 'OOMKilled';
	exitCode: number;
	startedAt: number;
	finishedAt: number;
	/** Which run of the container it was, from 0. */
	run: number;
}

export type ContainerState =
	| { kind: 'waiting'; reason: string; message: string }
	| { kind: 'running'; startedAt: number }
	| { kind: 'terminated'; termination: Termination };

/** One container at one instant. */
export interface ContainerLife {
	template: ContainerTemplate;
	/** Its own number, the same over restarts. */
	key: number;
	/** Number of the newest run, −1 before the first. */
	run: number;
	restarts: number;
	state: ContainerState;
	last: Termination | undefined;
	ready: boolean;
}

/** A container that has not begun. */
export function waiting(template: ContainerTemplate, key: number, reason: string, message = ''): ContainerLife {
	return {
		template,
		key,
		run: -1,
		restarts: 0,
		state: { kind: 'waiting', reason, message },
		last: undefined,
		ready: false,
	};
}

/** A container that has begun. */
export interface Begun {
	life: ContainerLife;
	/** When it became ready or stopped being so. */
	since: number;
	/** When it ended for good, or `never`. */
	endedAt: number;
}

/** A container that begins at `begin`. */
export function liveContainer(
	line: Timeline,
	template: ContainerTemplate,
	key: number,
	begin: number,
	pod: PodName,
): Begun {
	const { fate } = template;
	if (fate.kind === 'no-image') {
		const seconds = Math.floor((line.time - begin) / 1000);
		// It tries, fails, and waits: each try is a little longer ago.
		const trying = seconds % 300 < 15;
		line.reached(begin + (Math.floor(seconds / 300) * 300 + (trying ? 15 : 300)) * 1000);
		const life = trying
			? waiting(template, key, 'ErrImagePull', fate.message)
			: waiting(
					template,
					key,
					'ImagePullBackOff',
					`Back-off pulling image "${template.image}": ErrImagePull: ${fate.message}`,
				);
		return { life, since: begin, endedAt: never };
	}
	const period = fate.kind === 'loops' ? (fate.after + fate.backOff) * 1000 : never;
	const run = period === never ? 0 : Math.floor((line.time - begin) / period);
	const startedAt = run === 0 ? begin : begin + run * period;
	const endsAt = fate.kind === 'runs' ? never : startedAt + fate.after * 1000;
	const reason =
		fate.kind === 'loops' ? fate.reason : fate.kind === 'ends' && fate.exitCode === 0 ? 'Completed' : 'Error';
	const exitCode = fate.kind === 'runs' ? 0 : fate.exitCode;
	let last: Termination | undefined;
	if (run > 0 && fate.kind === 'loops') {
		const began = startedAt - period;
		last = { reason, exitCode, startedAt: began, finishedAt: began + fate.after * 1000, run: run - 1 };
	}
	const common = { template, key, run, restarts: run };
	if (!line.reached(endsAt)) {
		const readyAt = startedAt + template.readyAfter * 1000;
		const ready = line.reached(readyAt);
		const life: ContainerLife = { ...common, state: { kind: 'running', startedAt }, last, ready };
		return { life, since: ready ? readyAt : startedAt, endedAt: never };
	}
	const ended: Termination = { reason, exitCode, startedAt, finishedAt: endsAt, run };
	if (fate.kind === 'loops') {
		// For a moment it is just dead, then the kubelet says that it will wait.
		if (line.reached(endsAt + 1500)) {
			line.reached(startedAt + period);
			const pause = fate.backOff >= 60 ? `${Math.floor(fate.backOff / 60)}m${fate.backOff % 60}s` : `${fate.backOff}s`;
			const message = `back-off ${pause} restarting failed container=${template.name} pod=${pod.name}_${pod.namespace}(${uidOfPod(pod)})`;
			const state: ContainerState = { kind: 'waiting', reason: 'CrashLoopBackOff', message };
			return { life: { ...common, state, last: ended, ready: false }, since: endsAt, endedAt: never };
		}
		return {
			life: { ...common, state: { kind: 'terminated', termination: ended }, last, ready: false },
			since: endsAt,
			endedAt: never,
		};
	}
	const ready = template.kind === 'init' && exitCode === 0;
	const life: ContainerLife = { ...common, state: { kind: 'terminated', termination: ended }, last, ready };
	return { life, since: endsAt, endedAt: endsAt };
}
