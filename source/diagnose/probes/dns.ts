import net from 'node:net';
import type { Server } from '../../kube/transport/server.ts';
import { emptyReply } from '../evidence/answer.ts';
import type { NameFacts } from '../evidence/way.ts';
import type { Probe } from '../probe.ts';
import { isUnreachable } from '../unreachable.ts';
import { resolve, serverFor } from './local/way.ts';

/** ms; the resolver's own patience can be half a minute. */
const patience = 5_000;

function hostsOf({ host, proxy }: Server): readonly Pick<NameFacts, 'of' | 'name' | 'setting'>[] {
	return [
		...(proxy === null ? [] : [{ of: 'proxy' as const, name: proxy.host, setting: proxy.setting }]),
		{ of: 'server' as const, name: host, setting: '' },
	];
}

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
		const hosts = server === null ? [] : hostsOf(server);
		const names = hosts.filter(({ name }) => net.isIP(name) === 0);
		const facts: NameFacts[] = await Promise.all(
			names.map(async (host) => ({ ...host, ...(await resolve(host.name, patience)) })),
		);
		// An address that is written as numbers needs nobody to resolve it.
		const literal = hosts.filter(({ name }) => net.isIP(name) !== 0);
		return {
			...emptyReply,
			request:
				names.length === 0
					? 'resolve nothing: the address is a number'
					: `resolve ${names.map(({ name }) => name).join(', ')}`,
			outcome: server === null ? 'failed' : 'answered',
			took: Math.max(0, ...facts.map(({ took }) => took)),
			value:
				server === null
					? null
					: [...facts, ...literal.map((host) => ({ ...host, addresses: [host.name], code: '', took: 0 }))],
		};
	},
};
