import { emptyReply } from '../evidence/answer.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { isUnreachable } from '../unreachable.ts';
import { handshake, serverFor } from './local/way.ts';

/** ms */
const patience = 5_000;

/** N3: the certificates that are presented, where a connection stands and no answer came. Nothing is sent. */
export const tlsProbe: Probe<'tls'> = {
	id: 'tls',
	step: 'reach',
	cost: 0,
	needs: '',
	timeLimit: 7_000,
	after: ['tcp'],
	when: (evidence) => {
		const dialled = factsOf(evidence, 'tcp') ?? [];
		const through = dialled.some(({ of }) => of === 'proxy') ? 'proxy' : 'server';
		return (
			isUnreachable(evidence) &&
			(factsOf(evidence, 'kubeconfig')?.server.startsWith('https:') ?? false) &&
			dialled.some(({ code, of }) => of === through && code === '')
		);
	},
	async ask({ settings, signal }) {
		const server = await serverFor(settings);
		if (server === null) {
			return { ...emptyReply, request: 'TLS handshake', outcome: 'failed', value: null };
		}
		const value = await handshake(server, patience, signal);
		return {
			...emptyReply,
			request: `TLS handshake with ${value.endpoint}`,
			outcome: 'answered',
			took: value.took,
			value,
		};
	},
};
