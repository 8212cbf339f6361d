import { execHung } from '../../messages/en/kubeconfig.ts';
import { emptyReply } from '../evidence/answer.ts';
import { factsOf, isAnswered } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { failureOf } from './ask.ts';

/** L2: the program that makes the credentials, run as every request would run it; so that its silence is not taken for the server's. */
export const pluginProbe: Probe<'plugin'> = {
	id: 'plugin',
	step: 'local',
	cost: 0,
	needs: '',
	timeLimit: 12_000,
	after: ['kubeconfig', 'credentials'],
	when: (evidence) =>
		isAnswered(evidence, 'kubeconfig') &&
		(factsOf(evidence, 'credentials')?.kinds.some((kind) => kind === 'exec' || kind === 'auth-provider') ?? false),
	async ask({ reach, signal }, evidence) {
		const command = factsOf(evidence, 'credentials')?.plugin?.command ?? '';
		const reply = { ...emptyReply, request: command === '' ? 'ask the auth-provider for a token' : `run ${command}` };
		const startedAt = performance.now();
		try {
			await (await reach()).authenticate(signal);
			return { ...reply, outcome: 'answered', took: performance.now() - startedAt, value: true };
		} catch (error) {
			const took = performance.now() - startedAt;
			if (signal.aborted) {
				const { origin, user } = (await reach()).target;
				const words = execHung(command, Math.round(took / 1_000) * 1_000, '', user, origin);
				return { ...reply, outcome: 'timed-out', took, error: words, errorId: 'exec-plugin-failed', value: null };
			}
			return { ...reply, took, ...failureOf(error, signal), value: null };
		}
	},
};
