import net from 'node:net';
import { emptyReply } from '../evidence/answer.ts';
import type { NameFacts, Whose } from '../evidence/way.ts';
import type { Probe } from '../probe.ts';
import { isUnreachable } from '../unreachable.ts';
import { resolve, serverFor } from './local/way.ts';

/** ms; the resolver's own patience can be half a minute. */
const patience = 5_000;

/** N1: what the names on the way resolve to, where no answer came from there. A proxy looks up the server by itself. */
export const dnsProbe: Probe<'dns'> = {
	id: 'dns',
	step: 'reach',
	cost: 0,
	needs: '',
	timeLimit: 6_000,
	after: ['version'],
	when: isUnreachable,
	async ask({ settings }) {
		const server = await serverFor(settings);
		const hosts: readonly (readonly [Whose, string])[] =
			server === null
				? []
				: [...(server.proxy ? [['proxy', server.proxy.host] as const] : []), ['server', server.host] as const];
		const names = hosts.filter(([, host]) => net.isIP(host) === 0);
		const facts: NameFacts[] = await Promise.all(
			names.map(async ([of, name]) => ({ of, name, ...(await resolve(name, patience)) })),
		);
		// An address that is written as numbers needs nobody to resolve it.
		const literal = hosts.filter(([, host]) => net.isIP(host) !== 0);
		return {
			...emptyReply,
			request:
				names.length === 0
					? 'resolve nothing: the address is a number'
					: `resolve ${names.map(([, name]) => name).join(', ')}`,
			outcome: server === null ? 'failed' : 'answered',
			took: Math.max(0, ...facts.map(({ took }) => took)),
			value:
				server === null
					? null
					: [...facts, ...literal.map(([of, name]) => ({ of, name, addresses: [name], code: '', took: 0 }))],
		};
	},
};
