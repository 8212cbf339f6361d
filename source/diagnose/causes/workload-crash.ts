/** metrics-server ends right after its start, and its last line says why. */
import type { Finding } from '../../model/finding.ts';
import { type Cause, ruledOut, undecided, type Verdict } from '../cause.ts';
import { type Evidence, factsOf } from '../evidence/evidence.ts';
import { logsAreUnread, newestLine } from '../evidence/log-line.ts';
import type { ContainerFacts, PodFacts } from '../evidence/objects.ts';
import { flagOf } from '../evidence/server-container.ts';
import { brokenBackend, symptom } from '../symptom.ts';
import { byPods, eventOf, findServer, isCrashing, ofUnready, provedByPod, seenEvent } from './workload-state.ts';

type Crash = { pod: PodFacts; container: ContainerFacts };

function byCrash(evidence: Evidence, judge: (crash: Crash) => Verdict): Verdict {
	return byPods(evidence, (pods) => {
		const crash = findServer(pods, isCrashing);
		return crash === undefined ? ruledOut : judge(crash);
	});
}

const needs = ['metrics-version', 'workload-pods', 'log', 'previous-log'] as const;

function stateOf({ lastExitCode, reason, restarts }: ContainerFacts): string {
	const ended = Number.isNaN(lastExitCode) ? '' : `, ended with ${lastExitCode}`;
	return `${reason === '' ? '' : `${reason}, `}restarted ${restarts} times${ended}`;
}

interface Ending {
	id: string;
	pattern: RegExp;
	sample: string;
	rulesOut?: readonly string[];
	/** What else must be so. */
	only?: (crash: Crash, evidence: Evidence) => boolean;
	facts?: (crash: Crash) => Finding['facts'];
}

/** A cause that the last words of the container prove. */
function ending({
	facts,
	id,
	only,
	pattern,
	rulesOut = ['ms-oomkilled', 'ms-liveness-killed'],
	sample,
}: Ending): Cause {
	return {
		id,
		...ofUnready,
		needs,
		rulesOut,
		symptoms: [symptom('the log of metrics-server, before it ends', pattern, sample), ...brokenBackend],
		judge: (evidence) =>
			byCrash(evidence, (crash) => {
				if (only?.(crash, evidence) === false) {
					return ruledOut;
				}
				const line = newestLine(evidence, pattern);
				if (line === null) {
					return logsAreUnread(evidence) ? undecided('previous-log', 'log') : ruledOut;
				}
				const what = pattern.exec(line.quote)?.[1] ?? '';
				const { container, pod } = crash;
				return provedByPod(
					evidence,
					pod,
					stateOf(container),
					{ what, image: container.image, ...facts?.(crash) },
					line,
				);
			}),
	};
}

export const workloadCrashCauses: readonly Cause[] = [
	ending({
		id: 'ms-crash-bind-permission',
		pattern: /listen tcp \S*:(\d+): bind: permission denied/,
		sample:
			'panic: failed to create listener: failed to listen on 0.0.0.0:443: listen tcp 0.0.0.0:443: bind: permission denied',
		rulesOut: ['ms-port-conflict-hostnetwork', 'ms-oomkilled', 'ms-liveness-killed'],
	}),
	ending({
		id: 'ms-port-conflict-hostnetwork',
		pattern: /listen tcp \S*:(\d+): bind: address already in use/,
		sample:
			'panic: failed to create listener: failed to listen on 0.0.0.0:10250: listen tcp 0.0.0.0:10250: bind: address already in use',
		rulesOut: ['ms-crash-bind-permission', 'ms-oomkilled', 'ms-liveness-killed'],
		facts: ({ pod }) => ({ hostNetwork: pod.hostNetwork ? 'true' : '' }),
	}),
	ending({
		id: 'ms-readonly-fs',
		pattern:
			/error creating self-signed certificates: (.*)|mkdir \S*apiserver\.local\.config\S*: (?:read-only file system|permission denied)/,
		sample: 'error creating self-signed certificates: mkdir apiserver.local.config: read-only file system',
		facts: ({ container }) => ({ directory: flagOf(container, '--cert-dir') ?? '' }),
	}),
	ending({
		id: 'ms-unknown-flag',
		pattern: /unknown (?:shorthand )?flag: ('?\S+)/,
		sample: 'Error: unknown flag: --kubelet-request-timeout',
	}),
	ending({
		id: 'ms-resolution-too-small',
		pattern: /metric-resolution should be a time duration at least \S+ but value (\S+) provided/,
		sample: 'metric-resolution should be a time duration at least 10s, but value 5s provided',
		rulesOut: ['ms-resolution-vs-timeout', 'ms-oomkilled', 'ms-liveness-killed'],
	}),
	ending({
		id: 'ms-resolution-vs-timeout',
		pattern: /metric-resolution should be larger than kubelet-request-timeout, but metric-resolution value (\S+)/,
		sample:
			'metric-resolution should be larger than kubelet-request-timeout, but metric-resolution value 10s kubelet-request-timeout value 10s provided',
		rulesOut: ['ms-resolution-too-small', 'ms-oomkilled', 'ms-liveness-killed'],
	}),
	ending({
		id: 'ms-flag-conflict',
		pattern: /(cannot use both --\S+ and --\S+|need both --\S+ and --\S+|kubelet-request-timeout should be positive)/i,
		sample: 'cannot use both --kubelet-certificate-authority and --kubelet-insecure-tls',
		rulesOut: ['ms-unknown-flag', 'ms-oomkilled', 'ms-liveness-killed'],
	}),
	ending({
		id: 'ms-token-mount-missing',
		pattern: /unable to load in-cluster configuration|serviceaccount\/token: no such file or directory/,
		sample: 'open /var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory',
		rulesOut: ['ms-cannot-reach-apiserver', 'ms-cannot-read-auth-configmap'],
		facts: ({ pod }) => ({ account: pod.serviceAccount }),
	}),
	{
		id: 'ms-command-overrides-entrypoint',
		...ofUnready,
		needs: ['metrics-version', 'workload-pods', 'events'],
		rulesOut: ['ms-image-pull', 'ms-image-arch', 'ms-oomkilled'],
		symptoms: [
			symptom(
				'the events of its pod',
				/exec: "(--[^"]+)": executable file not found in \$PATH/,
				'Error: failed to create containerd task: exec: "--kubelet-insecure-tls": executable file not found in $PATH: unknown',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byPods(evidence, (pods) => {
				const found = findServer(pods, ({ command, ready }) => !ready && command[0]?.startsWith('-') === true);
				if (found === undefined) {
					return ruledOut;
				}
				const { container, pod } = found;
				const event = eventOf(evidence, [pod], /executable file not found/);
				return provedByPod(
					evidence,
					pod,
					`command: ["${container.command[0]}" …], ${container.reason}`,
					{ what: container.command[0] ?? '' },
					...(event === undefined ? [] : [seenEvent(evidence, event)]),
				);
			}),
	},
	{
		id: 'ms-oomkilled',
		...ofUnready,
		needs: ['metrics-version', 'workload-pods'],
		rulesOut: ['ms-liveness-killed', 'ms-unknown-flag', 'ms-crash-bind-permission'],
		symptoms: [
			symptom(
				'kubectl describe pod',
				/Reason:\s+OOMKilled/,
				'Last State: Terminated, Reason: OOMKilled, Exit Code: 137',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byCrash(evidence, ({ container, pod }) =>
				container.lastReason === 'OOMKilled' || (container.state !== 'running' && container.reason === 'OOMKilled')
					? provedByPod(evidence, pod, `lastState.terminated: OOMKilled, restarted ${container.restarts} times`, {
							restarts: container.restarts,
						})
					: ruledOut,
			),
	},
	{
		id: 'ms-liveness-killed',
		...ofUnready,
		needs: ['metrics-version', 'workload-pods', 'events', 'previous-log'],
		rulesOut: ['ms-oomkilled', 'ms-informers-never-sync', 'ms-port-mismatch'],
		symptoms: [
			symptom(
				'the events of its pod',
				/Liveness probe failed: HTTP probe failed with statuscode: 5\d\d/,
				'Liveness probe failed: HTTP probe failed with statuscode: 500',
			),
			...brokenBackend,
		],
		judge: (evidence) =>
			byCrash(evidence, ({ container, pod }) => {
				if (container.lastReason === 'OOMKilled') {
					return ruledOut;
				}
				const event = eventOf(evidence, [pod], /Liveness probe failed: HTTP probe failed with statuscode: 5\d\d/);
				if (event === undefined) {
					return factsOf(evidence, 'events') === null ? undecided('events') : ruledOut;
				}
				const line = newestLine(evidence, /metric-collection-timely|metric collection didn't finish on time/);
				return provedByPod(
					evidence,
					pod,
					stateOf(container),
					{ restarts: container.restarts, timely: line === null ? '' : 'no' },
					seenEvent(evidence, event),
					...(line === null ? [] : [line]),
				);
			}),
	},
];
