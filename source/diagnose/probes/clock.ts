import { emptyReply } from '../evidence/answer.ts';
import { answerOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';

/** L6: this machine's clock against the Date of what the server has answered. */
export const clockProbe: Probe<'clock'> = {
	id: 'clock',
	step: 'reach',
	cost: 0,
	needs: '',
	timeLimit: 2_000,
	after: ['version'],
	when: (evidence) => answerOf(evidence, 'version').headers['date'] !== undefined,
	async ask({ reach }) {
		const ahead = Date.now() - (await reach()).serverTime();
		return {
			...emptyReply,
			request: 'compare the clocks (Date of GET /version)',
			outcome: 'answered',
			value: { ahead },
		};
	},
};
