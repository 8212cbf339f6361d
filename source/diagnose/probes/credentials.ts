import { chooseTarget } from '../../kube/connect.ts';
import { type Answer, emptyReply } from '../evidence/answer.ts';
import type { CredentialFacts } from '../evidence/credentials.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { readCredentials } from './local/credentials.ts';

/** Kubeconfigs that name no user. */
const nothingChosen = /^kubeconfig-(?:absent|path|unreadable|unparsable|no-current|context|cluster|user)/;

/** L1–L3: what the user's entry presents, its dates, the files that it names and whether its program is there. */
export const credentialsProbe: Probe<'credentials'> = {
	id: 'credentials',
	step: 'local',
	cost: 0,
	needs: '',
	timeLimit: 3_000,
	after: ['kubeconfig'],
	when: (evidence) => !nothingChosen.test(answerOf(evidence, 'kubeconfig').errorId),
	async ask({ settings }): Promise<Answer<CredentialFacts>> {
		const startedAt = performance.now();
		const reply = { ...emptyReply, request: 'read the credentials of the kubeconfig' };
		try {
			if (settings === undefined) {
				return { ...reply, value: null };
			}
			const selection = await chooseTarget(settings.flags, settings.environment);
			const value = await readCredentials(selection, settings.environment);
			return { ...reply, outcome: 'answered', took: performance.now() - startedAt, value };
		} catch {
			// What cannot be chosen is told by the kubeconfig's own probe.
			return { ...reply, value: null };
		}
	},
};
