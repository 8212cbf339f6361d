import { emptyReply } from '../evidence/answer.ts';
import { factsOf } from '../evidence/evidence.ts';
import type { Probe } from '../probe.ts';
import { isUnreachable } from '../unreachable.ts';
import { dial, serverFor } from './local/way.ts';

/** ms */
const patience = 4_000;
/** Of one name; a load balancer can have dozens. */
const mostAddresses = 4;

/** N2: which addresses take a connection, the proxy's and the server's own. */
export const tcpProbe: Probe<'tcp'> = {
	id: 'tcp',
	step: 'reach',
	cost: 0,
	needs: '',
	timeLimit: 5_000,
	after: ['dns'],
	when: (evidence) =>
		isUnreachable(evidence) && (factsOf(evidence, 'dns') ?? []).some(({ addresses }) => addresses.length > 0),
	async ask({ settings, signal }, evidence) {
		const server = await serverFor(settings);
		const targets = (factsOf(evidence, 'dns') ?? []).flatMap(({ addresses, of }) => {
			const port = of === 'proxy' ? server?.proxy?.port : server?.port;
			return port === undefined ? [] : addresses.slice(0, mostAddresses).map((address) => ({ of, address, port }));
		});
		const value = await Promise.all(
			targets.map(async (target) => ({ ...target, ...(await dial(target.address, target.port, patience, signal)) })),
		);
		return {
			...emptyReply,
			request: `connect to ${targets.map(({ address, port }) => `${address}:${port}`).join(', ')}`,
			outcome: 'answered',
			took: Math.max(0, ...value.map(({ took }) => took)),
			value,
		};
	},
};
