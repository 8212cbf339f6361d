import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange } from './context.ts';
import { sendError, sendRaw, sendText } from './send.ts';
import { ApiError } from './status.ts';

/** What stands behind the aggregator answers, or not. Returns true if the answer was given here. */
export async function metricsFailure(exchange: Exchange): Promise<boolean> {
	const { answer } = exchange.service.behaviour.metricsApi;
	switch (answer) {
		case 'samples':
			return false;
		case 'hangs': {
			const closed = new AbortController();
			exchange.response.once('close', () => closed.abort());
			const given = await wait(60_000, true, { signal: closed.signal, ref: false }).catch(() => false);
			if (given)
				await sendError(exchange, new ApiError(504, 'Timeout', 'Timeout: request did not complete within 1m0s', {}));
			return true;
		}
		case 'no-delegation': {
			if (exchange.user.groups.includes('system:masters')) return false;
			const account = 'system:serviceaccount:kube-system:metrics-server';
			const reason = `subjectaccessreviews.authorization.k8s.io is forbidden: User "${account}" cannot create resource "subjectaccessreviews" in API group "authorization.k8s.io" at the cluster scope`;
			await sendText(exchange, 500, `Internal Server Error: "${exchange.url.pathname}": ${reason}\n`);
			return true;
		}
		default:
			await sendRaw(exchange, answer);
			return true;
	}
}
